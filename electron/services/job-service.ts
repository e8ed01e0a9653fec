import { AppError, isAppError, toErrorData } from '../../shared/errors/app-error.ts';
import type { Answer, JobId, JobSnapshot, TrustQuestion } from '../../shared/model/index.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';
import { createTransferSwitch, type TransferControl, type TransferSwitch } from '../core/transfer-control.ts';

/** What a job's work may change of its snapshot. */
export type JobUpdate = Partial<
  Pick<JobSnapshot, 'title' | 'phase' | 'progress' | 'solve' | 'downloads' | 'program' | 'bytes' | 'kept' | 'damaged'>
>;

/** Handed to the work of a job. */
export interface JobContext {
  readonly id: JobId;
  /** Aborted by `cancel`. Every port gets it. */
  readonly signal: AbortSignal;
  /** Changes the snapshot; listeners hear of it at most ten times a second. */
  readonly update: (change: JobUpdate) => void;
  /** Handed to downloads, which a person may pause and put into another order. */
  readonly transfers: TransferControl;
  /** Shows a question and waits for its answer. Rejects with `cancelled` when the job is cancelled. */
  readonly ask: (question: TrustQuestion) => Promise<Answer>;
}

export interface JobRequest {
  readonly kind: JobSnapshot['kind'];
  readonly interface: JobSnapshot['interface'];
  readonly title: string;
  readonly phase: JobSnapshot['phase'];
}

/** What a job does. */
export type JobWork = (context: JobContext) => Promise<void>;

/** How a job of an earlier session ended. */
export type EndedJob = Pick<JobSnapshot, 'state' | 'startedAt' | 'finishedAt' | 'bytes' | 'kept' | 'error'>;

/** Long pieces of work: started at once, followed by snapshots, cancelled by id. */
export interface JobService {
  start(request: JobRequest, work: JobWork): JobId;
  /** Lists a job that an earlier session ended. It can be begun again. */
  restore(request: JobRequest, ended: EndedJob, work: JobWork): JobId;
  list(): readonly JobSnapshot[];
  /** @throws AppError `no-such` */
  get(id: JobId): JobSnapshot;
  /** Ends the work, or the program that it has started. @throws AppError `no-such` */
  cancel(id: JobId): void;
  /** Pauses its downloads, also those still to come. @throws AppError `no-such`, `not-allowed` if the work has ended */
  pause(id: JobId): void;
  /** @throws AppError `no-such`, `not-allowed` if the work has ended */
  resume(id: JobId): void;
  /**
   * Puts the downloads of a job before those of another one; `null` = after all others.
   *
   * @throws AppError `no-such`, `not-allowed` if one of them has ended
   */
  move(id: JobId, before: JobId | null): void;
  /** Begins the work of a job anew, as another job. @throws AppError `no-such`, `not-allowed` unless it failed or was cancelled */
  retry(id: JobId): JobId;
  /** @throws AppError `no-such` if there is no such job or it asks nothing */
  answer(id: JobId, answer: Answer): void;
  /** Forgets a job that has ended. @throws AppError `no-such`, `not-allowed` */
  dismiss(id: JobId): void;
  /** Called with whole snapshots. Returns its undo. */
  onChanged(listener: (snapshot: JobSnapshot) => void): () => void;
  /** Called when a job is listed no more. Returns its undo. */
  onForgotten(listener: (id: JobId) => void): () => void;
  /** Settles when the job's work has ended, whatever the outcome. */
  ended(id: JobId): Promise<void>;
  /** Interrupts what is not finished and waits for it. Programs that were started go on. */
  close(): Promise<void>;
}

interface Job {
  snapshot: JobSnapshot;
  readonly abort: AbortController;
  readonly transfers: TransferSwitch;
  readonly request: JobRequest;
  readonly work: JobWork;
  reply: ((answer: Answer) => void) | null;
  ended: Promise<void>;
  lastSentAt: number;
  cancelTimer: (() => void) | null;
}

