import { useState } from 'react';
import { formatDay } from '../../../shared/i18n/format.ts';
import type { AppName, Timeline, TimelineEntry } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { EmptyState, Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Page } from '../../components/Page.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores, useTimeline } from '../../stores/stores.tsx';
import { EntryRow } from './EntryRow.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import { SearchDialog } from './SearchDialog.tsx';
import { SearchPanel } from './SearchPanel.tsx';
import { SkipDialog } from './SkipDialog.tsx';
import styles from './TimelineScreen.module.css';

type Open =
  | { readonly kind: 'none' | 'hold' | 'search' }
  | { readonly kind: 'skip'; readonly entry: TimelineEntry; readonly version: string };

/** What apps have been started with, and going back in it. */
export function TimelineScreen() {
  const { t } = useTranslator();
  const { timeline: store, view } = useStores();
  const apps = useTimeline((state) => state.apps);
  const app = useTimeline((state) => state.app);
  const timeline = useTimeline((state) => state.timeline);
  const search = useTimeline((state) => state.search);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const close = () => setOpen({ kind: 'none' });
  const list = apps.status === 'ready' ? apps.value.apps : [];
  const shown = timeline.status === 'ready' ? timeline.value : null;

  return (
    <Page
      title={t('timeline.title')}
      layout="scroll"
      actions={
        list.length > 0 && (
          <>
            <Select
              label={t('timeline.app')}
              value={app ?? ''}
              options={list.map(({ name, title }) => ({
                id: name,
                label: title.toLowerCase() === name.toLowerCase() ? title : t('timeline.app-of', { name, title }),
              }))}
              onChange={(name) => void store.open(name as AppName)}
            />
            {shown !== null && search === null && shown.entries.length > 1 && (
              <Button icon="search" onPress={() => setOpen({ kind: 'search' })}>
                {t('timeline.search')}
              </Button>
            )}
          </>
        )
      }
    >
      {apps.status === 'loading' && <Skeleton shape="rows" count={6} label={t('common.loading')} />}
      {apps.status === 'failed' && (
        <ProblemMessage
          error={apps.error}
          isAlert
          actions={<Button onPress={() => void store.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {apps.status === 'ready' &&
        apps.value.damaged.map(({ name, error }) => <ProblemMessage key={name} error={error} />)}
      {apps.status === 'ready' && list.length === 0 && (
        <EmptyState
          icon="history"
          title={t('timeline.empty')}
          action={<Button onPress={() => view.go({ page: 'apps' })}>{t('downloads.to-apps')}</Button>}
        >
          {t('timeline.empty-hint')}
        </EmptyState>
      )}
      {app !== null && timeline.status === 'loading' && <Skeleton shape="rows" count={6} label={t('common.loading')} />}
      {timeline.status === 'failed' && (
        <ProblemMessage
          error={timeline.error}
          isAlert
          actions={<Button onPress={() => void store.refresh()}>{t('common.retry')}</Button>}
        />
      )}
      {shown !== null && search !== null && <SearchPanel timeline={shown} search={search} />}
      {shown !== null && <Kept timeline={shown} />}
      {shown !== null && (
        <ol className={styles.entries} aria-label={t('timeline.entries', { name: shown.app.title })}>
          {shown.entries.map((entry, index) => (
            <EntryRow
              key={entry.number}
              entry={entry}
              name={shown.app.title}
              isHeld={shown.hold !== null}
              isOldest={index === shown.entries.length - 1}
              actions={{
                onRun: () => void runEntry(entry),
                onGoBack: () => void store.goBack(entry.number),
                onHold: () => setOpen({ kind: 'hold' }),
                onRelease: () => void store.release('hold'),
                onSkip: () => void store.skip(entry.number, null),
                onSkipUntil: () => setOpen({ kind: 'skip', entry, version: entry.version }),
              }}
            />
          ))}
        </ol>
      )}
      {shown !== null && shown.lost.length > 0 && (
        <StatusMessage tone="warn" details={shown.lost.map(({ reason }) => reason)} detailsLabel={t('common.details')}>
          {t('timeline.lost', { count: shown.lost.length })}
        </StatusMessage>
      )}
      {open.kind === 'hold' && shown !== null && (
        <HoldDialog
          name={shown.app.title}
          version={shown.app.version}
          onClose={close}
          onHold={(until) => void store.hold(until)}
        />
      )}
      {open.kind === 'skip' && shown !== null && (
        <SkipDialog
          name={shown.app.title}
          version={open.version}
          onClose={close}
          onSkip={(until) => store.skip(open.entry.number, until)}
        />
      )}
      {open.kind === 'search' && shown !== null && <SearchDialog timeline={shown} onClose={close} />}
    </Page>
  );

  async function runEntry(entry: TimelineEntry): Promise<void> {
    const job = await store.run(entry.isPresent ? null : entry.number);
    if (job !== null && shown !== null) view.go({ page: 'run', interface: shown.app.interface });
  }
}

/** Which updates the app is kept from, and how that ends. */
function Kept({ timeline }: { readonly timeline: Timeline }) {
  const intl = useTranslator();
  const { t } = intl;
  const { timeline: store } = useStores();
  const { app, hold, skips, canUndo } = timeline;
  const name = app.title;
  const { version } = app;
  const skipped = skips.map((skip) =>
    skip.until === null
      ? t('timeline.skipped-one', { name: skip.name, version: skip.version })
      : t('timeline.skipped-until', { name: skip.name, version: skip.version, until: skip.until }),
  );
  return (
    <>
      {hold !== null && (
        <StatusMessage
          tone="info"
          actions={
            <>
              {canUndo && (
                <Button icon="undo" onPress={() => void store.undo()}>
                  {t('timeline.undo')}
                </Button>
              )}
              <Button onPress={() => void store.release('hold')}>{t('timeline.release')}</Button>
            </>
          }
        >
          {hold.until === null
            ? t('timeline.held', { name, version })
            : t('timeline.held-until', { name, version, day: formatDay(intl, hold.until) })}
        </StatusMessage>
      )}
      {skips.length > 0 && (
        <StatusMessage
          tone="info"
          actions={
            <>
              {canUndo && hold === null && (
                <Button icon="undo" onPress={() => void store.undo()}>
                  {t('timeline.undo')}
                </Button>
              )}
              <Button onPress={() => void store.release('skips')}>{t('timeline.allow')}</Button>
            </>
          }
        >
          {t('timeline.skipped', { versions: intl.list(skipped) })}
        </StatusMessage>
      )}
    </>
  );
}
