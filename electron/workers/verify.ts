import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../shared/errors/app-error.ts';
import { createVerifierHere } from '../adapters/gpg/verifier.ts';
import type { VerifyMessage, VerifyReply, VerifyTask, VerifyWorkerData } from '../adapters/gpg/verify-messages.ts';

/** Checks signatures and signed documents off the main thread. */
const port = parentPort;
if (port === null) throw new Error('runs as a worker only');

const verifier = createVerifierHere((workerData as VerifyWorkerData).env);

const run = (task: VerifyTask): Promise<unknown> =>
  task.type === 'verify' ? verifier.verify(task.request) : verifier.check(task.request);

port.on('message', ({ id, task }: VerifyMessage) => {
  const answer = (result: VerifyReply['result']): void => {
    const reply: VerifyReply = { id, result };
    port.postMessage(reply);
  };
  run(task).then(
    (value) => answer({ ok: true, value }),
    (error: unknown) => answer({ ok: false, error: toErrorData(error) }),
  );
});
