import { useMemo } from 'react';
import { formatRate } from '../../../shared/i18n/format.ts';
import type { JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/Feedback.tsx';
import { moveTarget, OrderedList, type Direction } from '../../components/OrderedList.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useJobs, useSettings, useStores } from '../../stores/stores.tsx';
import styles from './DownloadsScreen.module.css';
import { EndedJob } from './EndedJob.tsx';
import { Overview } from './Overview.tsx';
import { QueuedJob } from './QueuedJob.tsx';
import { groupJobs, speedLimits } from './selectors.ts';

/** Everything that is being fetched, waits, was fetched since the program started, or was not. */
export function DownloadsScreen() {
  const { t } = useTranslator();
  const { jobs: store, view } = useStores();
  const jobs = useJobs((state) => state.jobs);
  const rates = useJobs((state) => state.rates);
  const groups = useMemo(() => groupJobs(jobs, new Date()), [jobs]);
  const ended = [...groups.unfinished, ...groups.today, ...groups.earlier];
  const isEmpty = groups.queue.length === 0 && ended.length === 0;
  return (
    <Page
      title={t('downloads.title')}
      layout="scroll"
      actions={
        <>
          <SpeedLimit />
          {ended.length > 0 && (
            <Button onPress={() => ended.forEach((job) => void store.dismiss(job.id))}>{t('downloads.clear')}</Button>
          )}
        </>
      }
    >
      {isEmpty && (
        <EmptyState
          icon="download"
          title={t('downloads.empty')}
          action={<Button onPress={() => view.go({ page: 'apps' })}>{t('downloads.to-apps')}</Button>}
        >
          {t('downloads.empty-hint')} {t('downloads.empty-more')}
        </EmptyState>
      )}
      {groups.queue.length > 0 && (
        <>
          <Overview
            queue={groups.queue}
            rates={rates}
            onPause={(which) => which.forEach((job) => void store.pause(job.id))}
            onResume={(which) => which.forEach((job) => void store.resume(job.id))}
          />
          <Section title={t('downloads.current')}>
            <Queue jobs={groups.queue} />
          </Section>
        </>
      )}
      <Ended title={t('downloads.unfinished')} jobs={groups.unfinished} />
      <Ended title={t('downloads.finished-today')} jobs={groups.today} />
      <Ended title={t('downloads.finished-earlier')} jobs={groups.earlier} />
    </Page>
  );
}

function Queue({ jobs }: { readonly jobs: readonly JobSnapshot[] }) {
  const { t } = useTranslator();
  const { jobs: store, view } = useStores();
  const ids = jobs.map(({ id }) => String(id));
  const nameOf = (job: JobSnapshot) => (job.interface === null ? t(`downloads.kind-${job.kind}`) : job.title);
  const move = (key: string, before: string | null) => {
    const job = jobs.find(({ id }) => id === key);
    if (job === undefined) return;
    const order = ids.filter((id) => id !== key);
    const place = (before === null ? order.length : order.indexOf(before)) + 1;
    void store.move(job.id, before as JobId | null);
    view.announce(t('downloads.moved', { name: nameOf(job), place, count: jobs.length }));
  };
  const canMove = (job: JobSnapshot, direction: Direction) => moveTarget(ids, job.id, direction) !== undefined;
  return (
    <OrderedList
      label={t('downloads.queue')}
      items={jobs}
      keyOf={({ id }) => id}
      textOf={nameOf}
      handleLabel={(job) => t('downloads.drag', { name: nameOf(job) })}
      onMove={move}
    >
      {(job) => (
        <QueuedJob
          job={job}
          canMove={{
            first: canMove(job, 'first'),
            up: canMove(job, 'up'),
            down: canMove(job, 'down'),
            last: canMove(job, 'last'),
          }}
          onMove={(direction) => {
            const target = moveTarget(ids, job.id, direction);
            if (target !== undefined) move(job.id, target);
          }}
        />
      )}
    </OrderedList>
  );
}

function Ended({ title, jobs }: { readonly title: string; readonly jobs: readonly JobSnapshot[] }) {
  if (jobs.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={styles.rows}>
        {jobs.map((job) => (
          <EndedJob key={job.id} job={job} />
        ))}
      </ul>
    </Section>
  );
}

const noLimit = 'none';

/** How fast all downloads together may be. */
function SpeedLimit() {
  const intl = useTranslator();
  const { t } = intl;
  const { settings: store } = useStores();
  const limit = useSettings(({ settings }) => (settings.status === 'ready' ? settings.value.maxBytesPerSecond : null));
  const isReady = useSettings(({ settings }) => settings.status === 'ready');
  // Somebody may have written another one into the file.
  const rates = [...new Set([...speedLimits, ...(limit === null ? [] : [limit])])].sort((a, b) => a - b);
  return (
    <Select
      label={t('downloads.limit')}
      value={limit === null ? noLimit : String(limit)}
      isDisabled={!isReady}
      options={[
        { id: noLimit, label: t('downloads.limit-none') },
        ...rates.map((rate) => ({
          id: String(rate),
          label: t('downloads.limit-rate', { rate: formatRate(intl, rate) }),
        })),
      ]}
      onChange={(id) => void store.change({ maxBytesPerSecond: id === noLimit ? null : Number(id) })}
    />
  );
}
