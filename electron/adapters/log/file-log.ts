import { join } from 'node:path';
import log from 'electron-log/main.js';
import type { LogPort } from '../../core/ports/log.ts';

/** A rotating file `zerodesk.log` in a directory; warnings also go to standard error. For the window's process. */
export function createFileLog(directory: string): LogPort {
  log.transports.file.resolvePathFn = () => join(directory, 'zerodesk.log');
  log.transports.file.maxSize = 1024 * 1024;
  log.transports.file.level = 'info';
  log.transports.console.level = 'warn';
  return {
    debug: (message, fields) => {
      log.debug(message, fields ?? '');
    },
    info: (message, fields) => {
      log.info(message, fields ?? '');
    },
    warn: (message, fields) => {
      log.warn(message, fields ?? '');
    },
    error: (message, fields) => {
      log.error(message, fields ?? '');
    },
  };
}
