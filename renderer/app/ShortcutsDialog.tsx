import { actionGroups, actions } from '../../shared/actions.ts';
import { formatKeys } from '../../shared/keys.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { isMac } from '../components/platform.ts';
import { useTranslator } from '../components/translation.tsx';
import styles from './Shell.module.css';

export interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** All keys that do something: those of the actions, and those of lists and tiles. */
export function ShortcutsDialog({ isOpen, onClose }: ShortcutsDialogProps) {
  const intl = useTranslator();
  const { t } = intl;
  const name = (keys: string): string => formatKeys(intl, keys, isMac);
  const groups = actionGroups.map((group) => ({
    title: t(`action-group.${group}`),
    rows: actions
      .filter((action) => action.group === group && action.keys.length > 0)
      .map(({ label, keys }) => [keys.map(name), t(label)] as const),
  }));
  const lists = {
    title: t('shortcut.lists'),
    rows: [
      [[t('shortcut.letters')], t('shortcut.search')],
      [[name('Enter')], t('shortcut.open')],
      [[name('Shift+F10')], t('shortcut.menu')],
      [[name('Delete')], t('shortcut.delete')],
      [[name('Alt+ArrowUp'), name('Alt+ArrowDown')], t('shortcut.move')],
      [[name('Escape')], t('shortcut.close')],
    ] as const,
  };
  return (
    <Dialog
      title={t('shortcut.title')}
      icon="keyboard"
      width="l"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <div className={styles.shortcutGroups}>
        {[...groups, lists]
          .filter(({ rows }) => rows.length > 0)
          .map(({ title, rows }) => (
            <section key={title} aria-label={title}>
              <h3 className={styles.shortcutTitle}>{title}</h3>
              <dl className={styles.shortcuts}>
                {rows.map(([keys, meaning]) => (
                  <div key={meaning}>
                    <dt>
                      {keys.map((each) => (
                        <kbd key={each}>{each}</kbd>
                      ))}
                    </dt>
                    <dd>{meaning}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}
