import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { useTranslator } from '../components/translation.tsx';
import styles from './Shell.module.css';

export interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** All keys that do something everywhere. */
export function ShortcutsDialog({ isOpen, onClose }: ShortcutsDialogProps) {
  const { t } = useTranslator();
  const rows = [
    [t('shortcut.letters'), t('shortcut.search')],
    ['Ctrl+1 … 6', t('shortcut.pages')],
    ['Ctrl+,', t('shortcut.preferences')],
    ['F5', t('shortcut.refresh')],
    ['Alt+←', t('shortcut.back')],
    ['Enter', t('shortcut.open')],
    ['Shift+F10', t('shortcut.menu')],
    ['Del', t('shortcut.delete')],
    ['Ctrl+Z', t('shortcut.undo')],
    ['Alt+↑ Alt+↓', t('shortcut.move')],
    ['Esc', t('shortcut.close')],
    ['?', t('shortcut.help')],
  ] as const;
  return (
    <Dialog
      title={t('shortcut.title')}
      icon="keyboard"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <dl className={styles.shortcuts}>
        {rows.map(([keys, meaning]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
