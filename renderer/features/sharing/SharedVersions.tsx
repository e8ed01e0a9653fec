import { formatDay, formatSize } from '../../../shared/i18n/format.ts';
import type { SharedItem, ShareOverview } from '../../../shared/model/index.ts';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { useTranslator } from '../../components/translation.tsx';
import styles from './SharingScreen.module.css';
import { nameOf, usersWords } from './words.ts';

/** What is in the shared store, and who needs it: as numbers, since names are nobody's business. */
export function SharedVersions({ overview }: { readonly overview: ShareOverview }) {
  const intl = useTranslator();
  const { t } = intl;
  const isNarrow = useMediaQuery(narrowWindow);
  const columns: readonly TableColumn<SharedItem>[] = [
    {
      id: 'name',
      title: t('sharing.column-name'),
      width: '3fr',
      minWidth: 170,
      isRowHeader: true,
      cell: (item) => (
        <span className={cx(styles.cell, item.name === null && styles.muted)} title={item.digest}>
          {nameOf(item)}
        </span>
      ),
    },
    {
      id: 'users',
      title: t('sharing.column-users'),
      width: '2fr',
      minWidth: 120,
      cell: (item) => (
        <span className={cx(styles.cell, item.users === 0 && styles.muted)}>{usersWords(intl, item)}</span>
      ),
    },
    {
      id: 'size',
      title: t('sharing.column-size'),
      width: 90,
      align: 'end',
      cell: ({ bytes }) => <span className={styles.cell}>{bytes === null ? '–' : formatSize(intl, bytes)}</span>,
    },
    {
      id: 'stored',
      title: t('sharing.column-stored'),
      width: 170,
      cell: ({ addedAt, isAddedByMe }) => (
        <span className={styles.cell}>
          {addedAt === null ? '–' : formatDay(intl, addedAt)} {isAddedByMe && t('sharing.added-by-me')}
        </span>
      ),
    },
    { id: 'used', title: t('sharing.column-used'), width: 120, cell: ({ usedAt }) => formatDay(intl, usedAt) },
  ];
  return (
    <DataTable
      label={t('sharing.shared-table')}
      columns={isNarrow ? columns.filter(({ id }) => id !== 'stored' && id !== 'used') : columns}
      rows={overview.shared}
      keyOf={({ digest }) => digest}
      textOf={nameOf}
      rowHeight={38}
      empty={overview.health.isOwnHelper ? t('sharing.shared-empty') : t('sharing.shared-unknown')}
      className={styles.table ?? ''}
      dependencies={[t, isNarrow]}
    />
  );
}
