import { formatSize } from '../../../shared/i18n/format.ts';
import type { PrivateItem } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { fractionOf, phaseWords } from '../../components/domain/words.ts';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive, type JobsState } from '../../stores/jobs-store.ts';
import { useJobs, useStores } from '../../stores/stores.tsx';
import styles from './SharingScreen.module.css';
import { movable, nameOf } from './words.ts';

const lastMove = ({ jobs }: JobsState) => jobs.findLast(({ kind }) => kind === 'cache-share');

/** What only this user has, why, and how to share it. */
export function PrivateVersions({ items }: { readonly items: readonly PrivateItem[] }) {
  const intl = useTranslator();
  const { t } = intl;
  const { sharing } = useStores();
  const job = useJobs(lastMove);
  const isNarrow = useMediaQuery(narrowWindow);
  const going = movable(items);
  const problem = job?.error ?? null;
  const isBusy = job !== undefined && isActive(job);
  const columns: readonly TableColumn<PrivateItem>[] = [
    {
      id: 'name',
      title: t('sharing.column-name'),
      width: '2fr',
      minWidth: 150,
      isRowHeader: true,
      cell: (item) => (
        <span className={cx(styles.cell, item.name === null && styles.muted)} title={item.digest}>
          {nameOf(item)}
        </span>
      ),
    },
    {
      id: 'size',
      title: t('sharing.column-size'),
      width: 90,
      align: 'end',
      cell: ({ sizeBytes }) => <span className={styles.cell}>{formatSize(intl, sizeBytes)}</span>,
    },
    {
      id: 'why',
      title: t('sharing.column-why'),
      width: '3fr',
      minWidth: 160,
      cell: ({ cause }) => (
        <span className={styles.cell} title={t(`sharing.cause-${cause}`)}>
          {t(`sharing.cause-${cause}`)}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.stack}>
      {problem !== null && <ProblemMessage error={problem} isAlert />}
      {isBusy && (
        <ProgressBar
          label={phaseWords(intl, job)}
          valueText={phaseWords(intl, job)}
          fraction={job.progress === null ? null : fractionOf(job.progress)}
        />
      )}
      {going.length > 0 && (
        <div className={styles.line}>
          <span className={styles.words}>{t('sharing.move-hint')}</span>
          <Button
            variant="primary"
            icon="sharing"
            isDisabled={isBusy}
            onPress={() => void sharing.move(going.slice(0, 1000).map(({ digest }) => digest))}
          >
            {t('sharing.move-all', { count: going.length })}
          </Button>
        </div>
      )}
      <DataTable
        label={t('sharing.private-table')}
        columns={isNarrow ? columns.filter(({ id }) => id !== 'size') : columns}
        rows={items}
        keyOf={({ digest }) => digest}
        textOf={nameOf}
        rowHeight={38}
        empty={t('sharing.private-empty')}
        className={styles.table ?? ''}
        dependencies={[t, isNarrow]}
      />
    </div>
  );
}
