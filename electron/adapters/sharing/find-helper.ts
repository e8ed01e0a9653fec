import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ShareHelper } from '../../core/sharing/facts.ts';
import { findProgram, isExecutable } from '../find-program.ts';

/** The name that the reference looks for too: what it does is the administrator's business. */
export const helperName = '0store-secure-add-helper';
/** Ours beside it, which is sent everything and so need not read anything of the user. */
export const streamHelperName = '0store-secure-add-stream';

/** Where the service listens on Windows. */
export const defaultServicePlace = '\\\\.\\pipe\\zerodesk-store';

/**
 * Finds the helper on PATH, or a service: the one that `ZERODESK_STORE_SERVICE` names, or that of Windows if it runs. Neither need be
 * trusted: what it says to have stored is looked for.
 *
 * @see sharing.md 2.1, 4
 */
export function findShareHelper(env: Readonly<Record<string, string | undefined>>): ShareHelper | null {
  const service = findService(env);
  if (service !== null) return { path: service, streamPath: service };
  const path = findProgram(helperName, env);
  if (path === null) return null;
  const streamPath = join(dirname(path), streamHelperName);
  return { path, streamPath: isExecutable(streamPath) ? streamPath : null };
}

function findService(env: Readonly<Record<string, string | undefined>>): string | null {
  const named = env['ZERODESK_STORE_SERVICE'] ?? '';
  if (named !== '') return named;
  return process.platform === 'win32' && existsSync(defaultServicePlace) ? defaultServicePlace : null;
}
