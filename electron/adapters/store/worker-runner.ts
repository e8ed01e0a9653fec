import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '../../../shared/errors/app-error.ts';
import type { TaskInput, TaskName, TaskOptions, TaskOutput, TaskRunner } from './tasks.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** How long a worker may take to stop before it is ended, milliseconds. */
const patienceMs = 3000;
/** Those that follow downloads mostly wait: they take no place from others, but are not without number either. */
const maxFollowers = 8;

interface Job {
  readonly message: ToWorker;
  readonly options: TaskOptions;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

function kindOf(job: Job): 'work' | 'following' {
  return job.options.isFollowing === true ? 'following' : 'work';
}

/** Runs tasks in worker threads, one task in each, the others wait. Idle workers do not keep the process alive. */
export function createWorkerRunner(url: URL): TaskRunner {
  // Starting one costs about 50 ms, so they stay.
  const maxWorkers = Math.max(1, Math.min(4, availableParallelism() - 1));
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const queue: Job[] = [];
  const running = { work: 0, following: 0 };
  let isClosed = false;

  const hasRoom = (job: Job): boolean =>
    kindOf(job) === 'following' ? running.following < maxFollowers : running.work < maxWorkers;

  const next = (): void => {
    for (let job = queue.find(hasRoom); job !== undefined; job = queue.find(hasRoom)) {
      queue.splice(queue.indexOf(job), 1);
      if (job.options.signal?.aborted === true) {
        job.reject(new AppError('cancelled', {}));
        continue;
      }
      start(job, idle.pop() ?? create());
    }
  };

  const create = (): Worker => {
    const worker = new Worker(url, { name: 'store' });
    all.add(worker);
    worker.once('exit', () => {
      all.delete(worker);
      const index = idle.indexOf(worker);
      if (index >= 0) idle.splice(index, 1);
    });
    return worker;
  };

  const start = (job: Job, worker: Worker): void => {
    const { signal, onProgress } = job.options;
    let timer: NodeJS.Timeout | undefined;
    const abort = (): void => {
      worker.postMessage({ type: 'abort' } satisfies ToWorker);
      // It looks for messages several times a second. If not, it is stuck, say on a dead network drive.
      timer = setTimeout(() => {
        void worker.terminate();
      }, patienceMs);
    };
    running[kindOf(job)] += 1;
    const leave = (): void => {
      running[kindOf(job)] -= 1;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
    };
    const onMessage = (message: FromWorker): void => {
      if (message.type === 'progress') {
        onProgress?.(message.state);
        return;
      }
      leave();
      if (!isClosed && idle.length < maxWorkers) idle.push(worker);
      else void worker.terminate();
      if (message.result.ok) job.resolve(message.result.value);
      else job.reject(fromErrorData(message.result.error));
      next();
    };
    const onError = (error: Error): void => {
      leave();
      all.delete(worker);
      job.reject(error);
      next();
    };
    const onExit = (): void => {
      leave();
      const isStopped = isClosed || signal?.aborted === true;
      job.reject(isStopped ? new AppError('cancelled', {}) : new Error('the store worker ended'));
      next();
    };
    worker.ref();
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal?.addEventListener('abort', abort, { once: true });
    worker.postMessage(job.message);
  };

  return {
    run<N extends TaskName>(name: N, input: TaskInput<N>, options: TaskOptions = {}): Promise<TaskOutput<N>> {
      if (isClosed) return Promise.reject(new AppError('cancelled', {}));
      return new Promise((resolve, reject) => {
        const settle = resolve as (value: unknown) => void;
        queue.push({ message: { type: 'run', name, input }, options, resolve: settle, reject });
        next();
      });
    },
    async close() {
      isClosed = true;
      for (const job of queue.splice(0)) job.reject(new AppError('cancelled', {}));
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}
