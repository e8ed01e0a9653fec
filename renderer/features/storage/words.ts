import type { Translator } from '../../../shared/i18n/translator.ts';
import type { CacheItem } from '../../../shared/model/index.ts';
import { recentPrograms } from './selectors.ts';

/** What an item is called: its program and version, else what it is and its digest. */
export function itemName(item: Pick<CacheItem, 'name' | 'version' | 'digest'>): string {
  return item.name === null ? item.digest : `${item.name} ${item.version ?? ''}`.trim();
}

/** Which store, in a word. */
export function storeWord({ t }: Translator, store: string): string {
  if (store === 'user') return t('storage.store-user');
  if (store === 'shared') return t('storage.store-shared');
  return t('storage.store-extra');
}

/** What needs an item, for the table; null if nothing does. */
export function neededWords(intl: Translator, item: CacheItem): string | null {
  if (item.neededBy.length > 0) return intl.list(item.neededBy);
  const programs = recentPrograms([item]);
  return programs.length === 0 ? null : intl.t('storage.needed-recently', { programs: intl.list(programs) });
}

/** Why an item is there. */
export function whyHere(intl: Translator, item: CacheItem): string {
  const { t } = intl;
  if (item.kind === 'temporary') return item.isInUse ? t('storage.why-being-made') : t('storage.why-left-over');
  const programs = namesOf(item, 'library');
  const apps = namesOf(item, 'app');
  const reasons = [
    ...(item.isInUse ? [t('storage.why-running')] : []),
    ...(programs.length > 0
      ? [t('storage.why-needed', { programs: intl.list(programs), count: programs.length })]
      : []),
    ...(apps.length > 0 ? [t('storage.why-app', { apps: intl.list(apps), count: apps.length })] : []),
    ...(recentPrograms([item]).length > 0
      ? [t('storage.why-recent', { programs: intl.list(recentPrograms([item])) })]
      : []),
  ];
  if (reasons.length > 0) return reasons.join(' ');
  return item.kind === 'unowned' ? t('storage.why-unowned') : t('storage.why-unneeded');
}

/** What deleting an item would mean, or why it cannot be deleted. */
export function ifDeleted(intl: Translator, item: CacheItem): string {
  const { t } = intl;
  if (item.isInUse) return item.kind === 'temporary' ? t('storage.if-being-made') : t('storage.if-running');
  if (!item.canDelete) return t('storage.if-locked');
  if (item.neededBy.length > 0) {
    return t('storage.if-needed', { programs: intl.list(item.neededBy), count: item.neededBy.length });
  }
  if (item.kind !== 'implementation') return t('storage.if-loose');
  if (item.needs.length > 0) return t('storage.if-recent');
  return t('storage.if-unneeded');
}

const namesOf = ({ needs }: CacheItem, wanted: CacheItem['needs'][number]['kind']): readonly string[] =>
  needs.filter(({ kind }) => kind === wanted).map(({ name }) => name);
