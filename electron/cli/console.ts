import type { Interface } from 'node:readline';
import type { Console } from './context.ts';

/** The terminal of this process. */
export function createConsole({ isJson }: { readonly isJson: boolean }): Console {
  const isTerminal = process.stderr.isTTY;
  let statusLines = 0;
  let reader: Interface | null = null;

  const clearStatus = (): void => {
    if (statusLines > 0) process.stderr.write(`\r\x1b[K${'\x1b[1A\x1b[K'.repeat(statusLines - 1)}`);
    statusLines = 0;
  };
  const columns = (): number => (isTerminal ? process.stderr.columns : 80);
  return {
    isJson,
    get columns() {
      return columns();
    },
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
      // A line that the terminal breaks could not be taken back.
      const lines = text.split('\n').map((line) => line.slice(0, Math.max(20, columns() - 1)));
      process.stderr.write(lines.join('\n'));
      statusLines = lines.length;
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
