import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors/app-error.ts';
import { systemClock } from '../adapters/clock.ts';
import { createSelectWorld } from '../adapters/feeds/select-world.ts';
import { answerCall, loadEngine } from '../adapters/solver/calls.ts';
import { createMemoryTidier } from '../adapters/solver/tidy-memory.ts';
import type { SolveReply, SolveRequest, SolveWorkerData } from '../adapters/solver/worker-messages.ts';

/** Chooses versions off the main thread. It stays, so that parsed feeds and compiled code are there for the next time. */
const port = parentPort;
if (port === null) throw new Error('runs as a worker only');

const { paths, host, extraStores, env, sat, timeLimitMs, stop } = workerData as SolveWorkerData;
const time = { clock: systemClock, limitMs: timeLimitMs };
const world = createSelectWorld({ paths, host, extraStores, env });

async function answer({ id, call }: SolveRequest): Promise<SolveReply> {
  try {
    const engine = await loadEngine(sat ?? undefined);
    // Messages are not read while this thread is busy, but the shared cell can be.
    const shouldStop = () => Atomics.load(stop, 0) === id;
    return { id, result: { ok: true, value: answerCall(world, call, { engine, shouldStop, time }) } };
  } catch (error) {
    return { id, result: { ok: false, error: toErrorData(error) } };
  }
}

const tidyMemory = createMemoryTidier();

port.on('message', (request: SolveRequest) => {
  void answer(request).then((reply) => {
    port.postMessage(reply);
    world.release();
    setImmediate(tidyMemory);
  });
});
