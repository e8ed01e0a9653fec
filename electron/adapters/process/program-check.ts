import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { errorCode } from '../file-error.ts';

/** Enough for a `#!` line: systems read no more of it than 256 bytes. */
const headBytes = 256;

/**
 * Looks whether the system can execute a file, because the answer of a failed start is too coarse: a missing
 * interpreter looks like a missing program, and the C library hands a script without `#!` to a shell unasked.
 *
 * @param program absolute path
 * @throws AppError `program-missing`, `program-not-executable`, `program-not-started`
 */
export function checkProgram(program: string): void {
  try {
    if (!statSync(program).isFile()) throw new AppError('program-not-executable', { path: program });
    accessSync(program, constants.X_OK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw toStartError(error, program);
  }
  if (process.platform === 'win32') return;
  const head = readHead(program);
  if (head === null) return;
  if (head.length === 0) throw new AppError('program-not-started', { path: program, reason: 'it is an empty file' });
  if (head.subarray(0, 2).toString('latin1') === '#!') {
    const interpreter = /^#![ \t]*([^ \t\n\0]+)/.exec(head.toString('utf8'))?.[1];
    if (interpreter !== undefined && path.isAbsolute(interpreter) && !existsSync(interpreter)) {
      throw new AppError('program-not-started', { path: program, reason: `${interpreter} is not installed` });
    }
  } else if (!head.includes(0)) {
    throw new AppError('program-not-started', { path: program, reason: 'it is a script without a #! line' });
  }
}

/** Says what a refused start means. */
export function toStartError(error: unknown, program: string): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const { code, syscall } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('program-missing', { path: program }, options);
    case 'EACCES':
    case 'EPERM':
      return new AppError('program-not-executable', { path: program }, options);
    case 'ENOEXEC':
      return new AppError('program-not-started', { path: program, reason: 'it is made for another system' }, options);
    case 'E2BIG':
      return new AppError('program-not-started', { path: program, reason: 'its arguments are too long' }, options);
    case 'EMFILE':
    case 'ENFILE':
    case 'EAGAIN':
    case 'ENOMEM':
      return new AppError('program-not-started', { path: program, reason: 'the system is out of resources' }, options);
    default:
      // Only the system's refusals are problems from outside; the rest are mistakes of ours.
      if (syscall === undefined) return error;
      return new AppError('program-not-started', { path: program, reason: code ?? error.message }, options);
  }
}

/** The first bytes of a file; `null` if it may be executed but not read. */
function readHead(file: string): Buffer | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM') return null;
    throw toStartError(error, file);
  }
  try {
    const head = Buffer.alloc(headBytes);
    return head.subarray(0, readSync(descriptor, head, 0, headBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}
