import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { joinSignedDocument } from '../../electron/core/trust/signature-block.ts';

/** A key made by the real gpg. */
export interface TestKey {
  /** Of the primary key. */
  readonly primaryFingerprint: string;
  /** Of the key that signs: the last one made. */
  readonly fingerprint: string;
  /** 16 digits, as in `KEYID.gpg`. */
  readonly keyId: string;
  /** The public key, binary, as it is now. */
  publicKey(): Uint8Array;
}

export interface KeyOptions {
  readonly name?: string;
  /** As gpg writes it: `ed25519`, `rsa1024`, `dsa1024`, … */
  readonly algorithm?: string;
  /** `sign`, `cert`, `sign,cert` (default) */
  readonly usage?: string;
  /** `0` = never (default), `1d`, an ISO date … */
  readonly expire?: string;
  /** When the key says it was made. */
  readonly at?: Date;
  /** Adds a subkey that signs. */
  readonly subkey?: boolean;
}

export interface SignOptions {
  readonly at?: Date;
  readonly digest?: string;
  /** Expiry of the signature, as gpg writes it. */
  readonly expire?: string;
}

/** GnuPG in a home of its own, with all that feeds' publishers do. */
export interface SigningHome {
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  createKey(options?: KeyOptions): TestKey;
  /** A detached signature, binary. */
  sign(data: Uint8Array | string, key: TestKey, options?: SignOptions): Uint8Array;
  /** A signed document; several keys make several signatures in one block. */
  signFeed(xml: string, keys: TestKey | readonly TestKey[], options?: SignOptions): Uint8Array;
  /** Revokes a key: 0 no reason, 1 compromised, 2 superseded, 3 no longer used (gpg's own numbers). */
  revoke(key: TestKey, reason: 0 | 1 | 2 | 3, at?: Date): void;
  /** Runs gpg; returns what it printed. */
  gpg(args: readonly string[], input?: Uint8Array | string): Buffer;
}

/** A new, empty home, gone with its agent when the running test is finished. Long paths are no good for sockets. */
export function createSigningHome(finished: (clean: () => void) => void = onTestFinished): SigningHome {
  const home = mkdtempSync('/tmp/zd-gpg-');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, GNUPGHOME: home, LC_ALL: 'C' };
  finished(() => {
    spawnSync('gpgconf', ['--kill', 'all'], { env, stdio: 'ignore' });
    rmSync(home, { recursive: true, force: true });
  });
  let counter = 0;

  function gpg(args: readonly string[], input: Uint8Array | string = ''): Buffer {
    const fixed = ['--batch', '--quiet', '--no-tty', '--yes', '--pinentry-mode', 'loopback', '--passphrase', ''];
    const result = spawnSync('gpg', [...fixed, ...args], { env, input, maxBuffer: 64 * 1024 * 1024 });
    if (result.status !== 0) throw new Error(`gpg ${args.join(' ')}: ${result.stderr.toString()}`);
    return result.stdout;
  }

  function fingerprints(of: string): readonly string[] {
    const lines = gpg(['--with-colons', '--with-subkey-fingerprint', '--list-keys', of]).toString().split('\n');
    return lines.filter((line) => line.startsWith('fpr:')).map((line) => line.split(':')[9] ?? '');
  }

  function createKey(options: KeyOptions = {}): TestKey {
    counter += 1;
    const { name = `Test Signer ${counter} <signer${counter}@example.com>`, algorithm = 'ed25519' } = options;
    const { usage = 'sign,cert', expire = '0', at } = options;
    gpg([...atTime(at), '--quick-gen-key', name, algorithm, usage, expire]);
    const [primaryFingerprint = ''] = fingerprints(`=${name}`);
    if (options.subkey === true) gpg([...atTime(at), '--quick-add-key', primaryFingerprint, algorithm, 'sign', expire]);
    const fingerprint = fingerprints(primaryFingerprint).at(-1) ?? '';
    return {
      primaryFingerprint,
      fingerprint,
      keyId: fingerprint.slice(-16),
      publicKey: () => new Uint8Array(gpg(['--export', primaryFingerprint])),
    };
  }

  function sign(data: Uint8Array | string, key: TestKey, { at, digest, expire }: SignOptions = {}): Uint8Array {
    const extra = [
      ...(digest === undefined ? [] : ['--digest-algo', digest, '--allow-weak-digest-algos']),
      ...(expire === undefined ? [] : ['--default-sig-expire', expire]),
    ];
    return new Uint8Array(gpg([...atTime(at), ...extra, '--local-user', `${key.fingerprint}!`, '--detach-sign'], data));
  }

  return {
    home,
    env,
    gpg,
    createKey,
    sign,
    signFeed(xml, keys, options = {}) {
      const data = Buffer.from(xml);
      const signatures = [keys].flat().map((key) => sign(data, key, options));
      return joinSignedDocument(new Uint8Array(data), new Uint8Array(Buffer.concat(signatures)));
    },
    revoke(key, reason, at) {
      const file = join(home, `revocation-${key.fingerprint}`);
      const answers = `y\n${reason}\n\ny\n`;
      execFileSync(
        'gpg',
        [
          ...atTime(at),
          '--no-tty',
          '--yes',
          '--command-fd',
          '0',
          '--status-fd',
          '2',
          '--pinentry-mode',
          'loopback',
          '--output',
          file,
          '--gen-revoke',
          key.primaryFingerprint,
        ],
        { env, input: answers, stdio: ['pipe', 'pipe', 'pipe'] },
      );
      gpg(['--import', file]);
    },
  };
}

/** A feed with one local implementation, to be signed. */
export function feedXml(uri: string, options: { readonly name?: string; readonly content?: string } = {}): string {
  const { name = 'Hello', content = '<group/>' } = options;
  return `<?xml version="1.0" ?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="${uri}">
  <name>${name}</name>
  <summary>says hello</summary>
  ${content}
</interface>
`;
}

/** The time stands still at the given one for a call of gpg. */
function atTime(at: Date | undefined): readonly string[] {
  if (at === undefined) return [];
  const text = at.toISOString().replace(/[-:]/g, '').slice(0, 15);
  return ['--faked-system-time', `${text}!`];
}

/** Reads a file as the adapters hand it on. */
export function readBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

/** Writes bytes and gives the path back. */
export function writeBytes(path: string, bytes: Uint8Array): string {
  writeFileSync(path, bytes);
  return path;
}
