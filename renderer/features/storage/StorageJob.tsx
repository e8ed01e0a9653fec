import type { CacheItem, JobSnapshot } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { fractionOf, phaseWords } from '../../components/domain/words.ts';
import { StatusMessage } from '../../components/Feedback.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { isActive } from '../../stores/jobs-store.ts';
import { canRepair } from './selectors.ts';
import styles from './StorageJob.module.css';
import { itemName } from './words.ts';

export interface StorageJobProps {
  /** The last piece of work on the storage. */
  readonly job: JobSnapshot | undefined;
  readonly onCancel: (job: JobSnapshot) => void;
  readonly onDismiss: (job: JobSnapshot) => void;
}

/** How verifying, repairing or deleting is getting on, or what went wrong with it. */
export function StorageJob({ job, onCancel, onDismiss }: StorageJobProps) {
  const intl = useTranslator();
  const { t } = intl;
  if (job === undefined) return null;
  // What a verification finds is a state of the items, which is told of them.
  if (job.error !== null && (job.kind !== 'cache-verify' || job.error.code !== 'implementation-damaged')) {
    return (
      <ProblemMessage
        error={job.error}
        isAlert
        actions={<Button onPress={() => onDismiss(job)}>{t('common.dismiss')}</Button>}
      />
    );
  }
  if (!isActive(job)) return null;
  const { progress, phase } = job;
  const words =
    (phase === 'verifying' || phase === 'deleting' || phase === 'moving') && typeof progress?.totalBytes === 'number'
      ? t(`storage.progress-${phase}`, { done: progress.receivedBytes, total: progress.totalBytes })
      : phaseWords(intl, job);
  return (
    <div className={styles.job}>
      <div className={styles.line}>
        <span className={styles.words}>{words}</span>
        <ProgressBar
          label={phaseWords(intl, job)}
          valueText={words}
          fraction={progress === null ? null : fractionOf(progress)}
        />
      </div>
      <Button onPress={() => onCancel(job)}>{t('common.cancel')}</Button>
    </div>
  );
}

export interface DamageMessageProps {
  readonly damaged: readonly CacheItem[];
  readonly isBusy: boolean;
  readonly onRepair: (items: readonly CacheItem[]) => void;
  readonly onShow: () => void;
}

/** Says what is damaged, and repairs it. Nothing while all is well. */
export function DamageMessage({ damaged, isBusy, onRepair, onShow }: DamageMessageProps) {
  const intl = useTranslator();
  const { t } = intl;
  if (damaged.length === 0) return null;
  const repairable = damaged.filter(canRepair);
  const names = intl.list(damaged.slice(0, 3).map(shortName));
  return (
    <StatusMessage
      tone="danger"
      isAlert
      details={damaged.map(({ damage }) => `${damage ?? ''}\n`)}
      detailsLabel={t('common.details')}
      actions={
        <>
          <Button onPress={onShow}>{t('storage.damaged-show')}</Button>
          {repairable.length > 0 && (
            <Button icon="repair" isDisabled={isBusy} onPress={() => onRepair(repairable)}>
              {t('storage.repair-count', { count: repairable.length })}
            </Button>
          )}
        </>
      }
    >
      {t('storage.damaged', { count: damaged.length, names, more: Math.max(0, damaged.length - 3) })}{' '}
      {repairable.length < damaged.length &&
        t('storage.damaged-unowned', { count: damaged.length - repairable.length })}
    </StatusMessage>
  );
}

const shortName = (item: CacheItem): string => (item.name === null ? `${item.digest.slice(0, 20)}…` : itemName(item));
