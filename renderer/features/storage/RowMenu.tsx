import type { RefObject } from 'react';
import type { CacheItem } from '../../../shared/model/index.ts';
import { PopupMenu, type MenuEntry } from '../../components/Menu.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { canDelete, canRepair, canVerify, itemsOf, type StorageRow } from './selectors.ts';
import { itemName } from './words.ts';

export interface RowMenuProps {
  /** Null while it is closed. */
  readonly row: StorageRow | null;
  readonly anchor: RefObject<Element | null>;
  /** Work on the storage is going on: nothing more is begun. */
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onOpen: (item: CacheItem) => void;
  readonly onVerify: (items: readonly CacheItem[]) => void;
  readonly onRepair: (items: readonly CacheItem[]) => void;
  readonly onDelete: (items: readonly CacheItem[]) => void;
}

/** What can be done with one line of the list. */
export function RowMenu({ row, anchor, isBusy, onClose, ...actions }: RowMenuProps) {
  const { t } = useTranslator();
  if (row === null) return null;
  const items = itemsOf(row);
  const [first] = items;
  const label = row.kind === 'item' ? itemName(row.item) : (row.name ?? t('storage.group-unowned'));
  const damaged = items.filter(canRepair);
  const entries: readonly MenuEntry[] = [
    ...(row.kind === 'item' ? [{ id: 'open', label: t('storage.open'), icon: 'folder' } as const] : []),
    { id: 'verify', label: t('storage.verify'), icon: 'shield-ok', isDisabled: isBusy || !items.some(canVerify) },
    ...(damaged.length > 0
      ? [
          {
            id: 'repair',
            label: t('storage.repair'),
            description: t('storage.repair-long'),
            icon: 'repair',
            isDisabled: isBusy,
          } as const,
        ]
      : []),
    {
      id: 'delete',
      label: t('storage.delete'),
      icon: 'delete',
      isDanger: true,
      isDisabled: isBusy || !items.some(canDelete),
      startsGroup: true,
      shortcut: t('storage.delete-key'),
    },
  ];
  return (
    <PopupMenu
      anchor={anchor}
      isOpen
      onClose={onClose}
      label={t('storage.menu-of', { name: label })}
      entries={entries}
      onChoose={(id) => {
        if (id === 'open' && first !== undefined) actions.onOpen(first);
        else if (id === 'verify') actions.onVerify(items);
        else if (id === 'repair') actions.onRepair(damaged);
        else if (id === 'delete') actions.onDelete(items);
      }}
    />
  );
}
