import { fstatSync, statSync } from 'node:fs';
import type { Console } from './context.ts';
import { createStandardStream } from './standard-stream.ts';

/** The terminal of this process. */
export function createConsole({ isJson }: { readonly isJson: boolean }): Console {
  const out = createStandardStream(1);
  const err = createStandardStream(2);
  const isTerminal = (): boolean => isDevice(2) && process.stderr.isTTY;
  let statusLines = 0;
  let answers: Answers | null = null;

  const clearStatus = (): void => {
    if (statusLines > 0) err.write(`\r\x1b[K${'\x1b[1A\x1b[K'.repeat(statusLines - 1)}`);
    statusLines = 0;
  };
  const columns = (): number => (isTerminal() ? process.stderr.columns : 80);
  return {
    isJson,
    get columns() {
      return columns();
    },
    print(text) {
      clearStatus();
      out.write(text);
    },
    complain(text) {
      clearStatus();
      err.write(text);
    },
    showStatus(text) {
      clearStatus();
      if (text === '' || isJson || !isTerminal()) return;
      // A line that the terminal breaks could not be taken back.
      const lines = text.split('\n').map((line) => line.slice(0, Math.max(20, columns() - 1)));
      err.write(lines.join('\n'));
      statusLines = lines.length;
    },
    ask(question) {
      clearStatus();
      answers ??= openAnswers();
      return answers.next(question);
    },
    async close() {
      clearStatus();
      answers?.close();
      await Promise.all([out.flushed(), err.flushed()]);
    },
  };
}

/** Lines that a person types, or that a pipe has already brought. */
interface Answers {
  /** Shows a question and waits for a line; null at the end of input. */
  readonly next: (question: string) => Promise<string | null>;
  readonly close: () => void;
}

function openAnswers(): Answers {
  // Not `import`: code that was compiled beforehand cannot load modules of Node that way.
  const { createInterface } = process.getBuiltinModule('node:readline');
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const early: string[] = [];
  let hasEnded = false;
  let waiting: ((line: string | null) => void) | null = null;
  const give = (line: string | null): void => {
    const take = waiting;
    waiting = null;
    if (take) take(line);
    else if (line !== null) early.push(line);
  };
  reader.on('line', give);
  reader.on('close', () => {
    hasEnded = true;
    give(null);
  });
  return {
    next(question) {
      const line = early.shift();
      if (line !== undefined || hasEnded) {
        process.stderr.write(question);
        return Promise.resolve(line ?? null);
      }
      return new Promise((resolve) => {
        waiting = resolve;
        reader.setPrompt(question);
        reader.prompt();
      });
    },
    close() {
      reader.close();
    },
  };
}

/** Whether a stream may be a terminal. Node's own answer loads its streams first, and most that ask are no terminal. */
function isDevice(fd: number): boolean {
  const stats = fstatSync(fd);
  return stats.isCharacterDevice() && stats.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev;
}
