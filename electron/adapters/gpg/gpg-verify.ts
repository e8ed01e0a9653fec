import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackets } from '../../core/trust/packets.ts';
import type { GoodSignature, HashName, SignatureFacts } from '../../core/trust/signature-facts.ts';
import { readKeys } from './fingerprints.ts';
import { runGpg } from './gpg-program.ts';

/** Numbers of RFC 9580, 9.1 and 9.5. */
const rsaAlgorithms: readonly string[] = ['1', '3'];
const dsaAlgorithm = '17';
const hashes: Readonly<Record<string, HashName>> = {
  '2': 'sha1',
  '3': 'ripemd160',
  '8': 'sha256',
  '9': 'sha384',
  '10': 'sha512',
  '11': 'sha224',
};

const statusPrefix = '[GNUPG:] ';

export interface GpgVerifyRequest {
  readonly program: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One signature packet. */
  readonly signature: Uint8Array;
  readonly keyId: string;
  readonly data: Uint8Array;
  readonly keys: readonly Uint8Array[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Checks one signature with the gpg program, in a home of its own that holds nothing but the given keys and is removed
 * afterwards. Neither the person's keyring nor their configuration is looked at.
 *
 * @see trust-and-download.md 3.4
 */
export async function verifyWithGpg(request: GpgVerifyRequest): Promise<SignatureFacts> {
  const home = await mkdtemp(join(tmpdir(), 'zerodesk-gpg-'));
  try {
    const keyring = join(home, 'keys.gpg');
    const signature = join(home, 'signature');
    const data = join(home, 'data');
    await writeFile(keyring, Buffer.concat(request.keys), { mode: 0o600 });
    await writeFile(signature, request.signature, { mode: 0o600 });
    await writeFile(data, request.data, { mode: 0o600 });
    const options = [
      '--homedir',
      home,
      '--no-options',
      '--batch',
      '--no-tty',
      '--no-auto-key-locate',
      '--no-autostart',
    ];
    const { stdout } = await runGpg({
      program: request.program,
      args: [
        ...options,
        ...['--trust-model', 'always', '--no-default-keyring', '--keyring', keyring],
        ...['--status-fd', '1', '--verify', signature, data],
      ],
      env: { PATH: request.env['PATH'], HOME: home },
      signal: request.signal,
    });
    return readStatus(new TextDecoder().decode(stdout), request);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Makes facts of what gpg printed on its status channel about one signature. */
export function readStatus(output: string, { keyId, keys }: Pick<GpgVerifyRequest, 'keyId' | 'keys'>): SignatureFacts {
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith(statusPrefix))
    .map((line) => line.slice(statusPrefix.length).split(' '));
  const find = (name: string): readonly string[] | undefined => lines.find(([first]) => first === name)?.slice(1);
  const valid = find('VALIDSIG');
  if (valid !== undefined) return toGood(valid, { lines, keyId, keys });
  if (find('BADSIG') !== undefined) return { status: 'bad', keyId };
  const reason = find('ERRSIG')?.[5];
  if (reason === '9') return { status: 'unknown-key', keyId };
  if (reason === '4') return { status: 'unusable', keyId, reason: 'it uses an unknown method' };
  return { status: 'unusable', keyId, reason: 'it uses a method that proves nothing, or is damaged' };
}

interface StatusContext {
  readonly lines: readonly (readonly string[])[];
  readonly keyId: string;
  readonly keys: readonly Uint8Array[];
}

/** Fields of VALIDSIG: fingerprint, date, time, expiry, version, reserved, algorithm, hash, class, primary fingerprint. */
function toGood(fields: readonly string[], { lines, keyId, keys }: StatusContext): SignatureFacts {
  const [fingerprint = '', , time = '', expiry = '0', , , method = '', hashNumber = '', kind = '', primary] = fields;
  const hash = hashes[hashNumber];
  if (hash === undefined) return { status: 'unusable', keyId, reason: 'it uses a method that proves nothing' };
  if (kind !== '00' && kind !== '01')
    return { status: 'unusable', keyId, reason: 'it is not a signature of a document' };
  const algorithm: GoodSignature['algorithm'] = rsaAlgorithms.includes(method)
    ? 'rsa'
    : method === dsaAlgorithm
      ? 'dsa'
      : 'other';
  const ends = lines.filter(([name]) => name === 'KEYEXPIRED').map(([, end]) => Number(end));
  const isRevoked = lines.some(([name]) => name === 'REVKEYSIG');
  return {
    status: 'good',
    keyId,
    fingerprint: fingerprint.toUpperCase(),
    primaryFingerprint: (primary ?? fingerprint).toUpperCase(),
    createdAt: Number(time),
    expiresAt: expiry === '0' ? null : Number(expiry),
    keyExpiresAt: ends.length === 0 ? null : Math.min(...ends),
    // gpg does not tell the reason, so the worst is assumed.
    revocation: isRevoked ? { kind: 'distrusted', at: 0 } : null,
    algorithm,
    bits: algorithm === 'other' ? null : keyBits(keys, fingerprint.toUpperCase()),
    hash,
  };
}

/** Size of an RSA or DSA key: the length of the first number of its packet. RFC 9580, 5.5.2 and 5.6. */
function keyBits(keys: readonly Uint8Array[], fingerprint: string): number | null {
  const publicKey = 6;
  const publicSubkey = 14;
  for (const key of keys.flatMap((file) => readKeys(file) ?? [])) {
    const index = key.fingerprints.indexOf(fingerprint);
    const packets = (readPackets(key.bytes) ?? []).filter(({ tag }) => tag === publicKey || tag === publicSubkey);
    const body = index < 0 ? undefined : packets[index]?.body;
    if (body !== undefined) return ((body[6] ?? 0) << 8) | (body[7] ?? 0);
  }
  return null;
}
