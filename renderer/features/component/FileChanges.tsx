import { useDeferredValue, useMemo, useState } from 'react';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { FileDiff } from '../../../shared/model/index.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { Badge, StatusMessage } from '../../components/Feedback.tsx';
import { SearchField } from '../../components/Field.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import {
  changeParts,
  countChanges,
  filterChanges,
  isNewlyRunnable,
  type ChangePart,
  type FileChange,
} from './file-changes.ts';
import styles from './FileChanges.module.css';

/** The files that two versions do not share, with what changed in them. */
export function FileChanges({ diff }: { readonly diff: FileDiff }) {
  const intl = useTranslator();
  const { t } = intl;
  const [search, setSearch] = useState('');
  const [part, setPart] = useState<ChangePart>('all');
  const wanted = useDeferredValue(search);
  const counts = useMemo(() => countChanges(diff.changes), [diff]);
  const rows = useMemo(() => filterChanges(diff.changes, part, wanted), [diff, part, wanted]);
  const isNarrow = useMediaQuery(narrowWindow);
  const columns = columnsFor(intl);
  if (diff.changes.length === 0) {
    return <StatusMessage tone="ok">{t('files.same', { count: diff.sameCount })}</StatusMessage>;
  }
  return (
    <>
      <p className={styles.summary} role="status">
        {t('files.summary', {
          added: counts.added,
          removed: counts.removed,
          changed: counts.changed,
          same: diff.sameCount,
        })}{' '}
        {t('files.bytes', {
          before: formatSize(intl, diff.bytesBefore),
          after: formatSize(intl, diff.bytesAfter),
        })}
        {counts.runnable > 0 && (
          <Badge tone="warn" icon="warning">
            {t('files.runnable-count', { count: counts.runnable })}
          </Badge>
        )}
      </p>
      <div className={styles.toolbar}>
        <SearchField
          label={t('files.filter')}
          clearLabel={t('common.clear')}
          value={search}
          onChange={setSearch}
          className={styles.filter ?? ''}
        />
        <Select
          label={t('files.show')}
          isLabelHidden
          value={part}
          options={changeParts.map((id) => ({ id, label: t(`files.show-${id}`, { count: counts[id] }) }))}
          onChange={setPart}
        />
      </div>
      <DataTable
        label={t('files.table')}
        columns={isNarrow ? columns.filter(({ id }) => id !== 'what') : columns}
        rows={rows}
        keyOf={({ path }) => path}
        textOf={({ path }) => path}
        rowHeight={32}
        empty={t('files.none')}
        className={styles.table ?? ''}
        dependencies={[t, isNarrow]}
      />
      {diff.moreCount > 0 && <p className={styles.muted}>{t('files.more', { count: diff.moreCount })}</p>}
    </>
  );
}

const tones = { added: 'ok', removed: 'danger', changed: 'neutral' } as const;
const icons = { added: 'add', removed: 'minus', changed: 'refresh' } as const;

function columnsFor(intl: ReturnType<typeof useTranslator>): readonly TableColumn<FileChange>[] {
  const { t } = intl;
  return [
    {
      id: 'change',
      title: t('files.column-change'),
      width: 112,
      cell: ({ change }) => (
        <Badge tone={tones[change]} icon={icons[change]}>
          {t(`files.change-${change}`)}
        </Badge>
      ),
    },
    {
      id: 'path',
      title: t('files.column-path'),
      width: '3fr',
      minWidth: 150,
      isRowHeader: true,
      cell: (row) => (
        <span className={styles.path}>
          <bdi className={styles.cell} title={row.path}>
            {row.type === 'directory' ? `${row.path}/` : row.path}
          </bdi>
          {isNewlyRunnable(row) && (
            <Badge tone="warn" icon="warning">
              {t('files.runnable')}
            </Badge>
          )}
        </span>
      ),
    },
    {
      id: 'what',
      title: t('files.column-what'),
      width: '1fr',
      minWidth: 110,
      cell: (row) => {
        const words = whatWords(intl, row);
        return (
          <span className={styles.cell} title={words}>
            {words}
          </span>
        );
      },
    },
    {
      id: 'before',
      title: t('files.before'),
      width: 92,
      align: 'end',
      cell: (row) => <Size bytes={row.change === 'added' ? null : row.bytesBefore} type={row.type} />,
    },
    {
      id: 'after',
      title: t('files.after'),
      width: 92,
      align: 'end',
      cell: (row) => <Size bytes={row.change === 'removed' ? null : row.bytesAfter} type={row.type} />,
    },
  ];
}

function Size({ bytes, type }: { readonly bytes: number | null; readonly type: FileChange['type'] }) {
  const intl = useTranslator();
  return <span className={styles.cell}>{bytes === null || type !== 'file' ? '–' : formatSize(intl, bytes)}</span>;
}

function whatWords(intl: ReturnType<typeof useTranslator>, { type, aspects }: FileChange): string {
  const { t } = intl;
  const parts = aspects.filter((aspect) => aspect !== 'executable').map((aspect) => t(`files.aspect-${aspect}`));
  return parts.length === 0 ? t(`files.type-${type}`) : intl.list(parts);
}
