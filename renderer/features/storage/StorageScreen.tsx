import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { formatSize } from '../../../shared/i18n/format.ts';
import type { CacheItem, CacheListing } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { EmptyState, Skeleton } from '../../components/Feedback.tsx';
import { Page } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive, type JobsState } from '../../stores/jobs-store.ts';
import { useCache, useJobs, useStores, useView } from '../../stores/stores.tsx';
import { AboutItem } from './AboutItem.tsx';
import { CleanUpDialog } from './CleanUpDialog.tsx';
import { DeleteDialog } from './DeleteDialog.tsx';
import { RowMenu } from './RowMenu.tsx';
import {
  canDelete,
  canVerify,
  deletableItems,
  filterItems,
  idsOf,
  itemsOf,
  sortItems,
  type StoragePart,
  type StorageRow,
  type StorageSort,
} from './selectors.ts';
import { DamageMessage, StorageJob } from './StorageJob.tsx';
import styles from './StorageScreen.module.css';
import { StorageTable } from './StorageTable.tsx';
import { StorageToolbar } from './StorageToolbar.tsx';
import { ifDeleted, storeWord } from './words.ts';

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

/** What is about to be deleted. */
interface Question {
  readonly items: readonly CacheItem[];
  readonly isAll: boolean;
}

function StorageList({ listing }: { readonly listing: CacheListing }) {
  const intl = useTranslator();
  const { t } = intl;
  const { cache, view } = useStores();
  const [search, setSearch] = useState('');
  const [part, setPart] = useState<StoragePart>('all');
  const [isGrouped, setGrouped] = useState(false);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [sort, setSort] = useState<StorageSort>({ column: 'freed', direction: 'descending' });
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | null>(null);
  const [menuRow, setMenuRow] = useState<StorageRow | null>(null);
  const menuAnchor = useRef<Element | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const isCleaningUp = useView((state) => state.dialog === 'clean-up');
  const wanted = useDeferredValue(search);
  const items = useMemo(() => sortItems(filterItems(listing.items, part, wanted), sort), [listing, part, wanted, sort]);
  // What is out of sight is not acted upon.
  const chosen = useMemo(() => items.filter(({ id }) => picked.has(id)), [items, picked]);
  const isBusy = useJobs((state) => {
    const job = lastStorageJob(state);
    return job !== undefined && isActive(job);
  });
  const ask = (doomed: readonly CacheItem[], isAll = false) => {
    const [first] = doomed;
    if (isBusy || first === undefined) return;
    if (doomed.some(canDelete)) setQuestion({ items: doomed, isAll });
    // The same stands below the list.
    else view.announce(ifDeleted(intl, first));
  };
  const verify = (some: readonly CacheItem[]) => void cache.verify(idsOf(some.filter(canVerify)));

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
            onPress={() => ask(listing.items, true)}
          >
            {t('storage.clear')}
          </Button>
          <Button
            icon="clean-up"
            variant="primary"
            isDisabled={isBusy || listing.items.length === 0}
            onPress={() => view.set({ dialog: 'clean-up' })}
          >
            {t('storage.clean-up')}
          </Button>
        </>
      }
    >
      <LastJob />
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
          <DamageMessage
            damaged={listing.items.filter(({ damage }) => damage !== null)}
            isBusy={isBusy}
            onRepair={(damaged) => void cache.repair(idsOf(damaged))}
            onShow={() => {
              setPart('damaged');
              setSearch('');
            }}
          />
          <StorageToolbar
            search={search}
            onSearch={setSearch}
            part={part}
            onPart={setPart}
            isGrouped={isGrouped}
            onGrouped={setGrouped}
            shown={items}
            count={listing.items.length}
            chosen={chosen}
            isBusy={isBusy}
            onVerify={verify}
            onDelete={ask}
          />
          <StorageTable
            items={items}
            isGrouped={isGrouped}
            collapsed={collapsed}
            onCollapsedChange={setCollapsed}
            sort={sort}
            onSort={setSort}
            picked={picked}
            onPick={setPicked}
            onCurrent={setCurrent}
            onMenu={(row, element) => {
              menuAnchor.current = element;
              setMenuRow(row);
            }}
            // As in file managers: what is selected, else where the focus is.
            onDelete={(row) => ask(chosen.length > 0 ? chosen : itemsOf(row))}
            empty={search === '' ? t('storage.none-here') : t('storage.none-found', { search })}
          />
          <AboutItem item={listing.items.find(({ id }) => id === current) ?? null} stores={listing.stores} />
          <p className={styles.stores}>
            {listing.stores.map((store) => (
              <span key={store.path}>
                {t('storage.store-holds', {
                  store: storeWord(intl, store.name),
                  count: listing.items.filter((item) => item.store === store.name).length,
                  path: store.path,
                })}
              </span>
            ))}
          </p>
        </>
      )}
      <RowMenu
        row={menuRow}
        anchor={menuAnchor}
        isBusy={isBusy}
        onClose={() => setMenuRow(null)}
        onOpen={({ id }) => void cache.open(id)}
        onVerify={verify}
        onRepair={(damaged) => void cache.repair(idsOf(damaged))}
        onDelete={ask}
      />
      {isCleaningUp && (
        <CleanUpDialog
          onClose={() => view.set({ dialog: 'none' })}
          onConfirm={(going, keepRuns) => void cache.cleanUp(going, keepRuns)}
        />
      )}
      <DeleteDialog
        items={question?.items ?? null}
        isAll={question?.isAll === true}
        onClose={() => setQuestion(null)}
        onConfirm={(doomed) => {
          if (question?.isAll === true) void cache.clear();
          else void cache.remove(idsOf(doomed));
          setPicked(new Set());
        }}
      />
    </Page>
  );
}

const lastStorageJob = ({ jobs }: JobsState) => jobs.findLast(({ kind }) => kind.startsWith('cache-'));

/** By itself, so that progress does not draw the list anew. */
function LastJob() {
  const { jobs } = useStores();
  return (
    <StorageJob
      job={useJobs(lastStorageJob)}
      onCancel={({ id }) => void jobs.cancel(id)}
      onDismiss={({ id }) => void jobs.dismiss(id)}
    />
  );
}
