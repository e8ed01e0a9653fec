import type { LogPort } from '../../electron/core/ports/log.ts';

/** A log that keeps what was written, for tests that look. */
export function createMemoryLog(): LogPort & { readonly lines: string[] } {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => {
    lines.push(`${level}: ${message}`);
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
