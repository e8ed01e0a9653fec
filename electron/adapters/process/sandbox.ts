import { mkdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LaunchPlan } from '../../core/launch/model.ts';
import { inSandbox, type SandboxSettings } from '../../core/launch/sandbox.ts';
import { sha256Hex } from '../../core/sha256.ts';
import { toFileError } from '../file-error.ts';
import { findProgram } from '../find-program.ts';
import type { Paths } from '../paths.ts';

/** Starts programs apart from the rest of the computer. */
export interface Sandboxes {
  /** Whether the program that makes them is here. */
  isAvailable(): boolean;
  /**
   * @param interfaceUri whose home it is: each program has its own
   * @param needed directories of its implementations
   * @throws AppError `sandbox-missing`, `file-missing` for a folder that is not there
   */
  wrap(
    plan: LaunchPlan,
    options: {
      readonly interfaceUri: string;
      readonly needed: readonly string[];
      readonly settings: SandboxSettings;
    },
  ): LaunchPlan;
}

/** Sandboxes by bubblewrap, with homes below our data directory. */
export function createSandboxes(
  { data, home }: Pick<Paths, 'data' | 'home'>,
  env: Readonly<Record<string, string | undefined>>,
): Sandboxes {
  return {
    isAvailable: () => findProgram('bwrap', env) !== null,
    wrap(plan, { interfaceUri, needed, settings }) {
      const bwrap = findProgram('bwrap', env);
      if (bwrap === null) throw new AppError('sandbox-missing', { program: 'bwrap', package: 'bubblewrap' });
      const ownHome = path.join(data[0] ?? '', 'zerodesk-homes', sha256Hex(interfaceUri).slice(0, 16));
      try {
        mkdirSync(ownHome, { recursive: true, mode: 0o700 });
      } catch (error) {
        throw toFileError(error, ownHome);
      }
      const folders = { writable: settings.writable.map(existing), readable: settings.readable.map(existing) };
      return inSandbox(plan, {
        settings: { ...settings, ...folders },
        place: { bwrap, home, ownHome, cwd: process.cwd() },
        needed: needed.map(existing),
      });
    },
  };
}

/** Absolute, links resolved: bubblewrap mounts what is really there. */
function existing(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    throw toFileError(error, folder);
  }
}
