import { dirname, join } from 'node:path';
import type { ShareHelper } from '../../core/sharing/facts.ts';
import { findProgram, isExecutable } from '../find-program.ts';

/** The name that the reference looks for too: what it does is the administrator's business. */
export const helperName = '0store-secure-add-helper';
/** Ours beside it, which is sent everything and so need not read anything of the user. */
export const streamHelperName = '0store-secure-add-stream';

/** Finds the helper on PATH. @see sharing.md 2.1 */
export function findShareHelper(env: Readonly<Record<string, string | undefined>>): ShareHelper | null {
  const path = findProgram(helperName, env);
  if (path === null) return null;
  const streamPath = join(dirname(path), streamHelperName);
  return { path, streamPath: isExecutable(streamPath) ? streamPath : null };
}
