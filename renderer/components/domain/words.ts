import { formatPercent, formatRate, formatSize, formatTimeLeft } from '../../../shared/i18n/format.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { DownloadRow, FetchState, JobSnapshot, Stability, TimelineChange } from '../../../shared/model/index.ts';

type ProgressData = DownloadRow['progress'];

/** Where a version's files are or how they would come, in a word or a size. */
export function fetchWord(intl: Translator, fetch: FetchState): string {
  const { t } = intl;
  switch (fetch.kind) {
    case 'download':
      return formatSize(intl, fetch.sizeBytes);
    case 'cached':
      return fetch.store === 'shared' ? t('fetch.shared') : t('fetch.cached');
    case 'local':
      return t('fetch.local');
    case 'package':
      return t('fetch.package');
    case 'install':
      return fetch.sizeBytes === null ? t('fetch.install') : formatSize(intl, fetch.sizeBytes);
    case 'compile':
      return t('fetch.compile');
    case 'none':
      return t('fetch.none');
  }
}

/** The longer form of `fetchWord`, for tooltips and screen readers. */
export function fetchSentence(intl: Translator, fetch: FetchState): string {
  switch (fetch.kind) {
    case 'download':
      return intl.t('fetch.download-long', { size: formatSize(intl, fetch.sizeBytes) });
    case 'cached':
      return fetch.store === 'shared' ? intl.t('fetch.shared-long') : intl.t('fetch.cached-long');
    case 'local':
      return intl.t('fetch.local-long');
    case 'package':
      return intl.t('fetch.package-long');
    case 'install':
      return intl.t('fetch.install-long');
    case 'compile':
      return intl.t('fetch.compile-long');
    case 'none':
      return intl.t('fetch.none-long');
  }
}

/** Share from 0 to 1, or null while the total is unknown. */
export function fractionOf(progress: ProgressData): number | null {
  if (progress.phase === 'done') return 1;
  if (progress.totalBytes === null || progress.totalBytes === 0) return null;
  return progress.receivedBytes / progress.totalBytes;
}

/** "1.2 MB of 4.5 MB · 3.1 MB/s · 12 s left": as much of it as is known. */
export function progressWords(intl: Translator, progress: ProgressData): string {
  const { t } = intl;
  switch (progress.phase) {
    case 'receiving':
      return [amountWords(intl, progress), ...speedWords(intl, progress)].join(t('progress.separator'));
    case 'waiting':
      return t('progress.waiting');
    case 'connecting':
      return t('progress.connecting');
    case 'unpacking':
      return t('progress.unpacking');
    case 'verifying':
      return t('progress.verifying');
    case 'storing':
      return t('progress.storing');
    case 'done':
      return t('progress.done');
    case 'failed':
      return t('progress.failed');
    case 'cancelled':
      return t('progress.cancelled');
  }
}

/** The same in half the room: "45 % · 3 s left". */
export function shortProgressWords(intl: Translator, progress: ProgressData): string {
  const fraction = fractionOf(progress);
  if (progress.phase !== 'receiving' || fraction === null) return progressWords(intl, progress);
  const left = progress.secondsLeft === null ? [] : [formatTimeLeft(intl, progress.secondsLeft)];
  return [formatPercent(intl, fraction), ...left].join(intl.t('progress.separator'));
}

function amountWords(intl: Translator, { receivedBytes, totalBytes }: ProgressData): string {
  const received = formatSize(intl, receivedBytes);
  if (totalBytes === null) return received;
  return intl.t('progress.amount', { received, total: formatSize(intl, totalBytes) });
}

function speedWords(intl: Translator, { bytesPerSecond, secondsLeft }: ProgressData): readonly string[] {
  return [
    ...(bytesPerSecond === null ? [] : [formatRate(intl, bytesPerSecond)]),
    ...(secondsLeft === null ? [] : [formatTimeLeft(intl, secondsLeft)]),
  ];
}

/** How far a job is, in words: with a pause, its amount; without figures, what it is doing. */
export function jobWords(intl: Translator, job: JobSnapshot, isShort = false): string {
  const { progress } = job;
  if (job.state === 'asking' || progress === null)
    return job.isPaused && job.state !== 'asking' ? intl.t('progress.paused') : phaseWords(intl, job);
  if (job.isPaused) {
    const amount = isShort ? [] : [amountWords(intl, progress)];
    return [intl.t('progress.paused'), ...amount].join(intl.t('progress.separator'));
  }
  return isShort ? shortProgressWords(intl, progress) : progressWords(intl, progress);
}

/** How much of a job is done, from 0 to 1, or null while nothing is known. */
export function jobFraction({ state, isPaused, progress }: JobSnapshot): number | null {
  if (state === 'asking') return 0;
  const fraction = progress === null ? null : fractionOf(progress);
  return isPaused ? (fraction ?? 0) : fraction;
}

/** What a job is doing, in a few words. */
export function phaseWords({ t }: Translator, job: JobSnapshot): string {
  return t(`phase.${job.phase}`);
}

/** A stability as a word in small letters. */
export function stabilityWord({ t }: Translator, stability: Stability): string {
  return t(`stability.${stability}`);
}

/** A fingerprint as people compare it. */
export function groupsOfFour(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ');
}

/** "Toolkit 3.1 → 3.2", "Spelling 1.3 is new", "Pictures 0.9 is no longer used". */
export function changeWords({ t }: Translator, { name, from, to }: TimelineChange): string {
  if (from === null) return t('timeline.change-new', { name, to: to ?? '' });
  if (to === null) return t('timeline.change-gone', { name, from });
  return t('timeline.change', { name, from, to });
}
