import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { formatDay, formatSize } from '../../../shared/i18n/format.ts';
import type { CacheItem, CacheListing, JobSnapshot } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { DataTable, type TableColumn } from '../../components/DataTable.tsx';
import { ConfirmDialog } from '../../components/Dialog.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { fractionOf, phaseWords } from '../../components/domain/words.ts';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { SearchField } from '../../components/Field.tsx';
import { narrowWindow, useMediaQuery } from '../../components/media.ts';
import { Page } from '../../components/Page.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive } from '../../stores/jobs-store.ts';
import { useCache, useJobs, useStores } from '../../stores/stores.tsx';
import {
  affectedPrograms,
  deletableItems,
  filterItems,
  idsOf,
  pickedItems,
  sortItems,
  sumBytes,
  type StorageColumn,
  type StorageSort,
} from './selectors.ts';
import styles from './StorageScreen.module.css';

/** What is stored on this computer, what needs it, and how to get rid of it. */
export function StorageScreen() {
  const { t } = useTranslator();
  const { cache } = useStores();
  const listing = useCache((state) => state.listing);
  useEffect(() => {
    void cache.refresh();
  }, [cache]);
  if (listing.status === 'ready') return <StorageList listing={listing.value} />;
  return (
    <Page title={t('storage.title')} layout="fill">
      {listing.status === 'loading' ? (
        <Skeleton shape="rows" count={8} label={t('common.loading')} />
      ) : (
        <ProblemMessage
          error={listing.error}
          isAlert
          actions={<Button onPress={() => void cache.refresh()}>{t('common.retry')}</Button>}
        />
      )}
    </Page>
  );
}

type Question = 'none' | 'delete' | 'clear';

function StorageList({ listing }: { readonly listing: CacheListing }) {
  const intl = useTranslator();
  const { t } = intl;
  const { cache, view } = useStores();
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<StorageSort>({ column: 'size', direction: 'descending' });
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [question, setQuestion] = useState<Question>('none');
  const wanted = useDeferredValue(search);
  const rows = useMemo(() => sortItems(filterItems(listing.items, wanted), sort), [listing, wanted, sort]);
  const job = useJobs(({ jobs }) => jobs.findLast((one) => one.kind.startsWith('cache-')));
  const isBusy = job !== undefined && isActive(job);
  const chosen = pickedItems(listing, picked);
  const doomed = question === 'clear' ? deletableItems(listing) : chosen.filter((item) => item.canDelete);
  const size = (items: readonly CacheItem[]) => formatSize(intl, sumBytes(items));
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const isNarrow = useMediaQuery(narrowWindow);
  const columns = columnsFor(intl);

  return (
    <Page
      title={t('storage.title')}
      subtitle={
        listing.freeBytes === null
          ? t('storage.total', { count: listing.items.length, size: formatSize(intl, listing.totalBytes) })
          : t('storage.total-free', {
              count: listing.items.length,
              size: formatSize(intl, listing.totalBytes),
              free: formatSize(intl, listing.freeBytes),
            })
      }
      layout="fill"
      actions={
        <>
          <IconButton icon="refresh" label={t('storage.refresh')} onPress={() => void cache.refresh()} />
          <Button
            icon="delete"
            isDisabled={isBusy || deletableItems(listing).length === 0}
            onPress={() => setQuestion('clear')}
          >
            {t('storage.clear')}
          </Button>
        </>
      }
    >
      {listing.items.length === 0 ? (
        <EmptyState
          icon="storage"
          title={t('storage.empty')}
          action={<Button onPress={() => view.go({ page: 'apps' })}>{t('downloads.to-apps')}</Button>}
        >
          {t('storage.empty-hint')}
        </EmptyState>
      ) : (
        <>
          <JobLine job={job} />
          <div className={styles.toolbar}>
            <SearchField
              label={t('storage.filter')}
              clearLabel={t('common.clear')}
              value={search}
              onChange={setSearch}
              isPageSearch
              className={styles.filter ?? ''}
            />
            <span className={styles.picked} role="status">
              {chosen.length === 0
                ? t('storage.none-picked')
                : t('storage.picked', { count: chosen.length, size: size(chosen) })}
            </span>
            <Button
              isDisabled={only === undefined}
              icon="folder"
              onPress={() => only !== undefined && void cache.open(only.id)}
            >
              {t('storage.open')}
            </Button>
            <Button
              isDisabled={isBusy || chosen.length === 0}
              icon="shield-ok"
              onPress={() => void cache.verify(idsOf(chosen))}
            >
              {t('storage.verify')}
            </Button>
            <Button
              isDisabled={isBusy || chosen.every((item) => !item.canDelete)}
              icon="delete"
              onPress={() => setQuestion('delete')}
            >
              {t('storage.delete')}
            </Button>
          </div>
          <DataTable
            label={t('storage.table')}
            columns={isNarrow ? columns.filter(({ id }) => id !== 'stored') : columns}
            rows={rows}
            keyOf={(item) => item.id}
            textOf={(item) => item.name ?? item.digest}
            rowHeight={38}
            selection={picked}
            onSelectionChange={setPicked}
            sort={sort}
            onSort={(next) => setSort({ column: next.column as StorageColumn, direction: next.direction })}
            empty={t('storage.none-found', { search })}
            className={styles.table ?? ''}
            dependencies={[t, isNarrow]}
          />
          <p className={styles.stores}>
            {listing.stores.map((store) => (
              <span key={store.path} title={store.path}>
                {t('storage.store-at', { store: storeName(intl, store.name), path: store.path })}
              </span>
            ))}
          </p>
        </>
      )}
      <ConfirmDialog
        title={
          question === 'clear'
            ? t('storage.clear-title', { size: size(doomed) })
            : t('storage.delete-title', { count: doomed.length, size: size(doomed) })
        }
        action={t('storage.delete-action', { count: doomed.length })}
        cancel={t('common.cancel')}
        isDanger
        isOpen={question !== 'none'}
        onClose={() => setQuestion('none')}
        onConfirm={() => {
          if (question === 'clear') void cache.clear();
          else void cache.remove(idsOf(doomed));
          setPicked(new Set());
        }}
      >
        <p>
          {affectedPrograms(doomed).length === 0
            ? t('storage.delete-unneeded')
            : t('storage.delete-needed', { programs: intl.list(affectedPrograms(doomed)) })}
        </p>
        <p className={styles.muted}>{t('storage.delete-keeps')}</p>
      </ConfirmDialog>
    </Page>
  );
}