const minIntervalMs = 100;
/** Ended jobs that are kept for a page that reloads. */
const maxEnded = 50;

/** Creates the one job table of the process. */
export function createJobService({ clock, log }: { readonly clock: ClockPort; readonly log: LogPort }): JobService {
  const jobs = new Map<JobId, Job>();
  const listeners = new Set<(snapshot: JobSnapshot) => void>();
  const forgetters = new Set<(id: JobId) => void>();
  let lastNumber = 0;

  const find = (id: JobId): Job => {
    const job = jobs.get(id);
    if (!job) throw new AppError('no-such', { what: 'job', id });
    return job;
  };

  const forget = (id: JobId): void => {
    jobs.delete(id);
    for (const forgetter of forgetters) forgetter(id);
  };

  const send = (job: Job): void => {
    job.cancelTimer?.();
    job.cancelTimer = null;
    job.lastSentAt = clock.now();
    for (const listener of listeners) listener(job.snapshot);
  };

  /** State changes go out at once; progress waits until a tenth of a second has passed since the last snapshot. */
  const change = (job: Job, update: Partial<JobSnapshot>, isUrgent: boolean): void => {
    job.snapshot = { ...job.snapshot, ...update };
    const waitMs = job.lastSentAt + minIntervalMs - clock.now();
    if (isUrgent || waitMs <= 0) send(job);
    else
      job.cancelTimer ??= clock.after(waitMs, () => {
        job.cancelTimer = null;
        send(job);
      });
  };

  const finish = (job: Job, update: Partial<JobSnapshot>): void => {
    job.reply = null;
    job.transfers.change({ isPaused: false });
    const finishedAt = new Date(clock.now()).toISOString();
    change(job, { question: null, phase: 'finished', isPaused: false, finishedAt, ...update }, true);
    const ended = [...jobs.values()].filter((each) => hasEnded(each) && each.snapshot.program?.isRunning !== true);
    for (const old of ended.slice(0, Math.max(0, ended.length - maxEnded))) forget(old.snapshot.id);
  };

  const run = async (job: Job): Promise<void> => {
    const { id } = job.snapshot;
    const { signal } = job.abort;
    try {
      await job.work({
        id,
        signal,
        transfers: job.transfers,
        update: (update) => {
          if (!hasEnded(job)) change(job, update, update.phase !== undefined && update.phase !== job.snapshot.phase);
          // An end state is never left; only the program that was started lives on.
          else if (update.program !== undefined && jobs.has(id)) change(job, { program: update.program }, false);
        },
        ask: (question) => ask(job, question),
      });
      finish(job, { state: signal.aborted ? 'cancelled' : 'done' });
    } catch (error) {
      if (isAppError(signal.reason, 'interrupted')) {
        finish(job, { state: 'failed', error: toErrorData(signal.reason) });
        return;
      }
      if (signal.aborted || isAppError(error, 'cancelled')) {
        finish(job, { state: 'cancelled' });
        return;
      }
      const data = toErrorData(error);
      if (data.code === 'bug') log.error('job failed', { job: id, stack: String((error as Error).stack ?? error) });
      else log.warn('job failed', { job: id, code: data.code });
      finish(job, { state: 'failed', error: data });
    }
  };

  const ask = (job: Job, question: TrustQuestion): Promise<Answer> => {
    const { phase } = job.snapshot;
    return new Promise<Answer>((resolve, reject) => {
      const onAbort = (): void => {
        job.reply = null;
        reject(new AppError('cancelled', {}));
      };
      if (job.abort.signal.aborted) {
        onAbort();
        return;
      }
      job.abort.signal.addEventListener('abort', onAbort, { once: true });
      job.reply = (answer) => {
        job.abort.signal.removeEventListener('abort', onAbort);
        job.reply = null;
        change(job, { state: 'running', phase, question: null }, true);
        resolve(answer);
      };
      change(job, { state: 'asking', phase: 'asking', question }, true);
    });
  };

  const findUnfinished = (id: JobId): Job => {
    const job = find(id);
    if (hasEnded(job)) throw new AppError('not-allowed', { reason: 'the job has ended' });
    return job;
  };

  const setPaused = (id: JobId, isPaused: boolean): void => {
    const job = findUnfinished(id);
    change(job, { isPaused }, true);
    job.transfers.change({ isPaused });
  };

  const create = (request: JobRequest, work: JobWork): Job => {
    lastNumber += 1;
    const job: Job = {
      snapshot: {
        ...request,
        id: `job-${lastNumber}` as JobId,
        state: 'running',
        isPaused: false,
        rank: lastNumber,
        startedAt: new Date(clock.now()).toISOString(),
        finishedAt: null,
        progress: null,
        solve: null,
        downloads: [],
        question: null,
        program: null,
        bytes: null,
        kept: null,
        damaged: [],
        error: null,
      },
      abort: new AbortController(),
      transfers: createTransferSwitch(lastNumber),
      request,
      work,
      reply: null,
      ended: Promise.resolve(),
      lastSentAt: 0,
      cancelTimer: null,
    };
    jobs.set(job.snapshot.id, job);
    return job;
  };

  const start: JobService['start'] = (request, work) => {
    const job = create(request, work);
    send(job);
    job.ended = run(job);
    return job.snapshot.id;
  };

  return {
    start,
    restore(request, ended, work) {
      const job = create(request, work);
      job.snapshot = { ...job.snapshot, ...ended, phase: 'finished', finishedAt: ended.finishedAt ?? ended.startedAt };
      send(job);
      return job.snapshot.id;
    },
    list: () => [...jobs.values()].map((job) => job.snapshot),
    get: (id) => find(id).snapshot,
    cancel(id) {
      find(id).abort.abort(new AppError('cancelled', {}));
    },
    pause(id) {
      setPaused(id, true);
    },
    resume(id) {
      setPaused(id, false);
    },
    move(id, before) {
      const moved = findUnfinished(id);
      const target = before === null ? null : findUnfinished(before);
      if (moved === target) return;
      const byRank = (a: Job, b: Job): number => a.snapshot.rank - b.snapshot.rank;
      const unfinished = [...jobs.values()].filter((job) => !hasEnded(job)).sort(byRank);
      const ranks = unfinished.map((job) => job.snapshot.rank);
      const order = unfinished.filter((job) => job !== moved);
      order.splice(target === null ? order.length : order.indexOf(target), 0, moved);
      for (const [index, job] of order.entries()) {
        const rank = ranks[index] ?? job.snapshot.rank;
        if (rank === job.snapshot.rank) continue;
        change(job, { rank }, true);
        job.transfers.change({ rank });
      }
    },
    retry(id) {
      const { snapshot, request, work } = find(id);
      if (snapshot.state !== 'failed' && snapshot.state !== 'cancelled')
        throw new AppError('not-allowed', { reason: 'the job has not failed' });
      return start(request, work);
    },
    answer(id, answer) {
      const { reply } = find(id);
      if (!reply) throw new AppError('no-such', { what: 'question', id });
      reply(answer);
    },
    dismiss(id) {
      if (!hasEnded(find(id))) throw new AppError('not-allowed', { reason: 'the job is still running' });
      forget(id);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onForgotten(listener) {
      forgetters.add(listener);
      return () => forgetters.delete(listener);
    },
    ended: (id) => find(id).ended,
    async close() {
      // A program that was started goes on without us: cancelling its job would end it.
      const unfinished = [...jobs.values()].filter((job) => !hasEnded(job) && job.snapshot.program === null);
      for (const job of unfinished) job.abort.abort(new AppError('interrupted', {}));
      await Promise.all(unfinished.map((job) => job.ended));
      listeners.clear();
    },
  };
}

function hasEnded(job: Job): boolean {
  return job.snapshot.finishedAt !== null;
}
