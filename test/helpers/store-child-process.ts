import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What a store process is told to add. */
export interface AddOrder {
  /** As for `openTestStore`. */
  readonly base: string;
  readonly file: string;
  readonly digest: string;
}

/** Another process that adds to stores. */
export interface StoreProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** Resolves with the path or the code of the error. */
  add(order: AddOrder): Promise<{ readonly path?: string; readonly error?: string }>;
  end(): Promise<void>;
}

/** Starts a process that adds what it is told to. */
export function startStoreProcess(): StoreProcess {
  const script = path.join(import.meta.dirname, 'store-child.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async add(order) {
      child.stdin.write(`${JSON.stringify(order)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error('the process ended');
      return JSON.parse(line.value) as { path?: string; error?: string };
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
