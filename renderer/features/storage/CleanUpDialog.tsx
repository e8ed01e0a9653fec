import { useEffect, useRef, useState } from 'react';
import { formatDay, formatSize } from '../../../shared/i18n/format.ts';
import type { CleanUpPreview, StoreItemId } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { loading, valueOf, type Loadable } from '../../stores/loadable.ts';
import { useStores } from '../../stores/stores.tsx';
import styles from './CleanUpDialog.module.css';
import { itemName } from './words.ts';

type PlannedItem = CleanUpPreview['items'][number];

export interface CleanUpDialogProps {
  readonly onClose: () => void;
  /** @param keepRuns as the plan was made with */
  readonly onConfirm: (items: readonly StoreItemId[], keepRuns: number) => void;
}

const usualRuns = 10;
const maxRuns = 1000;

/** Shows what a clean-up would delete and why, and deletes nothing before that was seen. */
export function CleanUpDialog({ onClose, onConfirm }: CleanUpDialogProps) {
  const intl = useTranslator();
  const { t } = intl;
  const [keepRuns, setKeepRuns] = useState(usualRuns);
  const [spared, setSpared] = useState<ReadonlySet<string>>(new Set());
  const { plan, isStale, retry } = usePlan(keepRuns);
  const preview = valueOf(plan);
  const going = preview?.items.filter(({ id }) => !spared.has(id)) ?? [];
  const freed = useFreedBytes(preview, going);
  const size = formatSize(intl, freed);
  const isEmpty = preview?.items.length === 0;

  return (
    <Dialog
      title={t('storage.clean-title')}
      icon="clean-up"
      width="l"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button autoFocus onPress={onClose}>
            {isEmpty ? t('common.close') : t('common.cancel')}
          </Button>
          {!isEmpty && (
            <Button
              variant="danger"
              isDisabled={isStale || going.length === 0}
              onPress={() => {
                onClose();
                onConfirm(
                  going.map(({ id }) => id),
                  keepRuns,
                );
              }}
            >
              {going.length === 0 ? t('storage.clean-none') : t('storage.clean-action', { count: going.length, size })}
            </Button>
          )}
        </>
      }
    >
      <p>{t('storage.clean-rule')}</p>
      <NumberField label={t('storage.clean-runs')} value={keepRuns} min={0} max={maxRuns} onChange={setKeepRuns} />
      {plan.status === 'failed' && (
        <ProblemMessage error={plan.error} isAlert actions={<Button onPress={retry}>{t('common.retry')}</Button>} />
      )}
      {plan.status === 'loading' && (
        <div className={styles.list}>
          <Skeleton shape="rows" count={5} label={t('common.loading')} />
        </div>
      )}
      {preview !== undefined && isEmpty && <StatusMessage tone="ok">{t('storage.clean-empty')}</StatusMessage>}
      {preview !== undefined && !isEmpty && (
        <div className={styles.list} data-stale={isStale} aria-busy={isStale}>
          <DataTable
            label={t('storage.clean-table')}
            columns={columnsFor(intl)}
            rows={preview.items}
            keyOf={({ id }) => id}
            textOf={itemName}
            rowHeight={34}
            selection={new Set(going.map(({ id }) => id))}
            onSelectionChange={(keys) => {
              setSpared(new Set(preview.items.map(({ id }) => id).filter((id) => !keys.has(id))));
            }}
            className={styles.table ?? ''}
            dependencies={[t]}
          />
        </div>
      )}
      {preview !== undefined && (
        <p className={styles.kept} role="status">
          {keptWords(intl, preview.kept, preview.items.length - going.length)}
        </p>
      )}
      <p className={styles.muted}>{t('storage.clean-keeps')}</p>
    </Dialog>
  );
}

/** The plan for a number of runs; while it is made anew the one before stays in view. */
function usePlan(keepRuns: number) {
  const { cache } = useStores();
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<{ readonly for: string; readonly plan: Loadable<CleanUpPreview> } | null>(null);
  const wanted = `${keepRuns} ${attempt}`;
  const latest = useRef(wanted);
  useEffect(() => {
    latest.current = wanted;
    void cache.plan(keepRuns).then((plan) => {
      if (latest.current === wanted) setAnswer({ for: wanted, plan });
    });
  }, [cache, keepRuns, wanted]);
  return {
    plan: answer?.plan ?? loading,
    isStale: answer?.for !== wanted,
    retry: () => {
      setAttempt(attempt + 1);
      setAnswer(null);
    },
  };
}

/** What the ticked items free together: as planned, or measured if some were spared. */
function useFreedBytes(preview: CleanUpPreview | undefined, going: readonly PlannedItem[]): number {
  const { cache } = useStores();
  const [measured, setMeasured] = useState<{ readonly key: string; readonly bytes: number } | null>(null);
  const isWhole = going.length === preview?.items.length;
  const key = going.map(({ id }) => id).join('\n');
  useEffect(() => {
    if (isWhole || key === '') return;
    let isLatest = true;
    void cache.measure(key.split('\n') as StoreItemId[]).then((bytes) => {
      if (isLatest && bytes !== null) setMeasured({ key, bytes });
    });
    return () => {
      isLatest = false;
    };
  }, [cache, isWhole, key]);
  if (isWhole) return preview.freedBytes;
  return measured?.key === key ? measured.bytes : going.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

type Intl = ReturnType<typeof useTranslator>;

function keptWords(intl: Intl, kept: CleanUpPreview['kept'], spared: number): string {
  const { t } = intl;
  const parts = [
    ...(kept.needed > 0 ? [t('storage.kept-needed', { count: kept.needed })] : []),
    ...(kept.inUse > 0 ? [t('storage.kept-in-use', { count: kept.inUse })] : []),
    ...(kept.recent > 0 ? [t('storage.kept-recent', { count: kept.recent })] : []),
    ...(kept.temporary > 0 ? [t('storage.kept-temporary', { count: kept.temporary })] : []),
    ...(spared > 0 ? [t('storage.kept-spared', { count: spared })] : []),
  ];
  return parts.length === 0 ? t('storage.kept-nothing') : t('storage.kept', { parts: intl.list(parts) });
}

function columnsFor(intl: Intl): readonly TableColumn<PlannedItem>[] {
  const { t } = intl;
  return [
    {
      id: 'name',
      title: t('storage.column-name'),
      width: '2fr',
      minWidth: 120,
      isRowHeader: true,
      cell: (item) => (
        <span className={styles.cell} title={item.digest}>
          {itemName(item)}
        </span>
      ),
    },
    {
      id: 'why',
      title: t('storage.column-why'),
      width: '2fr',
      minWidth: 110,
      cell: ({ why }) => (
        <span className={styles.cell} title={t(`storage.clean-why-${why}-long`)}>
          {t(`storage.clean-why-${why}`)}
        </span>
      ),
    },
    {
      id: 'used',
      title: t('storage.column-used'),
      width: 104,
      cell: ({ lastUsedAt }) => (
        <span className={styles.cell} title={lastUsedAt === null ? t('storage.never-used') : ''}>
          {lastUsedAt === null ? '–' : formatDay(intl, lastUsedAt)}
        </span>
      ),
    },
    {
      id: 'size',
      title: t('storage.column-size'),
      width: 80,
      align: 'end',
      cell: ({ sizeBytes }) => <span className={styles.cell}>{formatSize(intl, sizeBytes)}</span>,
    },
  ];
}
