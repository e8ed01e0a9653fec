import { rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { AppSandboxPort } from '../../core/ports/app-store.ts';
import { toFileError } from '../file-error.ts';
import { writeFileAtomically } from '../files.ts';
import { readFileUpTo } from '../read-file.ts';

/** Beside the files of the app. */
export const sandboxFile = 'zerodesk-sandbox.json';

const maxBytes = 64 * 1024;

/** A file of our own beside those of the app. One that cannot be understood allows nothing and starts nothing. */
export const appSandbox: AppSandboxPort = {
  async read({ directory }) {
    const path = pathIn(directory);
    let bytes: Uint8Array;
    try {
      bytes = await readFileUpTo(path, maxBytes);
    } catch (error) {
      if (isAppError(error, 'file-missing')) return null;
      throw error;
    }
    const refuse = (reason: string) => new AppError('bad-settings', { path, reason });
    let json: unknown;
    try {
      json = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      throw refuse('it is not JSON');
    }
    const { allowsNetwork, writable, readable } = (json ?? {}) as Record<string, unknown>;
    if (typeof allowsNetwork !== 'boolean' || !areFolders(writable) || !areFolders(readable)) {
      throw refuse('it does not say what is allowed');
    }
    return { allowsNetwork, writable, readable };
  },
  async write({ directory }, settings) {
    const path = pathIn(directory);
    if (settings !== null) {
      await writeFileAtomically(path, JSON.stringify(settings), 0o644);
      return;
    }
    try {
      await rm(path, { force: true });
    } catch (error) {
      throw toFileError(error, path);
    }
  },
};

function pathIn(directory: string): string {
  return join(directory, sandboxFile);
}

function areFolders(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && isAbsolute(each));
}
