import { refusalWords } from '../../../shared/i18n/describe-sharing.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { PrivateItem, SharedItem, ShareHealth, ShareLogEntry, ShareStep } from '../../../shared/model/index.ts';

/** Whether downloads are shared, in a sentence. */
export function stateWords({ t }: Translator, health: ShareHealth): string {
  if (health.isPortable) return t('sharing.state-portable');
  if (health.state === 'ready' && !health.isOwnHelper) return t('sharing.state-other-helper');
  return t(`sharing.state-${health.state}`);
}

/** How good or bad that is. */
export function stateTone({ state }: ShareHealth): 'ok' | 'info' | 'warn' {
  return state === 'ready' ? 'ok' : state === 'broken' ? 'warn' : 'info';
}

/** The state of a step in a word. */
export function stepStateWords({ t }: Translator, { state, isOptional }: ShareStep): string {
  return state === 'missing' && isOptional ? t('sharing.step-state-optional') : t(`sharing.step-state-${state}`);
}

/** What something is called that may be known to others only. */
export function nameOf(item: Pick<SharedItem | PrivateItem | ShareLogEntry, 'name' | 'version' | 'digest'>): string {
  return item.name === null ? item.digest : `${item.name} ${item.version ?? ''}`.trim();
}

/** Who needs an implementation: how many and whether oneself is among them, for the administrator who they are. */
export function usersWords(
  intl: Translator,
  { users, isMine, uids }: Pick<SharedItem, 'users' | 'isMine' | 'uids'>,
): string {
  const { t } = intl;
  if (users === 0) return t('sharing.users-none');
  if (uids !== null) return intl.list(uids.map((uid) => t('sharing.who-number', { uid })));
  if (!isMine) return t('sharing.users-others', { count: users });
  return users === 1 ? t('sharing.users-me') : t('sharing.users-me-and', { count: users - 1 });
}

/** What happened. */
export function actionWords(intl: Translator, { action, reason }: ShareLogEntry): string {
  if (action !== 'refused') return intl.t(`sharing.log-${action}`);
  return intl.t('sharing.log-refused', { reason: refusalWords(intl, reason ?? 'failed') });
}

/** Whose doing it was. */
export function whoWords({ t }: Translator, { isMine, uid }: ShareLogEntry): string {
  if (isMine) return t('sharing.who-me');
  return uid === null ? t('sharing.who-other') : t('sharing.who-number', { uid });
}

/** What can be moved to the shared store. */
export function movable(items: readonly PrivateItem[]): readonly PrivateItem[] {
  return items.filter(({ cause }) => cause === 'before-sharing');
}
