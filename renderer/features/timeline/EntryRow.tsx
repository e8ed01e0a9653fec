import { formatDay, formatInstant } from '../../../shared/i18n/format.ts';
import type { TimelineEntry } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Badge } from '../../components/Feedback.tsx';
import { MenuButton, type MenuEntry } from '../../components/Menu.tsx';
import { useTranslator } from '../../components/translation.tsx';
import styles from './TimelineScreen.module.css';
import { changeWords } from '../../components/domain/words.ts';

/** What one can do with an entry. */
export interface EntryActions {
  readonly onRun: () => void;
  readonly onGoBack: () => void;
  readonly onHold: () => void;
  readonly onRelease: () => void;
  readonly onSkip: () => void;
  readonly onSkipUntil: () => void;
}

export interface EntryRowProps {
  readonly entry: TimelineEntry;
  /** Of the program. */
  readonly name: string;
  /** The app stays with its present versions. */
  readonly isHeld: boolean;
  readonly isOldest: boolean;
  readonly actions: EntryActions;
}

/** A moment in the life of an app: when, why, and what it brought. */
export function EntryRow({ entry, name, isHeld, isOldest, actions }: EntryRowProps) {
  const intl = useTranslator();
  const { t } = intl;
  const { at, cause, version, changes, isHere, isPresent } = entry;
  const date = at === null ? t('timeline.unknown-date') : formatDay(intl, at);
  const label = t('timeline.entry', { version, date });
  // What an entry brought can only be refused if there is one before it.
  const canSkip = !isOldest && changes.some(({ to }) => to !== null) && cause !== 'rollback';
  const menu: readonly MenuEntry[] = [
    ...(isPresent
      ? [{ id: 'hold', label: isHeld ? t('timeline.release') : t('timeline.hold'), icon: 'lock' as const }]
      : []),
    ...(canSkip
      ? [
          { id: 'skip', label: t('timeline.skip'), icon: 'ban' as const },
          { id: 'skip-until', label: t('timeline.skip-until'), icon: 'waiting' as const },
        ]
      : []),
  ];
  const choose = (id: string) => {
    if (id === 'hold') (isHeld ? actions.onRelease : actions.onHold)();
    else if (id === 'skip') actions.onSkip();
    else actions.onSkipUntil();
  };
  const menuLabel = t('timeline.menu', { entry: label });
  return (
    <li className={styles.entry} data-present={isPresent} aria-label={label}>
      <span className={styles.dot} aria-hidden />
      <div className={styles.words}>
        <div className={styles.head}>
          <span className={styles.version}>{t('timeline.version', { name, version })}</span>
          {isPresent && <Badge tone="accent">{t('timeline.now')}</Badge>}
          {!isHere && <Badge tone="warn">{t('timeline.gone')}</Badge>}
        </div>
        <div className={styles.when} title={at === null ? '' : formatInstant(intl, at)}>
          {t('timeline.when', { date, cause: t(`timeline.cause-${cause}`) })}
        </div>
        {changes.length > 0 && (
          <ul className={styles.changes}>
            {changes.map((change) => (
              <li key={`${change.interface} ${change.name}`}>{changeWords(intl, change)}</li>
            ))}
          </ul>
        )}
      </div>
      <div className={styles.actions}>
        <Button
          icon="play-filled"
          variant={isPresent ? 'primary' : 'secondary'}
          isDisabled={!isHere && !isPresent}
          aria-label={isPresent ? t('run.run-name', { name }) : t('timeline.run-name', { entry: label })}
          onPress={actions.onRun}
        >
          {isPresent ? t('run.run') : t('timeline.run')}
        </Button>
        {!isPresent && (
          <Button
            icon="undo"
            isDisabled={!isHere}
            aria-label={t('timeline.back-name', { entry: label })}
            onPress={actions.onGoBack}
          >
            {t('timeline.back')}
          </Button>
        )}
        {menu.length > 0 ? (
          <MenuButton label={menuLabel} entries={menu} onChoose={choose}>
            <IconButton icon="more" label={menuLabel} />
          </MenuButton>
        ) : (
          <span className={styles.noMenu} />
        )}
      </div>
    </li>
  );
}
