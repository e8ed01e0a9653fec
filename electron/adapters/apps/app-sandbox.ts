import { isAbsolute, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppSandboxPort } from '../../core/ports/app-store.ts';
import { readAppFile, writeAppFile } from './app-file.ts';

/** Beside the files of the app. */
export const sandboxFile = 'zerodesk-sandbox.json';

const maxBytes = 64 * 1024;

/** A file of our own beside those of the app. One that cannot be understood allows nothing and starts nothing. */
export const appSandbox: AppSandboxPort = {
  async read({ directory }) {
    const path = pathIn(directory);
    const text = await readAppFile(path, maxBytes);
    if (text === null) return null;
    const refuse = (reason: string) => new AppError('bad-settings', { path, reason });
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw refuse('it is not JSON');
    }
    const { allowsNetwork, writable, readable } = (json ?? {}) as Record<string, unknown>;
    if (typeof allowsNetwork !== 'boolean' || !areFolders(writable) || !areFolders(readable)) {
      throw refuse('it does not say what is allowed');
    }
    return { allowsNetwork, writable, readable };
  },
  write: ({ directory }, settings) => writeAppFile(pathIn(directory), settings),
};

function pathIn(directory: string): string {
  return join(directory, sandboxFile);
}

function areFolders(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string' && isAbsolute(each));
}
