import type { Console } from './context.ts';

/** The terminal of this process. */
export function createConsole({ isJson }: { readonly isJson: boolean }): Console {
  const isTerminal = process.stderr.isTTY;
  let hasStatus = false;
  let answers: Answers | null = null;

  const clearStatus = (): void => {
    if (hasStatus) process.stderr.write('\r\x1b[K');
    hasStatus = false;
  };
  return {
    isJson,
    print(text) {
      clearStatus();
      process.stdout.write(text);
    },
    complain(text) {
      clearStatus();
      process.stderr.write(text);
    },
    showStatus(text) {
      if (!isTerminal || isJson) return;
      clearStatus();
      if (text === '') return;
      process.stderr.write(text.slice(0, Math.max(20, process.stderr.columns - 1)));
      hasStatus = true;
    },
    ask(question) {
      clearStatus();
      answers ??= openAnswers();
      return answers.next(question);
    },
    close() {
      clearStatus();
      answers?.close();
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
