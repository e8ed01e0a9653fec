import { formatDay, formatSize } from '../../../shared/i18n/format.ts';
import type { CacheItem } from '../../../shared/model/index.ts';
import { IconButton } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { Badge, HiddenText } from '../../components/Feedback.tsx';
import { Icon } from '../../components/Icon.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { useTranslator } from '../../components/translation.tsx';
import {
  groupRows,
  itemRows,
  itemsOf,
  pickKeys,
  selectedKeys,
  sumBytes,
  type StorageColumn,
  type StorageRow,
  type StorageSort,
} from './selectors.ts';
import styles from './StorageTable.module.css';
import { itemName, neededWords, storeWord } from './words.ts';

export interface StorageTableProps {
  /** In the order of `sort`. */
  readonly items: readonly CacheItem[];
  readonly isGrouped: boolean;
  readonly collapsed: ReadonlySet<string>;
  readonly onCollapsedChange: (collapsed: ReadonlySet<string>) => void;
  readonly sort: StorageSort;
  readonly onSort: (sort: StorageSort) => void;
  /** Ids of items. */
  readonly picked: ReadonlySet<string>;
  readonly onPick: (picked: ReadonlySet<string>) => void;
  /** The id of the item that has the focus now, or null for a head. */
  readonly onCurrent: (id: string | null) => void;
  readonly onMenu: (row: StorageRow, element: Element | null) => void;
  readonly onDelete: (row: StorageRow) => void;
  readonly empty: string;
}

/** What is stored: an item a line, or under the heads of their programs. */
export function StorageTable(props: StorageTableProps) {
  const { items, isGrouped, sort, picked } = props;
  const intl = useTranslator();
  const { t } = intl;
  const isNarrow = useMediaQuery(narrowWindow);
  const rows = isGrouped ? groupRows(items, sort) : itemRows(items);
  const selection = selectedKeys(rows, picked);
  const columns = columnsFor(intl, props.onMenu);
  return (
    <DataTable
      label={t('storage.table')}
      columns={isNarrow ? columns.filter(({ id }) => !['size', 'store', 'used'].includes(id)) : columns}
      rows={rows}
      keyOf={(row) => row.key}
      textOf={(row) => rowName(intl, row)}
      {...(isGrouped
        ? {
            childrenOf: (row: StorageRow) => (row.kind === 'group' ? itemRows(row.items) : []),
            treeColumn: 'name',
            collapsed: props.collapsed,
            onCollapsedChange: props.onCollapsedChange,
          }
        : {})}
      rowHeight={38}
      selection={selection}
      onSelectionChange={(keys) => props.onPick(pickKeys(rows, selection, keys))}
      sort={sort}
      onSort={({ column, direction }) => props.onSort({ column: column as StorageColumn, direction })}
      onMenu={props.onMenu}
      onDelete={props.onDelete}
      onCurrent={(key) => props.onCurrent(items.some(({ id }) => id === key) ? key : null)}
      stateOf={(row) => (itemsOf(row).some(({ damage }) => damage !== null) ? 'damaged' : row.kind)}
      empty={props.empty}
      className={styles.table ?? ''}
      dependencies={[t, isNarrow]}
    />
  );
}

type Intl = ReturnType<typeof useTranslator>;

function rowName({ t }: Intl, row: StorageRow): string {
  if (row.kind === 'item') return itemName(row.item);
  return row.name ?? (row.of === 'temporary' ? t('storage.group-temporary') : t('storage.group-unowned'));
}

function columnsFor(intl: Intl, onMenu: StorageTableProps['onMenu']): readonly TableColumn<StorageRow>[] {
  const { t } = intl;
  const text = (words: string, isMuted = false, title = words) => (
    <span className={cx(styles.cell, isMuted && styles.muted)} title={title}>
      {words}
    </span>
  );
  const ofItem = (cell: (item: CacheItem) => React.ReactNode) => (row: StorageRow) =>
    row.kind === 'item' ? cell(row.item) : null;
  return [
    {
      id: 'name',
      title: t('storage.column-name'),
      width: '4fr',
      minWidth: 190,
      isRowHeader: true,
      canSort: true,
      cell: (row) =>
        row.kind === 'item' ? (
          <NameCell item={row.item} />
        ) : (
          <strong className={styles.head}>{rowName(intl, row)}</strong>
        ),
    },
    {
      id: 'version',
      title: t('storage.column-version'),
      width: '1fr',
      minWidth: 92,
      isRowHeader: true,
      canSort: true,
      cell: (row) =>
        row.kind === 'group'
          ? text(t('storage.count', { count: row.items.length }), true)
          : text(row.item.version ?? '–', row.item.version === null),
    },
    {
      id: 'size',
      title: t('storage.column-size'),
      width: 90,
      align: 'end',
      canSort: true,
      cell: (row) => text(formatSize(intl, sumBytes(itemsOf(row)))),
    },
    {
      id: 'freed',
      title: t('storage.column-freed'),
      width: 90,
      align: 'end',
      canSort: true,
      cell: ofItem((item) =>
        text(
          formatSize(intl, item.freedBytes),
          false,
          item.freedBytes < item.sizeBytes
            ? t('storage.shares-files', { size: formatSize(intl, item.sizeBytes - item.freedBytes) })
            : '',
        ),
      ),
    },
    {
      id: 'store',
      title: t('storage.column-store'),
      width: 88,
      canSort: true,
      cell: ofItem((item) => (
        <>
          {text(storeWord(intl, item.store), false, item.store)}
          {!item.canDelete && (
            <>
              <Icon name="lock" size={12} className={cx(styles.muted)} />
              <HiddenText>{t('storage.locked')}</HiddenText>
            </>
          )}
        </>
      )),
    },
    {
      id: 'needed',
      title: t('storage.column-needed'),
      width: '3fr',
      minWidth: 110,
      canSort: true,
      cell: ofItem((item) => {
        const words = neededWords(intl, item);
        return text(words ?? t('storage.unneeded'), words === null);
      }),
    },
    {
      id: 'used',
      title: t('storage.column-used'),
      width: 108,
      canSort: true,
      cell: ofItem((item) =>
        item.lastUsedAt === null ? text('–', true, t('storage.never-used')) : text(formatDay(intl, item.lastUsedAt)),
      ),
    },
    {
      id: 'more',
      title: t('storage.column-more'),
      isTitleHidden: true,
      width: 44,
      cell: (row) => (
        <IconButton
          icon="more"
          label={t('storage.more-of', { name: rowName(intl, row) })}
          onPress={({ target }) => onMenu(row, target)}
        />
      ),
    },
  ];
}

function NameCell({ item }: { readonly item: CacheItem }) {
  const { t } = useTranslator();
  return (
    <span className={styles.name}>
      <span className={cx(styles.cell, item.name === null && styles.muted)} title={item.digest}>
        {item.name ?? item.digest}
      </span>
      {item.damage !== null && (
        <Badge tone="danger" icon="warning">
          {t('storage.badge-damaged')}
        </Badge>
      )}
      {item.kind === 'temporary' && <Badge>{t('storage.badge-temporary')}</Badge>}
      {item.kind === 'unowned' && <Badge>{t('storage.badge-unowned')}</Badge>}
      {item.isInUse && <Badge tone="accent">{t('storage.badge-in-use')}</Badge>}
    </span>
  );
}
