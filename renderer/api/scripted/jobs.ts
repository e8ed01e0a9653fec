import type {
  DownloadRow,
  InterfaceUri,
  JobId,
  JobSnapshot,
  SolveView,
  TrustQuestion,
} from '../../../shared/model/index.ts';

type Progress = DownloadRow['progress'];

/** A job that has just begun. */
export function newJob(id: JobId, rest: Partial<JobSnapshot>): JobSnapshot {
  return {
    id,
    kind: 'run',
    interface: null,
    title: '',
    state: 'running',
    phase: 'selecting',
    startedAt: '2026-11-22T10:00:00Z',
    finishedAt: null,
    isPaused: false,
    rank: Number(/\d+$/.exec(id)?.[0] ?? 0),
    progress: null,
    solve: null,
    downloads: [],
    question: null,
    program: null,
    bytes: null,
    kept: null,
    damaged: [],
    error: null,
    ...rest,
  };
}

/** Progress of a transfer at a share from 0 to 1. */
export function progressAt(totalBytes: number, share: number): Progress {
  const rate = 2_400_000;
  const receivedBytes = Math.min(totalBytes, Math.round(totalBytes * share));
  if (share <= 0) return { phase: 'waiting', receivedBytes: 0, totalBytes, bytesPerSecond: null, secondsLeft: null };
  if (share >= 1.2)
    return { phase: 'done', receivedBytes: totalBytes, totalBytes, bytesPerSecond: null, secondsLeft: 0 };
  if (share >= 1)
    return { phase: 'unpacking', receivedBytes: totalBytes, totalBytes, bytesPerSecond: null, secondsLeft: 1 };
  return {
    phase: 'receiving',
    receivedBytes,
    totalBytes,
    bytesPerSecond: rate,
    secondsLeft: (totalBytes - receivedBytes) / rate,
  };
}

/** How a job looks while it is paused: its transfers wait. */
export function withoutRate(job: JobSnapshot | undefined): Partial<JobSnapshot> {
  const rest = (progress: Progress): Progress =>
    progress.phase === 'receiving'
      ? { ...progress, phase: 'waiting', bytesPerSecond: null, secondsLeft: null }
      : progress;
  if (job === undefined) return {};
  return {
    progress: job.progress === null ? null : rest(job.progress),
    downloads: job.downloads.map((row) => ({ ...row, progress: rest(row.progress) })),
  };
}

/** What a cancelled download leaves. */
export function keptOf({ progress }: JobSnapshot): JobSnapshot['kept'] {
  const { receivedBytes = 0, totalBytes = null } = progress ?? {};
  return totalBytes === null || receivedBytes === 0 ? null : { bytes: receivedBytes, totalBytes };
}

/** Progress in things instead of bytes. */
export function countProgress(done: number, total: number): Progress {
  return { phase: 'storing', receivedBytes: done, totalBytes: total, bytesPerSecond: null, secondsLeft: null };
}

/**
 * Ranks after a job was put before another one, by id.
 *
 * @param before null: after all others
 */
export function movedRanks(jobs: readonly JobSnapshot[], id: JobId, before: JobId | null): ReadonlyMap<JobId, number> {
  const queue = jobs.filter(({ finishedAt }) => finishedAt === null).sort((a, b) => a.rank - b.rank);
  const order = queue.filter((job) => job.id !== id).map((job) => job.id);
  order.splice(before === null ? order.length : order.indexOf(before), 0, id);
  return new Map(order.map((each, index) => [each, queue[index]?.rank ?? index]));
}

/**
 * Puts progress into the rows of a selection that must be fetched.
 *
 * @param at share of the whole, 0 to 1; the rows come one after the other, overlapping
 */
export function withProgress(
  view: SolveView,
  at: number,
): Pick<JobSnapshot, 'solve' | 'downloads' | 'progress' | 'bytes'> {
  const wanted = view.components.filter((row) => row.fetch.kind === 'download');
  const downloads: DownloadRow[] = wanted.map((row, index) => ({
    key: row.interface,
    kind: 'implementation',
    title: row.name,
    detail: row.version ?? '',
    progress: progressAt(sizeOf(row), at * (1.2 + 0.4 * (wanted.length - 1)) - 0.4 * index),
  }));
  const byKey = new Map(downloads.map((row) => [row.key, row.progress]));
  const totalBytes = downloads.reduce((sum, row) => sum + (row.progress.totalBytes ?? 0), 0);
  const receivedBytes = downloads.reduce((sum, row) => sum + row.progress.receivedBytes, 0);
  const bytesPerSecond = downloads.reduce((sum, row) => sum + (row.progress.bytesPerSecond ?? 0), 0);
  return {
    solve: {
      ...view,
      components: view.components.map((row) => ({ ...row, progress: byKey.get(row.interface) ?? null })),
    },
    downloads,
    bytes: receivedBytes,
    progress: {
      phase: 'receiving',
      receivedBytes,
      totalBytes,
      bytesPerSecond: bytesPerSecond === 0 ? null : bytesPerSecond,
      secondsLeft: bytesPerSecond === 0 ? null : (totalBytes - receivedBytes) / bytesPerSecond,
    },
  };
}

const sizeOf = (row: SolveView['components'][number]): number =>
  row.fetch.kind === 'download' ? row.fetch.sizeBytes : 0;

/** A question about the key of a feed; with or without a good word from the key server. */
export function trustQuestion(uri: InterfaceUri, isKnown: boolean, hasNewSigner = false): TrustQuestion {
  const author = {
    fingerprint: '92429807C9853C0744A68B9AAE07828059A53CC1',
    claimedIdentity: 'Thea Moss <thea@example.org>',
  };
  return {
    kind: 'trust',
    feed: String(uri) as TrustQuestion['feed'],
    domain: new URL(uri).host,
    keys: [
      {
        fingerprint: '8E6C1F0A5B2D49370C7EAD1134F98B0255D6A1C7',
        claimedIdentity: 'Zerodesk Samples <samples@zerodesk.invalid>',
        hints: isKnown ? [{ vote: 'good', text: 'This key belongs to the people who make Zerodesk.' }] : [],
        trustedDomains: isKnown ? ['zerodesk.invalid'] : [],
        warnings: isKnown ? [] : ['rsa1024'],
      },
    ],
    approvedKeys: isKnown ? [] : [author],
    previousSigners: hasNewSigner ? [author] : [],
  };
}

/** A program that prints and ends, or keeps running. */
export function programState(
  isRunning: boolean,
  exitCode: number | null,
  output: string,
): NonNullable<JobSnapshot['program']> {
  return { pid: 4821, isRunning, exitCode, signal: null, output, startMs: 84 };
}
