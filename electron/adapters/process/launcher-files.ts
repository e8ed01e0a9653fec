import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LaunchPlan } from '../../core/launch/model.ts';
import { errorCode, toFileError } from '../file-error.ts';

/** Nobody adds files to a directory that stands in `PATH`, not even its owner by accident. */
const sealedMode = 0o500;

/**
 * Writes the launchers of a plan, each into its own sealed directory. One that is there with the right content is kept:
 * running programs use it. Several processes may write the same one at once.
 *
 * @param root the only directory launchers may lie below
 * @throws AppError `disk-full`, `permission-denied`, `file-failed`
 * @see execution.md 4.1
 */
export function writeLaunchers(launchers: LaunchPlan['launchers'], root: string): void {
  for (const { path: file, content } of launchers) {
    if (!path.resolve(file).startsWith(`${path.resolve(root)}${path.sep}`)) {
      throw new Error(`launcher outside ${root}: ${file}`);
    }
    try {
      if (readOrNull(file) !== content) writeLauncher(file, content);
    } catch (error) {
      throw toFileError(error, file);
    }
  }
}

function writeLauncher(file: string, content: string): void {
  const directory = path.dirname(file);
  const parent = path.dirname(directory);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  // Made beside and moved, so that nobody ever meets a half-written launcher or an unsealed directory.
  const temporary = path.join(parent, `.${path.basename(directory)}-${randomBytes(6).toString('hex')}`);
  try {
    mkdirSync(temporary, { mode: 0o700 });
    const written = path.join(temporary, path.basename(file));
    writeFileSync(written, content, { flag: 'wx', mode: 0o755 });
    chmodSync(written, 0o755);
    chmodSync(temporary, sealedMode);
    moveInto(temporary, directory, { file, content });
  } finally {
    removeSealed(temporary);
  }
}

function moveInto(
  temporary: string,
  directory: string,
  wanted: { readonly file: string; readonly content: string },
): void {
  for (let attempt = 0; ; attempt += 1) {
    try {
      renameSync(temporary, directory);
      return;
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
      // Another process was faster, or the launcher there is damaged.
      if (readOrNull(wanted.file) === wanted.content) return;
      if (attempt >= 3) throw error;
      removeSealed(directory);
    }
  }
}

function removeSealed(directory: string): void {
  try {
    chmodSync(directory, 0o700);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  rmSync(directory, { recursive: true, force: true });
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw error;
  }
}
