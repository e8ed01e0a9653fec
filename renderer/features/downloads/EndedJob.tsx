import { describeError } from '../../../shared/i18n/describe-error.ts';
import { formatInstant, formatPercent, formatSize } from '../../../shared/i18n/format.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { JobSnapshot } from '../../../shared/model/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import styles from './DownloadsScreen.module.css';
import { JobTitle, useJobName } from './JobTitle.tsx';
import { canRetry } from './selectors.ts';

const stateIcons: Readonly<Record<JobSnapshot['state'], IconName>> = {
  running: 'ok',
  asking: 'info',
  done: 'ok',
  failed: 'failed',
  cancelled: 'ban',
};

/** Work that is over: how it ended, and another attempt if it did not end well. */
export function EndedJob({ job }: { readonly job: JobSnapshot }) {
  const intl = useTranslator();
  const { t } = intl;
  const { jobs } = useStores();
  const name = useJobName(job);
  return (
    <li className={styles.row}>
      <Icon name={stateIcons[job.state]} className={cx(styles.stateIcon)} />
      <div className={styles.rowWords} data-state={job.state}>
        <JobTitle job={job} />
        <span className={styles.result}>{resultWords(intl, job)}</span>
        {job.kept !== null && canRetry(job) && <span className={styles.kept}>{keptWords(intl, job.kept)}</span>}
      </div>
      {job.finishedAt !== null && <span className={styles.time}>{formatInstant(intl, job.finishedAt)}</span>}
      <div className={styles.rowActions}>
        {canRetry(job) && (
          <Button
            icon="refresh"
            aria-label={t('downloads.retry-name', { name: job.title })}
            onPress={() => void jobs.retry(job.id)}
          >
            {t('common.retry')}
          </Button>
        )}
        <IconButton icon="close" label={t('downloads.dismiss', { name })} onPress={() => void jobs.dismiss(job.id)} />
      </div>
    </li>
  );
}

/** How a job ended, in a sentence. */
export function resultWords(intl: Translator, job: JobSnapshot): string {
  const { t } = intl;
  if (job.error !== null) return describeError(intl, job.error).sentence;
  if (job.state === 'cancelled') return t('downloads.cancelled');
  switch (job.kind) {
    case 'cache-delete':
    case 'cache-clean-up':
      return t('downloads.freed', { size: formatSize(intl, job.bytes ?? 0) });
    case 'cache-verify':
      return t('downloads.verified');
    case 'cache-share':
      return t('sharing.moved');
    case 'cache-repair':
      return t('storage.repaired', { count: job.damaged.length });
    case 'select':
      return t('downloads.selected');
    default:
      return (job.bytes ?? 0) > 0
        ? t('downloads.done', { size: formatSize(intl, job.bytes ?? 0) })
        : t('downloads.nothing');
  }
}

function keptWords(intl: Translator, { bytes, totalBytes }: NonNullable<JobSnapshot['kept']>): string {
  return intl.t('downloads.continues', {
    percent: formatPercent(intl, bytes / totalBytes),
    kept: formatSize(intl, bytes),
    total: formatSize(intl, totalBytes),
  });
}
