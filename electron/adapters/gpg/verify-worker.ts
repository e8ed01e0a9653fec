import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '../../../shared/errors/app-error.ts';
import type { SignatureFacts } from '../../core/trust/signature-facts.ts';
import type { Verifier } from './verifier.ts';
import type { VerifyMessage, VerifyReply, VerifyTask, VerifyWorkerData } from './verify-messages.ts';

/** A worker without work for so long is ended: it holds some 30 MB. */
const idleMs = 60_000;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Checks in a worker thread, which is started with the first check and ended when it has had nothing to do for a while. */
export function createVerifyWorker(path: string, env: VerifyWorkerData['env']): Verifier {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const workerData: VerifyWorkerData = { env };
    const started = new Worker(path, { workerData, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
    started.on('message', ({ id, result }: VerifyReply) => {
      const entry = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) rest(started);
      if (result.ok) entry?.resolve(result.value);
      else entry?.reject(fromErrorData(result.error));
    });
    started.on('error', (error) => {
      fail(started, error instanceof Error ? error : new Error(String(error)));
    });
    started.on('exit', () => {
      fail(started, new Error('the verifying worker has ended'));
    });
    return started;
  }

  /** What it had to do fails; the next check starts another one. */
  function fail(ended: Worker, error: Error): void {
    if (worker !== ended) return;
    worker = null;
    const entries = [...waiting.values()];
    waiting.clear();
    for (const entry of entries) entry.reject(error);
  }

  function rest(resting: Worker): void {
    resting.unref();
    idle = setTimeout(() => void stop(), idleMs);
    idle.unref();
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const ending = worker;
    worker = null;
    await ending?.terminate();
  }

  function ask(task: VerifyTask, signal: AbortSignal | undefined): Promise<unknown> {
    if (signal?.aborted === true) return Promise.reject(new AppError('cancelled', {}));
    clearTimeout(idle);
    worker ??= start();
    worker.ref();
    lastId += 1;
    const message: VerifyMessage = { id: lastId, task };
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        reject(new AppError('cancelled', {}));
      };
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', onAbort);
          done(value);
        };
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting.set(message.id, { resolve: settle(resolve), reject: settle(reject) });
      worker?.postMessage(message);
    });
  }

  return {
    async verify({ signal, ...request }) {
      return (await ask({ type: 'verify', request }, signal)) as readonly SignatureFacts[];
    },
    async check({ signal, ...request }) {
      await ask({ type: 'check', request }, signal);
    },
    close: stop,
  };
}
