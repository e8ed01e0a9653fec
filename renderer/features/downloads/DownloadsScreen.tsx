import { useMemo } from 'react';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import { formatInstant, formatSize } from '../../../shared/i18n/format.ts';
import type { DownloadRow, JobSnapshot } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { Button, IconButton, TextLink } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { fractionOf, phaseWords, progressWords } from '../../components/domain/words.ts';
import { EmptyState } from '../../components/Feedback.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useApps, useJobs, useStores } from '../../stores/stores.tsx';
import styles from './DownloadsScreen.module.css';
import { canRetry, groupJobs } from './selectors.ts';

/** Everything that is being fetched, waits, or was fetched since the program started. */
export function DownloadsScreen() {
  const { t } = useTranslator();
  const { jobs: store, view } = useStores();
  const jobs = useJobs((state) => state.jobs);
  const groups = useMemo(() => groupJobs(jobs), [jobs]);
  const current = [...groups.asking, ...groups.running];
  return (
    <Page
      title={t('downloads.title')}
      layout="scroll"
      actions={
        groups.finished.length > 0 && (
          <Button onPress={() => groups.finished.forEach((job) => void store.dismiss(job.id))}>
            {t('downloads.clear')}
          </Button>
        )
      }
    >
      {current.length === 0 && groups.finished.length === 0 && (
        <EmptyState
          icon="download"
          title={t('downloads.empty')}
          action={<Button onPress={() => view.go({ page: 'apps' })}>{t('downloads.to-apps')}</Button>}
        >
          {t('downloads.empty-hint')}
        </EmptyState>
      )}
      {current.length > 0 && (
        <Section title={t('downloads.current')}>
          <ul className={styles.cards}>
            {current.map((job) => (
              <CurrentJob key={job.id} job={job} />
            ))}
          </ul>
        </Section>
      )}
      {groups.finished.length > 0 && (
        <Section title={t('downloads.finished')}>
          <ul className={styles.rows}>
            {groups.finished.map((job) => (
              <FinishedJob key={job.id} job={job} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function JobTitle({ job }: { readonly job: JobSnapshot }) {
  const { t } = useTranslator();
  const { view } = useStores();
  const uri = job.interface;
  if (uri === null) return <span className={styles.title}>{t(`downloads.kind-${job.kind}`)}</span>;
  return (
    <TextLink className={cx(styles.title, styles.titleLink)} onPress={() => view.go({ page: 'run', interface: uri })}>
      {job.title}
    </TextLink>
  );
}

function JobIcon({ job }: { readonly job: JobSnapshot }) {
  const icon = useApps(({ list }) =>
    list.status === 'ready' ? (list.value.apps.find((app) => app.interface === job.interface)?.icon ?? null) : null,
  );
  if (job.interface === null) {
    return (
      <span className={styles.plainIcon}>
        <Icon name="storage" size={20} />
      </span>
    );
  }
  return <AppIcon src={icon} name={job.title} />;
}

function CurrentJob({ job }: { readonly job: JobSnapshot }) {
  const intl = useTranslator();
  const { t } = intl;
  const { jobs } = useStores();
  const words = job.progress === null ? phaseWords(intl, job) : progressWords(intl, job.progress);
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <JobIcon job={job} />
        <div className={styles.cardWords}>
          <JobTitle job={job} />
          <span className={styles.muted}>{words}</span>
        </div>
        <Button
          icon="close"
          aria-label={t('run.cancel-name', { name: job.title })}
          onPress={() => void jobs.cancel(job.id)}
        >
          {t('common.cancel')}
        </Button>
      </div>
      <ProgressBar
        size="m"
        label={t('progress.label', { name: job.title })}
        valueText={words}
        fraction={job.state === 'asking' ? 0 : job.progress === null ? null : fractionOf(job.progress)}
      />
      {job.downloads.length > 1 && (
        <ul className={styles.transfers} aria-label={t('downloads.transfers', { name: job.title })}>
          {job.downloads.map((row) => (
            <Transfer key={row.key} row={row} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Transfer({ row }: { readonly row: DownloadRow }) {
  const intl = useTranslator();
  const words = progressWords(intl, row.progress);
  return (
    <li className={styles.transfer}>
      <Icon name={row.kind === 'feed' ? 'feed' : 'package'} size={14} className={cx(styles.transferIcon)} />
      <span className={styles.transferTitle} title={`${row.title} · ${row.detail}`}>
        {row.title}
      </span>
      <ProgressBar
        label={intl.t('progress.label', { name: row.title })}
        valueText={words}
        fraction={row.progress.phase === 'waiting' ? 0 : fractionOf(row.progress)}
        tone={row.progress.phase === 'done' ? 'ok' : row.progress.phase === 'failed' ? 'danger' : 'normal'}
        className={cx(styles.transferBar)}
      />
      <span className={styles.transferWords} title={words}>
        {words}
      </span>
    </li>
  );
}

const stateIcons: Readonly<Record<JobSnapshot['state'], IconName>> = {
  running: 'ok',
  asking: 'info',
  done: 'ok',
  failed: 'failed',
  cancelled: 'ban',
};

function FinishedJob({ job }: { readonly job: JobSnapshot }) {
  const intl = useTranslator();
  const { t } = intl;
  const { apps, jobs } = useStores();
  const result = resultWords(intl, job);
  const uri = job.interface;
  return (
    <li className={styles.row}>
      <Icon name={stateIcons[job.state]} className={cx(styles.stateIcon)} />
      <div className={styles.rowWords} data-state={job.state}>
        <JobTitle job={job} />
        <span className={styles.result}>{result}</span>
      </div>
      {job.finishedAt !== null && <span className={styles.time}>{formatInstant(intl, job.finishedAt)}</span>}
      <div className={styles.rowActions}>
        {uri !== null && canRetry(job) && (
          <Button
            icon="refresh"
            aria-label={t('downloads.retry-name', { name: job.title })}
            onPress={() => void (job.kind === 'download' ? apps.download(uri) : apps.run(uri))}
          >
            {t('common.retry')}
          </Button>
        )}
        <IconButton
          icon="close"
          label={t('downloads.dismiss', { name: uri === null ? t(`downloads.kind-${job.kind}`) : job.title })}
          onPress={() => void jobs.dismiss(job.id)}
        />
      </div>
    </li>
  );
}

function resultWords(intl: ReturnType<typeof useTranslator>, job: JobSnapshot): string {
  const { t } = intl;
  if (job.error !== null) return describeError(intl, job.error).sentence;
  if (job.state === 'cancelled') return t('downloads.cancelled');
  if (job.kind === 'cache-delete' || job.kind === 'cache-clean-up')
    return t('downloads.freed', { size: formatSize(intl, job.bytes ?? 0) });
  if (job.kind === 'cache-verify') return t('downloads.verified');
  if (job.kind === 'cache-repair') return t('storage.repaired', { count: job.damaged.length });
  if (job.kind === 'select') return t('downloads.selected');
  return (job.bytes ?? 0) > 0
    ? t('downloads.done', { size: formatSize(intl, job.bytes ?? 0) })
    : t('downloads.nothing');
}
