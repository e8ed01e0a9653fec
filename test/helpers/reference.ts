import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a command of the reference program gave. */
export interface ReferenceResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The reference program with a home of its own. */
export interface Reference {
  /** Its `ZEROINSTALL_PORTABLE_BASE`. */
  readonly base: string;
  readonly env: Readonly<Record<string, string>>;
  run(...args: readonly string[]): Promise<ReferenceResult>;
  /** Imports a public key and trusts it for domains, which may have a port. */
  trust(key: { readonly fingerprint: string; readonly publicKey: Uint8Array }, domains: readonly string[]): void;
}

const limitMs = 60_000;

/** Whether the reference program is installed. Says loudly that tests are left out if it is not. */
export function hasReference(): boolean {
  const isThere = ['0install', 'gpg'].every((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (!isThere) console.warn('0install or gpg is missing: comparisons with the reference program are SKIPPED.');
  return isThere;
}

/** Prepares a home below an empty directory: no questions, no key server. */
export function createReference(directory: string): Reference {
  const base = path.join(directory, 'base');
  const home = path.join(directory, 'home');
  const gnupg = path.join(home, '.gnupg');
  const config = path.join(base, 'config/injector');
  mkdirSync(gnupg, { recursive: true, mode: 0o700 });
  mkdirSync(config, { recursive: true });
  writeFileSync(path.join(config, 'global'), '[global]\nauto_approve_keys = False\nkey_info_server = \n');
  const env = {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    GNUPGHOME: gnupg,
    LANG: 'C.UTF-8',
    ZEROINSTALL_PORTABLE_BASE: base,
  };
  return {
    base,
    env,
    run: (...args) =>
      new Promise((resolve) => {
        const child = execFile('0install', args, { env, timeout: limitMs }, (error, stdout, stderr) => {
          resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr });
        });
        child.stdin?.end();
      }),
    trust({ fingerprint, publicKey }, domains) {
      const imported = spawnSync('gpg', ['--batch', '--quiet', '--import'], { env, input: publicKey });
      if (imported.status !== 0) throw new Error(`gpg: ${imported.stderr.toString()}`);
      const list = domains.map((domain) => `<domain value="${domain}"/>`).join('');
      writeFileSync(
        path.join(config, 'trustdb.xml'),
        `<?xml version="1.0" encoding="UTF-8"?>\n<trusted-keys xmlns="http://zero-install.sourceforge.net/2007/injector/trust"><key fingerprint="${fingerprint}">${list}</key></trusted-keys>\n`,
      );
    },
  };
}
