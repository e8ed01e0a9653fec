import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createStores, type Stores, type StoresOptions } from '../../electron/adapters/store/stores.ts';
import type { PreparedStep } from '../../electron/core/ports/store.ts';

/** A store of its own below a directory. */
export interface TestStore {
  readonly stores: Stores;
  /** The user's store; it does not exist yet. */
  readonly path: string;
  /** For the reference program: the same store. */
  readonly env: NodeJS.ProcessEnv;
}

/** Opens a store below an empty directory that the reference program can use too. */
export function openTestStore(base: string, options: Partial<StoresOptions> = {}): TestStore {
  const env = {
    PATH: process.env['PATH'],
    HOME: base,
    XDG_CACHE_HOME: path.join(base, 'cache'),
    XDG_CONFIG_HOME: path.join(base, 'config'),
    XDG_DATA_HOME: path.join(base, 'data'),
    XDG_CACHE_DIRS: '',
    XDG_CONFIG_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  const stores = createStores({ paths: createPaths(env, base), ...options });
  return { stores, env, path: path.join(base, 'cache/0install.net/implementations') };
}

/** A step that unpacks a file. */
export function archiveStep(
  file: string,
  more: Partial<Extract<PreparedStep, { type: 'archive' }>> = {},
): PreparedStep {
  const type = file.endsWith('.zip') ? 'zip' : file.endsWith('.tar') ? 'x-tar' : 'x-compressed-tar';
  const step = { type: 'archive', file, name: path.basename(file), mimeType: `application/${type}` } as const;
  return { ...step, extract: null, dest: null, startOffset: 0, ...more };
}

/** Writes a file and gives its path. */
export function writeFile(directory: string, name: string, data: string | Uint8Array): string {
  const file = path.join(directory, name);
  fs.writeFileSync(file, data);
  return file;
}

/** The digest that the reference program computes. */
export function referenceDigest(what: string, env: NodeJS.ProcessEnv): string {
  return execFileSync('0install', ['digest', '--algorithm=sha256new', what], { env, encoding: 'utf8' }).trim();
}

/** Whether the reference program is there. Says so loudly if not. */
export const hasReference = spawnSync('0install', ['--version']).status === 0;
if (!hasReference) process.stderr.write('SKIPPED: 0install is missing, comparisons with it are not made\n');
