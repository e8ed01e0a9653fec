import type { LogFields, LogPort } from '../../core/ports/log.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** Writes one line an entry to standard error, from the given level on. For the command line. */
export function createConsoleLog(from: (typeof levels)[number], write: (line: string) => void): LogPort {
  const lowest = levels.indexOf(from);
  const at = (level: (typeof levels)[number]) => (message: string, fields?: LogFields) => {
    if (levels.indexOf(level) >= lowest) write(`${level}: ${message}${fields ? ` ${JSON.stringify(fields)}` : ''}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
