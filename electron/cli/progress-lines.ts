import type { Progress } from '../../shared/model/solve.ts';

/** One transfer of several. */
export interface ProgressItem {
  readonly title: string;
  readonly progress: Progress;
}

/** More transfers than this are only counted. */
const maxItems = 6;
const barWidth = 20;

/**
 * What a terminal shows of transfers: a bar for each that is not over, and one for all of them, with the figures that the
 * window shows. Lines are not longer than the terminal is wide.
 *
 * @param total of all together
 */
export function progressLines(items: readonly ProgressItem[], total: Progress, columns: number): readonly string[] {
  const moving = items.filter(({ progress }) => !['done', 'failed', 'cancelled', 'waiting'].includes(progress.phase));
  const shown = items.length > 1 ? moving.slice(0, maxItems) : [];
  const titleWidth = Math.max(0, ...shown.map(({ title }) => Math.min(title.length, 24)));
  const doneCount = items.filter(({ progress }) => progress.phase === 'done').length;
  const all = items.length > 1 ? `, ${doneCount} of ${items.length} parts` : '';
  return [
    ...shown.map(({ title, progress }) => `${fit(title, titleWidth)} ${figures(progress)}`),
    `${figures(total)}${all}`,
  ].map((line) => line.slice(0, Math.max(20, columns - 1)));
}

function figures({ phase, receivedBytes, totalBytes, bytesPerSecond, secondsLeft }: Progress): string {
  const rate = bytesPerSecond === null ? '' : `, ${size(bytesPerSecond)}/s`;
  const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
  if (totalBytes === null || totalBytes === 0) return `${size(receivedBytes)}${rate}, ${phase}`;
  const share = Math.min(1, receivedBytes / totalBytes);
  const filled = Math.floor(share * barWidth);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
  // 100 % only when it is.
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `${bar} ${percent} % of ${size(totalBytes)}${rate}${left}, ${phase}`;
}

function fit(title: string, width: number): string {
  return title.length > width ? `${title.slice(0, Math.max(0, width - 1))}…` : title.padEnd(width);
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
