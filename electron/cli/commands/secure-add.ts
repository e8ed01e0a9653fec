import { runHelper } from '../../secure-add/run-helper.ts';
import type { CommandRunner } from '../context.ts';
import { written } from '../standard-stream.ts';

/** `store secure-add DIGEST | --stream`: the helper of the shared store, as `0store-secure-add` is by itself. */
export const runSecureAdd: CommandRunner = async ({ args, options, out }) => {
  const status = await runHelper({
    args: options.has('stream') ? ['--stream', ...args] : args,
    env: process.env,
    uid: process.geteuid?.() ?? -1,
    input: process.stdin,
    output: process.stdout,
    complain: out.complain,
    onEnding: (listener) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
    },
  });
  await written(process.stdout);
  return status;
};
