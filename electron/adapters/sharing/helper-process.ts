import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error.ts';

/** How long the helper may say nothing, milliseconds. It gives itself half of this for a silent caller. */
export const silenceMs = 60_000;
/** It may take long to copy a large tree without a word. */
const wholeMs = 30 * 60_000;
/** Between asking it to end and ending it. */
const patienceMs = 3000;
/** Of what it says, the end. */
const maxMessage = 2000;
/** Longest answer: the use of some ten thousand implementations. */
const maxAnswerBytes = 16 * 1024 * 1024;

/** How to start the helper. */
export interface HelperStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether it is spoken to; else it gets nothing to read. */
  readonly isSpokenTo: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A helper that runs. */
export interface HelperProcess {
  /** The next line of its answer; null at the end. @throws AppError `share-failed`, `cancelled` */
  line(): Promise<string | null>;
  /** Waits until it can take more. False if it has gone. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Its exit status with what it complained of. @throws AppError `share-failed`, `cancelled` */
  ended(): Promise<{ readonly status: number | null; readonly message: string }>;
  /** Ends it if it still runs. */
  close(): void;
}

/**
 * Starts the helper apart from this process's terminal: one that asks for a password then fails at once, and does not hang or
 * ask the person in the middle of a download.
 *
 * @see sharing.md 2.1
 */
export function startHelper(start: HelperStart): HelperProcess {
  const { program, args, cwd, env, isSpokenTo, signal } = start;
  const child = spawn(program, args, {
    ...(cwd !== undefined && { cwd }),
    // The helper refuses to work if it sees these: then the environment did reach it.
    env: { ...env, ENV_NOT_CLEARED: 'Unclean', HOME: 'Unclean' },
    detached: true,
    stdio: [isSpokenTo ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  }) as ChildProcessByStdio<Writable | null, Readable, Readable>;
  let message = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (message = (message + text).slice(-maxMessage)));
  child.stdin?.on('error', () => {});

  let problem: AppError | null = null;
  const exit = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      problem ??= failed(error.message);
      resolve(null);
    });
    child.once('close', (status) => {
      resolve(status);
    });
  });
  let isOver = false;
  void exit.then(() => (isOver = true));

  const end = (reason: AppError): void => {
    if (isOver) return;
    problem ??= reason;
    endGroup(child.pid, 'SIGTERM');
    setTimeout(() => {
      if (!isOver) endGroup(child.pid, 'SIGKILL');
      // What it started may belong to somebody else and hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    }, patienceMs).unref();
  };
  const onAbort = (): void => {
    end(new AppError('cancelled', {}));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  const whole = setTimeout(() => {
    end(failed('it did not end'));
  }, wholeMs);
  void exit.then(() => {
    clearTimeout(whole);
    signal?.removeEventListener('abort', onAbort);
  });

  const lines = linesOf(child.stdout);
  /** For what must come soon. */
  const soon = async <T>(wait: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => {
      end(failed('it did not answer'));
    }, silenceMs);
    try {
      return await wait;
    } finally {
      clearTimeout(timer);
    }
  };
  const check = (): void => {
    if (problem !== null) throw problem;
  };

  return {
    async line() {
      const { value, done } = await soon(lines.next());
      check();
      return done === true ? null : value;
    },
    async write(bytes) {
      const { stdin } = child;
      if (stdin === null || isOver || stdin.destroyed) return false;
      if (stdin.write(bytes)) return true;
      let onFree = (): void => {};
      const free = new Promise<void>((resolve) => {
        onFree = resolve;
        stdin.once('drain', resolve).once('close', resolve);
      });
      await soon(Promise.race([free, exit]));
      stdin.off('drain', onFree).off('close', onFree);
      check();
      return !stdin.destroyed;
    },
    async ended() {
      child.stdin?.end();
      const status = await exit;
      check();
      return { status, message: cleaned(message) };
    },
    close() {
      end(new AppError('cancelled', {}));
    },
  };
}

/** The error that says that the helper did not work. */
export function failed(reason: string): AppError {
  return new AppError('share-failed', { reason: cleaned(reason) });
}

function cleaned(text: string): string {
  return text.trim().replace(/\p{Cc}+/gu, ' ');
}

function endGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has just ended.
  }
}

export async function* linesOf(stream: Readable): AsyncGenerator<string, undefined> {
  let rest = '';
  try {
    for await (const piece of stream.setEncoding('utf8')) {
      rest += piece as string;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
        yield rest.slice(0, end);
        rest = rest.slice(end + 1);
      }
      if (rest.length > maxAnswerBytes) throw failed('its answer is too long');
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    // It was ended; why is known better elsewhere.
  }
  return undefined;
}
