import { access } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { harmlessText } from '../../core/trust/key-file.ts';
import type { LogPort } from '../../core/ports/log.ts';
import { createQueues } from '../files.ts';
import { findGpg, runGpg } from './gpg-program.ts';

/** The person's own GnuPG keyring, where the other implementations of Zero Install keep the keys they have met. */
export interface UserKeyring {
  /** Key file with the keys that have this id or fingerprint; `null` if there is none, no keyring, or no gpg. */
  exportKeys(idOrFingerprint: string): Promise<Uint8Array | null>;
  /** Adds keys. Failure is logged. */
  importKeys(keys: Uint8Array): Promise<void>;
}

export interface UserKeyringOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Everything is kept under one folder: then only a keyring named by `GNUPGHOME` is used. */
  readonly isPortable: boolean;
  readonly log: LogPort;
}

/** One call at a time: GnuPG is not safe with several at once. */
export function createUserKeyring({ env, home, isPortable, log }: UserKeyringOptions): UserKeyring {
  const queues = createQueues();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => queues('gpg', work);

  /** Somebody else's home, as after `sudo`, is left alone: files there would belong to root. */
  function program(): string | null {
    const isNamed = (env['GNUPGHOME'] ?? '') !== '';
    if (!isNamed && (isPortable || home !== userInfo().homedir)) return null;
    return findGpg(env);
  }

  async function run(args: readonly string[], input?: Uint8Array): Promise<Uint8Array | null> {
    const gpg = program();
    if (gpg === null) return null;
    try {
      const { exitCode, stdout, stderr } = await runGpg({
        program: gpg,
        args: ['--batch', '--quiet', '--no-tty', ...args],
        env,
        ...(input === undefined ? {} : { input }),
      });
      if (exitCode === 0) return stdout;
      log.debug('gpg failed', { arguments: args.join(' '), exitCode, stderr: harmlessText(stderr, 500) });
    } catch (error) {
      log.warn('gpg could not be run', { reason: String(error) });
    }
    return null;
  }

  return {
    exportKeys: (idOrFingerprint) =>
      inTurn(async () => {
        // Asking gpg would make the directory.
        if (!(await exists(env['GNUPGHOME'] || join(home, '.gnupg')))) return null;
        const keys = await run(['--export', idOrFingerprint]);
        return keys === null || keys.length === 0 ? null : keys;
      }),
    importKeys: (keys) =>
      inTurn(async () => {
        await run(['--import'], keys);
      }),
  };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
