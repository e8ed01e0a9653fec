import type { DownloadRow, JobSnapshot } from '../../../shared/model/index.ts';
import { ProgressBar, type ProgressBarProps } from '../ProgressBar.tsx';
import { useTranslator } from '../translation.tsx';
import { fractionOf, jobFraction, jobWords, progressWords } from './words.ts';

type Look = Pick<ProgressBarProps, 'size' | 'className'>;

export interface JobProgressProps extends Look {
  readonly name: string;
  readonly job: JobSnapshot;
}

/** The bar of a whole job: the same on its tile, in the Run view and on the Downloads page. */
export function JobProgress({ name, job, ...look }: JobProgressProps) {
  const intl = useTranslator();
  return (
    <ProgressBar
      {...look}
      label={intl.t('progress.label', { name })}
      valueText={jobWords(intl, job)}
      fraction={jobFraction(job)}
      tone={job.isPaused ? 'muted' : 'normal'}
    />
  );
}

export interface TransferProgressProps extends Look {
  readonly name: string;
  readonly progress: DownloadRow['progress'];
  readonly isPaused?: boolean;
}

/** The bar of one transfer: the same in the tree of components and on the Downloads page. */
export function TransferProgress({ name, progress, isPaused = false, ...look }: TransferProgressProps) {
  const intl = useTranslator();
  return (
    <ProgressBar
      {...look}
      label={intl.t('progress.label', { name })}
      valueText={progressWords(intl, progress)}
      // What waits may have come in part before.
      fraction={progress.phase === 'waiting' ? (fractionOf(progress) ?? 0) : fractionOf(progress)}
      tone={transferTone(progress.phase, isPaused)}
    />
  );
}

function transferTone(
  phase: DownloadRow['progress']['phase'],
  isPaused: boolean,
): NonNullable<ProgressBarProps['tone']> {
  if (phase === 'failed') return 'danger';
  if (phase === 'done') return 'ok';
  return isPaused ? 'muted' : 'normal';
}
