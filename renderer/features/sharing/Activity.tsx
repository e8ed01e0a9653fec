import { formatInstant, formatSize } from '../../../shared/i18n/format.ts';
import type { ShareLogEntry } from '../../../shared/model/index.ts';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { useTranslator } from '../../components/translation.tsx';
import styles from './SharingScreen.module.css';
import { actionWords, nameOf, whoWords } from './words.ts';

interface Row extends ShareLogEntry {
  readonly key: string;
}

/** What was stored, refused and removed, the newest first. */
export function Activity({ entries }: { readonly entries: readonly ShareLogEntry[] }) {
  const intl = useTranslator();
  const { t } = intl;
  const isNarrow = useMediaQuery(narrowWindow);
  const rows = entries.map((entry, index): Row => ({ ...entry, key: String(index) }));
  const columns: readonly TableColumn<Row>[] = [
    { id: 'when', title: t('sharing.column-when'), width: 170, cell: ({ at }) => formatInstant(intl, at) },
    {
      id: 'name',
      title: t('sharing.column-name'),
      width: '2fr',
      minWidth: 140,
      isRowHeader: true,
      cell: (entry) => (
        <span className={cx(styles.cell, entry.name === null && styles.muted)} title={entry.digest}>
          {nameOf(entry)}
        </span>
      ),
    },
    {
      id: 'what',
      title: t('sharing.column-what'),
      width: '2fr',
      minWidth: 120,
      cell: (entry) => (
        <span
          className={cx(styles.cell, entry.action === 'refused' && styles.refused)}
          title={actionWords(intl, entry)}
        >
          {actionWords(intl, entry)}
        </span>
      ),
    },
    {
      id: 'size',
      title: t('sharing.column-size'),
      width: 90,
      align: 'end',
      cell: ({ bytes }) => <span className={styles.cell}>{bytes === null ? '–' : formatSize(intl, bytes)}</span>,
    },
    { id: 'who', title: t('sharing.column-who'), width: 120, cell: (entry) => whoWords(intl, entry) },
  ];
  return (
    <DataTable
      label={t('sharing.log-table')}
      columns={isNarrow ? columns.filter(({ id }) => id !== 'size' && id !== 'when') : columns}
      rows={rows}
      keyOf={({ key }) => key}
      textOf={nameOf}
      rowHeight={38}
      empty={t('sharing.log-empty')}
      className={styles.table ?? ''}
      dependencies={[t, isNarrow]}
    />
  );
}