function JobLine({ job }: { readonly job: JobSnapshot | undefined }) {
  const intl = useTranslator();
  if (job === undefined) return null;
  if (job.error !== null) return <ProblemMessage error={job.error} isAlert />;
  if (!isActive(job)) return null;
  const words = phaseWords(intl, job);
  return (
    <div className={styles.job}>
      <span>{words}</span>
      <ProgressBar label={words} valueText={words} fraction={job.progress === null ? null : fractionOf(job.progress)} />
    </div>
  );
}

function storeName({ t }: ReturnType<typeof useTranslator>, store: string): string {
  if (store === 'user') return t('storage.store-user');
  if (store === 'shared') return t('storage.store-shared');
  return store;
}

function columnsFor(intl: ReturnType<typeof useTranslator>): readonly TableColumn<CacheItem>[] {
  const { t } = intl;
  return [
    {
      id: 'name',
      title: t('storage.column-name'),
      width: '3fr',
      minWidth: 150,
      isRowHeader: true,
      canSort: true,
      cell: (item) => (
        <span className={cx(styles.cell, item.kind !== 'implementation' && styles.muted)} title={item.digest}>
          {item.kind === 'implementation'
            ? (item.name ?? item.digest)
            : t(`storage.kind-${item.kind}`, { digest: item.digest })}
        </span>
      ),
    },
    {
      id: 'version',
      title: t('storage.column-version'),
      width: '1fr',
      minWidth: 86,
      canSort: true,
      cell: (item) => (
        <span className={styles.cell} title={item.version ?? ''}>
          {item.version ?? '–'}
        </span>
      ),
    },
    {
      id: 'size',
      title: t('storage.column-size'),
      width: 96,
      align: 'end',
      canSort: true,
      cell: (item) => <span className={styles.cell}>{formatSize(intl, item.sizeBytes)}</span>,
    },
    {
      id: 'store',
      title: t('storage.column-store'),
      width: 92,
      canSort: true,
      cell: (item) => <span className={styles.cell}>{storeName(intl, item.store)}</span>,
    },
    {
      id: 'needed',
      title: t('storage.column-needed'),
      width: '3fr',
      minWidth: 110,
      canSort: true,
      cell: (item) => (
        <span className={cx(styles.cell, item.neededBy.length === 0 && styles.muted)} title={item.neededBy.join(', ')}>
          {item.neededBy.length === 0 ? t('storage.unneeded') : intl.list(item.neededBy)}
        </span>
      ),
    },
    {
      id: 'stored',
      title: t('storage.column-stored'),
      width: 112,
      canSort: true,
      cell: (item) => (
        <span className={styles.cell}>{item.storedAt === null ? '–' : formatDay(intl, item.storedAt)}</span>
      ),
    },
  ];
}
