import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './Button.tsx';
import { cx } from './cx.ts';
import styles from './Dialog.module.css';
import { Icon, type IconName } from './Icon.tsx';

export interface DialogProps {
  readonly title: ReactNode;
  readonly icon?: IconName;
  readonly tone?: 'normal' | 'warn' | 'danger';
  readonly isOpen: boolean;
  /** Escape, or the safe button. */
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons, the safe one first; the platform's order is made by the style. */
  readonly actions: ReactNode;
  readonly role?: 'dialog' | 'alertdialog';
  readonly width?: 'm' | 'l' | 'xl';
}

/** A question that must be answered before anything else. What can be a page or a panel is not one. */
export function Dialog(props: DialogProps) {
  const { title, icon, tone = 'normal', isOpen, onClose, children, actions, role = 'dialog', width = 'm' } = props;
  return (
    <ModalOverlay
      className={cx(styles.overlay)}
      isOpen={isOpen}
      isDismissable={false}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className={cx(styles.modal)} data-width={width}>
        <AriaDialog role={role} className={cx(styles.dialog)}>
          <header className={styles.header} data-tone={tone} data-blocks-keys>
            {icon !== undefined && <Icon name={icon} size={20} className={cx(styles.icon)} />}
            <Heading slot="title" level={2} className={cx(styles.title)}>
              {title}
            </Heading>
          </header>
          <div className={styles.body}>{children}</div>
          <footer className={styles.actions}>{actions}</footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** The verb: "Delete 3 versions". */
  readonly action: string;
  readonly cancel: string;
  readonly isDanger?: boolean;
  readonly isOpen: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. The safe answer has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, action, cancel, isDanger = false, isOpen, onConfirm, onClose } = props;
  return (
    <Dialog
      role="alertdialog"
      title={title}
      icon="warning"
      tone={isDanger ? 'danger' : 'warn'}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {cancel}
          </Button>
          <Button
            variant={isDanger ? 'danger' : 'primary'}
            onPress={() => {
              onClose();
              onConfirm();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
