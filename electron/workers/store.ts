import { parentPort } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors/app-error.ts';
import { runTask } from '../adapters/store/run-task.ts';
import type { FromWorker, ToWorker } from '../adapters/store/worker-messages.ts';

/** Unpacks, hashes, verifies and deletes off the main thread: one task after the other. */
const port = parentPort;
if (port === null) throw new Error('runs as a worker only');

let controller = new AbortController();

port.on('message', (message: ToWorker) => {
  if (message.type === 'abort') {
    controller.abort();
    return;
  }
  controller = new AbortController();
  const answer = (data: FromWorker): void => port.postMessage(data);
  runTask(message.name, message.input as never, {
    signal: controller.signal,
    onProgress: (state) => answer({ type: 'progress', state }),
  }).then(
    (value) => answer({ type: 'done', result: { ok: true, value } }),
    (error: unknown) => answer({ type: 'done', result: { ok: false, error: toErrorData(error) } }),
  );
});
