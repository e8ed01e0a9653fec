import type { Interface } from 'node:readline';
import type { Console } from './context.ts';

/** The terminal of this process. */
export function createConsole({ isJson }: { readonly isJson: boolean }): Console {
  const isTerminal = process.stderr.isTTY;
  let hasStatus = false;
  let reader: Interface | null = null;

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
      // Not `import`: code that was compiled beforehand cannot load modules of Node that way.
      const { createInterface } = process.getBuiltinModule('node:readline');
      reader ??= createInterface({ input: process.stdin, output: process.stderr });
      const current = reader;
      return new Promise((resolve) => {
        const onClose = (): void => {
          resolve(null);
        };
        current.once('close', onClose);
        current.question(question, (answer) => {
          current.removeListener('close', onClose);
          resolve(answer);
        });
      });
    },
    close() {
      clearStatus();
      reader?.close();
    },
  };
}
