import { memo, useDeferredValue, useEffect, useMemo } from 'react';
import type { AppSummary, InterfaceUri, JobSnapshot } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Choice.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { EmptyState, Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { SearchField } from '../../components/Field.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Select } from '../../components/Select.tsx';
import { TileGrid } from '../../components/TileGrid.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive, isProgramRunning } from '../../stores/jobs-store.ts';
import { useApps, useImpact, useJobs, useStores, useUpdates, useView } from '../../stores/stores.tsx';
import { AddDialog } from './AddDialog.tsx';
import { DroppedDialog } from './DroppedDialog.tsx';
import styles from './AppsScreen.module.css';
import { CatalogueProblems } from './CatalogueProblems.tsx';
import { ImpactBanner } from './ImpactBanner.tsx';
import { AppTile, type AppTileActions } from './AppTile.tsx';
import { MirrorSearch } from './MirrorSearch.tsx';
import { categoriesOf, flawsByProgram, groupApps, indexApps } from './selectors.ts';
import { Welcome } from './Welcome.tsx';

export interface AppsScreenProps {
  readonly onCopy: (text: string) => void;
}

/** All programs: one's own, and those of the catalogues. */
export function AppsScreen({ onCopy }: AppsScreenProps) {
  const { t } = useTranslator();
  const { apps, view } = useStores();
  const list = useApps((state) => state.list);
  const search = useView((state) => state.search);
  const category = useView((state) => state.category);
  const dialog = useView((state) => state.dialog);
  const address = useView((state) => state.addressToAdd);

  const add = (uri: InterfaceUri) => {
    void apps.add(uri);
    view.go({ page: 'run', interface: uri });
  };
  // Not with each letter that is typed.
  const categories = useMemo(() => (list.status === 'ready' ? categoriesOf(list.value) : []), [list]);

  return (
    <Page
      title={t('apps.title')}
      layout="scroll"
      actions={
        <>
          <SearchField
            label={t('apps.search')}
            clearLabel={t('common.clear')}
            value={search}
            onChange={view.search}
            className={styles.narrowSearch ?? ''}
            isPageSearch
          />
          {categories.length > 0 && (
            <Select
              label={t('apps.category')}
              isLabelHidden
              value={category ?? 'all'}
              options={[
                { id: 'all', label: t('apps.category-all') },
                ...categories.map((id) => ({ id, label: t(`category.${id}`) })),
              ]}
              onChange={(id) => view.set({ category: id === 'all' ? null : id })}
            />
          )}
          <UpdatesButton />
          <IconButton icon="refresh" label={t('apps.refresh')} onPress={() => void apps.refresh(true)} />
          <Button icon="add" onPress={() => view.set({ dialog: 'add' })}>
            {t('apps.add')}
          </Button>
        </>
      }
    >
      {list.status === 'loading' && <Skeleton shape="tiles" count={9} label={t('common.loading')} />}
      {list.status === 'failed' && (
        <ProblemMessage
          error={list.error}
          isAlert
          actions={<Button onPress={() => void apps.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {search === '' && <Welcome />}
      <ImpactBanner />
      {list.status === 'ready' && <AppLists onCopy={onCopy} onAdd={add} />}
      <DroppedDialog />
      <AddDialog
        key={address}
        address={address}
        isOpen={dialog === 'add'}
        onClose={() => view.set({ dialog: 'none', addressToAdd: '' })}
        onAdd={add}
      />
    </Page>
  );
}

/** The way to what is new, once there are apps. */
function UpdatesButton() {
  const { t } = useTranslator();
  const { view } = useStores();
  const list = useUpdates((state) => state.list);
  if (list.status !== 'ready' || list.value.rows.length === 0) return null;
  const count = list.value.rows.filter(({ changes }) => changes.length > 0).length;
  return (
    <Button icon="download" onPress={() => view.go({ page: 'updates' })}>
      {count === 0 ? t('updates.title') : t('apps.updates', { count })}
    </Button>
  );
}

function AppLists({ onCopy, onAdd }: AppsScreenProps & { readonly onAdd: (uri: InterfaceUri) => void }) {
  const { t } = useTranslator();
  const stores = useStores();
  const { view, apps } = stores;
  const list = useApps((state) => (state.list.status === 'ready' ? state.list.value : null));
  const search = useDeferredValue(useView((state) => state.search));
  const category = useView((state) => state.category);
  const showsCommandLineApps = useView((state) => state.showsCommandLineApps);
  const index = useMemo(() => (list === null ? null : indexApps(list)), [list]);
  const groups = useMemo(
    () => (index === null ? null : groupApps(index, { search, category, showsCommandLineApps })),
    [index, search, category, showsCommandLineApps],
  );
  const jobs = useJobs((state) => state.jobs);
  const impact = useImpact((state) => state.rows);
  const flaws = useMemo(() => flawsByProgram(impact), [impact]);
  const active = useMemo(() => activeByInterface(jobs), [jobs]);
  const isShown = list !== null;
  useEffect(() => {
    // For `npm run bench -- window`.
    if (isShown) performance.mark('apps-shown');
  }, [isShown]);
  const actions = useMemo(
    (): AppTileActions => ({
      onRun: (app) => {
        void apps.run(app.interface);
        view.go({ page: 'run', interface: app.interface });
      },
      onCancel: (job) => void stores.jobs.cancel(job.id),
      onOpen: (app) => view.go({ page: 'run', interface: app.interface }),
      onDetails: (app) => view.go({ page: 'run', interface: app.interface, tab: 'details' }),
      onOptions: (app) => view.set({ optionsOf: app.interface }),
      onUpdate: (app) => void apps.download(app.interface, true),
      onDownload: (app) => void apps.download(app.interface),
      onKeep: (app, isMine) => void (isMine ? apps.add(app.interface) : apps.remove(app.interface)),
      onHomepage: (app) => void (app.homepage !== null && apps.openLink(app.homepage)),
      onCopyAddress: (app) => onCopy(app.interface),
    }),
    [stores, apps, view, onCopy],
  );
  if (list === null || groups === null) return null;

  const grid = (label: string, items: readonly AppSummary[]) => (
    <ProgramGrid label={label} items={items} active={active} flaws={flaws} actions={actions} />
  );
  const isNarrowed = search !== '' || category !== null;
  const problems = <CatalogueProblems sources={list.sources} onRetry={() => void apps.refresh(true)} />;
  const hasCatalogue = groups.catalogue.length > 0 || groups.commandLineCount > 0;
  const isEmpty = groups.mine.length === 0 && groups.catalogue.length === 0 && groups.commandLineCount === 0;

  return (
    <>
      {isEmpty && isNarrowed && (
        <EmptyState
          icon="search"
          title={search === '' ? t('apps.none-in-category') : t('apps.none-found', { search })}
          action={
            <Button
              onPress={() => {
                view.search('');
                view.set({ category: null });
              }}
            >
              {t('apps.show-all')}
            </Button>
          }
        >
          {t('apps.none-found-hint')}
        </EmptyState>
      )}
      {isEmpty && !isNarrowed && (
        <EmptyState
          icon="apps"
          title={t('apps.empty')}
          action={
            <Button variant="primary" icon="add" onPress={() => view.set({ dialog: 'add' })}>
              {t('apps.add-action')}
            </Button>
          }
        >
          {t('apps.empty-hint')}
        </EmptyState>
      )}
      {(groups.mine.length > 0 || (!isNarrowed && !isEmpty)) && (
        <Section title={t('apps.mine')}>
          {groups.mine.length > 0 ? (
            grid(t('apps.mine'), groups.mine)
          ) : (
            <StatusMessage tone="info">{t('apps.mine-empty')}</StatusMessage>
          )}
        </Section>
      )}
      {!hasCatalogue && problems}
      {hasCatalogue && (
        <Section
          title={t('apps.catalogue')}
          aside={
            <div className={styles.filters}>
              {problems}
              {list.sources.some((source) => source.status === 'loading') && (
                <span className={styles.muted}>{t('apps.catalogue-loading')}</span>
              )}
              {groups.commandLineCount > 0 && (
                <Checkbox
                  isChecked={showsCommandLineApps}
                  onChange={(isChecked) => view.set({ showsCommandLineApps: isChecked })}
                >
                  {t('apps.command-line', { count: groups.commandLineCount })}
                </Checkbox>
              )}
            </div>
          }
        >
          {groups.catalogue.length > 0 ? (
            grid(t('apps.catalogue'), groups.catalogue)
          ) : (
            <StatusMessage tone="info">{t('apps.catalogue-hidden', { count: groups.commandLineCount })}</StatusMessage>
          )}
        </Section>
      )}
      <MirrorSearch text={search} onAdd={onAdd} />
    </>
  );
}

function activeByInterface(jobs: readonly JobSnapshot[]): ReadonlyMap<InterfaceUri, JobSnapshot> {
  const map = new Map<InterfaceUri, JobSnapshot>();
  for (const job of jobs) {
    if (job.interface !== null && (isActive(job) || isProgramRunning(job))) map.set(job.interface, job);
  }
  return map;
}

interface ProgramGridProps {
  readonly label: string;
  readonly items: readonly AppSummary[];
  readonly active: ReadonlyMap<InterfaceUri, JobSnapshot>;
  readonly flaws: ReturnType<typeof flawsByProgram>;
  readonly actions: AppTileActions;
}

/** Drawn again only when what it shows has changed, not with each letter that is typed. */
const ProgramGrid = memo(function ProgramGrid({ label, items, active, flaws, actions }: ProgramGridProps) {
  return (
    <TileGrid
      label={label}
      items={items}
      keyOf={(app) => app.interface}
      textOf={(app) => app.name}
      onAction={actions.onOpen}
      tileWidth={280}
      tileHeight={140}
      dependencies={[active, flaws, actions]}
    >
      {(app) => <AppTile app={app} flaw={flaws.get(app.interface)} job={active.get(app.interface)} actions={actions} />}
    </TileGrid>
  );
});
