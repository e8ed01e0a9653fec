import process from 'node:process';
import { runHelper } from './run-helper.ts';

// The entry of `0store-secure-add`, started through sudo as the user whom the shared store belongs to.

process.umask(0o022);
// A client that goes away must not end the helper before it has cleaned up.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

void runHelper({
  args: process.argv.slice(2),
  env: process.env,
  uid: process.geteuid?.() ?? -1,
  input: process.stdin,
  output: process.stdout,
  complain: (text) => {
    process.stderr.write(text);
  },
  onEnding: (listener) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, listener);
  },
}).then(
  (status) => {
    process.exit(status);
  },
  () => {
    // A mistake of ours; what it says could hold something the caller may not know.
    process.stderr.write('0store-secure-add: something went wrong inside the helper\n');
    process.exit(1);
  },
);
