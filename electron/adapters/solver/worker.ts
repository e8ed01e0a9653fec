import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '../../../shared/errors/app-error.ts';
import type { Host } from '../../core/select/world.ts';
import type { Paths } from '../paths.ts';
import { defaultTimeLimitMs, timeoutError, type OtherEngine, type SolveCall } from './calls.ts';
import { toSolver, type ClosableSolver } from './in-process.ts';
import type { SolveReply, SolveRequest, SolveWorkerData } from './worker-messages.ts';

/** What the worker is started with. */
export interface WorkerSolverOptions {
  /** The built `workers/solve.js`. */
  readonly workerUrl: URL;
  readonly paths: Paths;
  readonly host: Host;
  readonly extraStores?: readonly string[];
  /** As for `createSelectWorld`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly sat?: OtherEngine;
  readonly limits?: WorkerLimits;
}

export interface WorkerLimits {
  /** Memory of the worker. 400,000 implementations need about 700 MB. */
  readonly memoryMb?: number;
  /** How long a search may take. */
  readonly timeMs?: number;
  /** How long a request that was given up, or is late, may go on before the worker is ended, milliseconds. */
  readonly patienceMs?: number;
}

const defaultPatienceMs = 3000;

/** Most objects live short; with the usual 16 MB collecting them takes longer than solving. */
const youngMemoryMb = 128;

interface Job {
  readonly request: SolveRequest;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  isGivenUp: boolean;
}

/**
 * Solves in a thread of its own, which starts with the first call and stays, with the feeds it has parsed. Requests go one
 * at a time, in order. If the thread ends by itself (out of memory), the request it had fails with AppError
 * `solver-ended`, and the next one starts another thread. A request that takes too long fails with `solve-timeout`: the
 * thread stops by itself as soon as it looks at the clock, or is ended.
 */
export function createWorkerSolver(options: WorkerSolverOptions): ClosableSolver {
  const runner = new Runner(options);
  return toSolver(
    (call, signal) => runner.run(call, signal),
    () => runner.close(),
  );
}

class Runner {
  readonly #options: WorkerSolverOptions;
  readonly #timeMs: number;
  readonly #patienceMs: number;
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #queue: Job[] = [];
  #worker: Worker | null = null;
  #current: Job | null = null;
  #timer: NodeJS.Timeout | undefined;
  #lastId = 0;
  #isClosed = false;

  constructor(options: WorkerSolverOptions) {
    this.#options = options;
    const { timeMs = defaultTimeLimitMs, patienceMs = defaultPatienceMs } = options.limits ?? {};
    this.#timeMs = timeMs;
    this.#patienceMs = patienceMs;
  }

  run(call: SolveCall, signal: AbortSignal | undefined): Promise<unknown> {
    if (this.#isClosed || signal?.aborted === true) return Promise.reject(new AppError('cancelled', {}));
    this.#lastId += 1;
    const request: SolveRequest = { id: this.#lastId, call };
    return new Promise((resolve, reject) => {
      const leave = (): void => signal?.removeEventListener('abort', onAbort);
      const job: Job = {
        request,
        resolve: (value) => {
          leave();
          resolve(value);
        },
        reject: (error) => {
          leave();
          reject(error);
        },
        isGivenUp: false,
      };
      const onAbort = (): void => this.#giveUp(job);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#queue.push(job);
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const jobs = [...(this.#current === null ? [] : [this.#current]), ...this.#queue.splice(0)];
    for (const job of jobs) job.reject(new AppError('cancelled', {}));
    this.#current = null;
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current !== null || this.#isClosed) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    this.#current = job;
    try {
      const worker = (this.#worker ??= this.#start());
      worker.ref();
      worker.postMessage(job.request);
      this.#endAfter(this.#timeMs + this.#patienceMs, job, timeoutError(this.#timeMs));
    } catch (error) {
      this.#release();
      job.reject(error instanceof Error ? error : new Error(String(error)));
      this.#next();
    }
  }

  #start(): Worker {
    const { workerUrl, paths, host, extraStores = [], env = {}, sat = null, limits = {} } = this.#options;
    const stop = this.#stop;
    const workerData: SolveWorkerData = {
      paths,
      host,
      extraStores,
      env: { ...env },
      sat,
      timeLimitMs: this.#timeMs,
      stop,
    };
    const { memoryMb = 2048 } = limits;
    const worker = new Worker(workerUrl, {
      name: 'solve',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMemoryMb },
    });
    worker.on('message', (reply: SolveReply) => this.#settle(worker, reply));
    worker.on('error', (error) =>
      this.#ended(worker, endedError(error instanceof Error ? error.message : String(error))),
    );
    worker.on('exit', (code) => this.#ended(worker, endedError(`it exited with status ${code}`)));
    return worker;
  }

  #settle(worker: Worker, { id, result }: SolveReply): void {
    const job = this.#current;
    if (worker !== this.#worker || job?.request.id !== id) return;
    this.#release();
    // Without work it does not keep the process alive.
    worker.unref();
    if (result.ok) job.resolve(result.value);
    else job.reject(fromErrorData(result.error));
    this.#next();
  }

  /** The caller is told at once; the thread stops as soon as it looks, or is ended. */
  #giveUp(job: Job): void {
    job.reject(new AppError('cancelled', {}));
    const place = this.#queue.indexOf(job);
    if (place >= 0) this.#queue.splice(place, 1);
    if (job !== this.#current || job.isGivenUp) return;
    job.isGivenUp = true;
    Atomics.store(this.#stop, 0, job.request.id);
    this.#endAfter(this.#patienceMs, job, endedError('it did not stop'));
  }

  /** Ends the worker if it still has this job by then. */
  #endAfter(milliseconds: number, job: Job, error: AppError): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#timer = setTimeout(() => {
      if (worker === null || this.#current !== job) return;
      void worker.terminate();
      this.#ended(worker, error);
    }, milliseconds);
    this.#timer.unref();
  }

  #ended(worker: Worker, error: AppError): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const job = this.#current;
    this.#release();
    job?.reject(error);
    this.#next();
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#current = null;
  }
}

function endedError(reason: string): AppError<'solver-ended'> {
  return new AppError('solver-ended', { reason });
}
