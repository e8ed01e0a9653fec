import type { ReactElement, ReactNode, RefObject } from 'react';
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Text,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Menu.module.css';

/** One line of a menu. */
export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: IconName;
  /** For choices: whether this is the present one. */
  readonly isChosen?: boolean;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** Draws a line above. */
  readonly startsGroup?: boolean;
  readonly shortcut?: string;
}

interface MenuListProps {
  readonly label: string;
  readonly heading?: ReactNode;
  readonly entries: readonly MenuEntry[];
  /** After a line, in a group of their own: what is done, below the choices. */
  readonly actions?: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
}

export interface MenuButtonProps extends MenuListProps {
  /** The button that opens the menu. */
  readonly children: ReactElement;
}

/** A button with a menu behind it. */
export function MenuButton({ children, ...list }: MenuButtonProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles.popover ?? ''} placement="bottom end" offset={4}>
        <MenuList {...list} />
      </Popover>
    </MenuTrigger>
  );
}

export interface PopupMenuProps extends MenuListProps {
  /** What the menu belongs to; it opens beside it, and focus returns to it. */
  readonly anchor: RefObject<Element | null>;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** A menu that something other than a button opens: a row, by click, Enter, the menu key or Shift+F10. */
export function PopupMenu({ anchor, isOpen, onClose, ...list }: PopupMenuProps) {
  return (
    <Popover
      className={styles.popover ?? ''}
      trigger="MenuTrigger"
      aria-label={list.label}
      triggerRef={anchor}
      isOpen={isOpen}
      placement="bottom start"
      offset={4}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <MenuList {...list} onClose={onClose} />
    </Popover>
  );
}

function MenuList(props: MenuListProps & { readonly onClose?: () => void }) {
  const { label, heading, entries, actions = [], onChoose, onClose } = props;
  const chosen = entries.filter((entry) => entry.isChosen === true).map((entry) => entry.id);
  const isChoice = entries.some((entry) => entry.isChosen !== undefined);
  const toItem = (entry: MenuEntry) => [
    ...(entry.startsGroup === true ? [<Separator key={`${entry.id}-line`} className={styles.separator ?? ''} />] : []),
    <MenuItem
      key={entry.id}
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.isDisabled === true}
      className={cx(styles.item, entry.isDanger === true && styles.danger)}
    >
      {isChoice && (
        <Icon name="check" size={14} className={cx(styles.check, entry.isChosen === true && styles.checked)} />
      )}
      {entry.icon !== undefined && <Icon name={entry.icon} size={14} className={cx(styles.icon)} />}
      <span className={styles.words}>
        <Text slot="label">{entry.label}</Text>
        {entry.description !== undefined && (
          <Text slot="description" className={styles.description ?? ''}>
            {entry.description}
          </Text>
        )}
      </span>
      {entry.shortcut !== undefined && <kbd className={styles.shortcut} data-keys={entry.shortcut} aria-hidden />}
    </MenuItem>,
  ];
  const items = entries.flatMap(toItem);
  const common = {
    'aria-label': label,
    className: styles.menu ?? '',
    onAction: (key: string | number) => onChoose(String(key)),
    // Behind a button the trigger sees to the focus.
    ...(onClose === undefined ? {} : { onClose, autoFocus: 'first' as const }),
  };
  if (heading === undefined && !isChoice) return <AriaMenu {...common}>{items}</AriaMenu>;
  return (
    <AriaMenu {...common}>
      <MenuSection
        {...(heading === undefined ? { 'aria-label': label } : {})}
        {...(isChoice ? { selectionMode: 'single' as const, selectedKeys: chosen } : {})}
      >
        {heading !== undefined && <Header className={styles.heading ?? ''}>{heading}</Header>}
        {items}
      </MenuSection>
      {actions.length > 0 && (
        <MenuSection aria-label={label}>
          <Separator className={styles.separator ?? ''} />
          {actions.flatMap(toItem)}
        </MenuSection>
      )}
    </AriaMenu>
  );
}
