import { z } from 'zod';
import { ErrorDataSchema, InterfaceUri, KeptPart, type JobId, type JobSnapshot } from '../../shared/model/index.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { StatePort } from '../core/ports/state.ts';
import type { JobService } from './job-service.ts';

/** How to begin a job anew, as plain data. */
const JobOrder = z.object({
  kind: z.enum(['run', 'download']),
  interface: InterfaceUri,
  command: z.string().max(256).nullable(),
  args: z.array(z.string()).max(1000),
  refresh: z.boolean(),
  version: z.string().max(256).nullable().default(null),
  before: z.string().max(256).nullable().default(null),
  inTerminal: z.boolean().default(false),
});
export type JobOrder = Readonly<z.infer<typeof JobOrder>>;

/** A job as the file keeps it; one without an end was under way when the program ended without a word. */
const HistoryEntry = z.object({
  order: JobOrder,
  title: z.string().max(1000),
  state: z.enum(['done', 'failed', 'cancelled']),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  bytes: z.number().nullable(),
  kept: KeptPart.nullable(),
  error: ErrorDataSchema.nullable(),
});
export type HistoryEntry = Readonly<z.infer<typeof HistoryEntry>>;

const HistoryFile = z.object({ version: z.literal(1), jobs: z.array(z.unknown()).max(1000) });

/** The downloads of this and earlier sessions, so that what was not finished can be continued after a restart. */
export interface JobHistory {
  /** To be called when a job begins that should be remembered. */
  note(id: JobId, order: JobOrder): void;
  /** Reads what earlier sessions left, the oldest first; `restore` makes a job of each. */
  load(restore: (entry: HistoryEntry) => JobId): Promise<void>;
  /** Writes what is not yet written. */
  close(): Promise<void>;
}

interface Deps {
  readonly jobs: Pick<JobService, 'onChanged' | 'onForgotten' | 'list'>;
  readonly state: StatePort;
  readonly clock: ClockPort;
  readonly log: LogPort;
}

const fileName = 'downloads';
const maxEntries = 50;
const dayMs = 24 * 60 * 60 * 1000;
/** Unfinished work is offered that long, as partial downloads are kept; what is done, for a day. */
const maxAgeMs = { unfinished: 30 * dayMs, done: dayMs };
/** How old the progress may be that an unexpected end leaves. */
const progressMs = 3000;

/** Creates the history. Nothing is written before it was loaded, so that a quick start loses nothing. */
export function createJobHistory({ jobs, state, clock, log }: Deps): JobHistory {
  const orders = new Map<JobId, JobOrder>();
  /** What was last seen of each, to tell a change from mere progress. */
  const stages = new Map<JobId, string>();
  let isLoaded = false;
  let cancelTimer: (() => void) | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (!isLoaded) return;
    const entries = jobs
      .list()
      .flatMap((snapshot) => {
        const order = orders.get(snapshot.id);
        return order === undefined || !isWorthKeeping(snapshot) ? [] : [toEntry(snapshot, order)];
      })
      .slice(-maxEntries);
    writing = writing
      .then(() => state.write(fileName, { version: 1, jobs: entries }))
      .catch((error: unknown) => {
        log.warn('downloads not noted', { reason: String(error) });
      });
  };

  const readEntries = async (): Promise<readonly HistoryEntry[]> => {
    try {
      const file = HistoryFile.safeParse(await state.read(fileName));
      const entries = (file.success ? file.data.jobs : []).flatMap((each) => HistoryEntry.safeParse(each).data ?? []);
      return entries.filter((entry) => !isTooOld(entry, clock.now())).slice(-maxEntries);
    } catch (error) {
      log.warn('earlier downloads not read', { reason: String(error) });
      return [];
    }
  };

  jobs.onChanged((snapshot) => {
    if (!orders.has(snapshot.id)) return;
    const stage = `${snapshot.state} ${snapshot.phase}`;
    const isSame = stages.get(snapshot.id) === stage;
    stages.set(snapshot.id, stage);
    if (!isSame) write();
    else cancelTimer ??= clock.after(progressMs, write);
  });
  jobs.onForgotten((id) => {
    stages.delete(id);
    if (orders.delete(id)) write();
  });

  return {
    note(id, order) {
      orders.set(id, order);
      write();
    },
    async load(restore) {
      for (const entry of await readEntries()) orders.set(restore(entry), entry.order);
      isLoaded = true;
      write();
    },
    async close() {
      write();
      await writing;
    },
  };
}

/** A program that was started with everything at hand is no download. */
function isWorthKeeping({ state, bytes }: JobSnapshot): boolean {
  return state !== 'done' || (bytes ?? 0) > 0;
}

function isTooOld(entry: HistoryEntry, now: number): boolean {
  const age = now - Date.parse(entry.finishedAt ?? entry.startedAt);
  return age > (entry.state === 'done' ? maxAgeMs.done : maxAgeMs.unfinished);
}

function toEntry(snapshot: JobSnapshot, order: JobOrder): HistoryEntry {
  const { title, state, startedAt, finishedAt, bytes, kept, error } = snapshot;
  const isOver = state === 'done' || state === 'failed' || state === 'cancelled';
  return {
    order,
    title: title.slice(0, 1000),
    state: isOver ? state : 'failed',
    startedAt,
    finishedAt,
    bytes,
    kept: isOver ? kept : receivedOf(snapshot),
    error: isOver ? error : { code: 'interrupted', params: {}, causes: [] },
  };
}

/** What a download that is cut off now leaves; feeds are fetched anew. */
function receivedOf({ downloads }: JobSnapshot): KeptPart | null {
  const rows = downloads.filter(({ kind }) => kind === 'implementation').map(({ progress }) => progress);
  const bytes = rows.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
  const totalBytes = rows.reduce((sum, row) => sum + (row.totalBytes ?? Number.NaN), 0);
  return bytes > 0 && bytes <= totalBytes ? { bytes, totalBytes } : null;
}
