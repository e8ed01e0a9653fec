import { formatRate, formatSize, formatTimeLeft } from '../../../shared/i18n/format.ts';
import type { JobSnapshot } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { RateGraph } from '../../components/RateGraph.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { rateSeconds } from '../../stores/jobs-store.ts';
import styles from './Overview.module.css';
import { canPause, sumUp } from './selectors.ts';

export interface OverviewProps {
  readonly queue: readonly JobSnapshot[];
  /** Bytes a second, one number a second. */
  readonly rates: readonly number[];
  readonly onPause: (jobs: readonly JobSnapshot[]) => void;
  readonly onResume: (jobs: readonly JobSnapshot[]) => void;
}

/** Everything that is coming, together: how much, how fast, how long, and the last minute. */
export function Overview({ queue, rates, onPause, onResume }: OverviewProps) {
  const intl = useTranslator();
  const { t } = intl;
  const overall = sumUp(queue);
  const pausable = queue.filter((job) => canPause(job) && !job.isPaused);
  const paused = queue.filter((job) => job.isPaused);
  if (overall === null && pausable.length === 0 && paused.length === 0) return null;

  const words = [t('downloads.overall-count', { count: queue.length })];
  if (overall !== null) {
    const received = formatSize(intl, overall.receivedBytes);
    const { totalBytes, bytesPerSecond, secondsLeft } = overall;
    words.push(
      totalBytes === null ? received : t('progress.amount', { received, total: formatSize(intl, totalBytes) }),
    );
    if (bytesPerSecond > 0) words.push(formatRate(intl, bytesPerSecond));
    if (secondsLeft !== null) words.push(formatTimeLeft(intl, secondsLeft));
  }
  const sentence = words.join(t('progress.separator'));
  return (
    <section className={styles.overview} aria-label={t('downloads.overall')}>
      <div className={styles.sums}>
        <span className={styles.words}>{sentence}</span>
        <ProgressBar
          size="m"
          label={t('progress.label', { name: t('downloads.overall') })}
          valueText={sentence}
          tone={pausable.length === 0 && paused.length > 0 ? 'muted' : 'normal'}
          fraction={overall?.totalBytes ? overall.receivedBytes / overall.totalBytes : paused.length > 0 ? 0 : null}
        />
        <div className={styles.actions}>
          <Button icon="pause" isDisabled={pausable.length === 0} onPress={() => onPause(pausable)}>
            {t('downloads.pause-all')}
          </Button>
          <Button icon="play" isDisabled={paused.length === 0} onPress={() => onResume(paused)}>
            {t('downloads.resume-all')}
          </Button>
        </div>
      </div>
      <LastMinute rates={rates} />
    </section>
  );
}

function LastMinute({ rates }: Pick<OverviewProps, 'rates'>) {
  const intl = useTranslator();
  const { t } = intl;
  const now = rates.at(-1) ?? 0;
  const most = Math.max(0, ...rates);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, rates.length);
  const figures = { rate: formatRate(intl, now), most: formatRate(intl, most), mean: formatRate(intl, mean) };
  return (
    <div className={styles.minute}>
      <div className={styles.graph}>
        <RateGraph
          values={rates}
          length={rateSeconds}
          label={rates.length === 0 ? t('downloads.rate-none') : t('downloads.rate-graph', figures)}
        />
      </div>
      <span className={styles.figures} aria-hidden>
        {rates.length === 0
          ? t('downloads.rate-none')
          : t('downloads.rate-now', { rate: figures.rate, most: figures.most })}
      </span>
    </div>
  );
}
