import { describe, expect, it } from 'vitest';
import type { GoodSignature } from '../../../../../electron/core/trust/signature-facts.ts';
import { judgeSignature } from '../../../../../electron/core/trust/validity.ts';

const now = 1_700_000_000;
const day = 24 * 3600;

const good: GoodSignature = {
  status: 'good',
  keyId: '6BA84F2A396BFF13',
  fingerprint: '832FA0794FFBB97A905127B86BA84F2A396BFF13',
  primaryFingerprint: 'B5BF12385DF5679A543A50B5CCFAA551A537CBB6',
  createdAt: now - 100 * day,
  expiresAt: null,
  keyExpiresAt: null,
  revocation: null,
  algorithm: 'other',
  bits: null,
  hash: 'sha256',
};

function judge(change: Partial<GoodSignature>, isCached = false): string {
  const judgement = judgeSignature({ ...good, ...change }, { now, isCached });
  if (!judgement.isValid) return `refused: ${judgement.refusal.reason}`;
  const { notes, weaknesses } = judgement.signature;
  return ['valid', ...notes, ...weaknesses].join(' ');
}

describe('judgeSignature', () => {
  it.each<[string, Partial<GoodSignature>, string]>([
    ['good', {}, 'valid'],
    ['key expired after it signed', { keyExpiresAt: now - day }, 'valid key-expired'],
    ['key expires later', { keyExpiresAt: now + day }, 'valid'],
    [
      'key expired before it signed',
      { keyExpiresAt: good.createdAt - 1 },
      'refused: the key had expired when it signed',
    ],
    [
      'key expired the moment it signed',
      { keyExpiresAt: good.createdAt },
      'refused: the key had expired when it signed',
    ],
    ['key revoked', { revocation: { kind: 'distrusted', at: now } }, 'refused: the owner has revoked the key'],
    ['key retired after it signed', { revocation: { kind: 'retired', at: now - day } }, 'valid key-retired'],
    [
      'key retired before it signed',
      { revocation: { kind: 'retired', at: good.createdAt - 1 } },
      'refused: it was made after the owner had retired the key',
    ],
    ['made a day ahead', { createdAt: now + day }, 'valid'],
    [
      'made further ahead',
      { createdAt: now + day + 1 },
      'refused: it was made in the future; check the clock of this computer',
    ],
    ['SHA-1', { hash: 'sha1' }, 'valid sha1'],
    ['RIPEMD-160', { hash: 'ripemd160' }, 'valid sha1'],
    ['DSA with 1024 bits', { algorithm: 'dsa', bits: 1024 }, 'valid dsa'],
    ['DSA with 3072 bits', { algorithm: 'dsa', bits: 3072 }, 'valid'],
    ['RSA with 1024 bits', { algorithm: 'rsa', bits: 1024 }, 'valid rsa1024'],
    ['RSA with 2048 bits', { algorithm: 'rsa', bits: 2048 }, 'valid'],
    ['old key with SHA-1', { algorithm: 'dsa', bits: 1024, hash: 'sha1' }, 'valid sha1 dsa'],
  ])('%s', (_name, change, verdict) => {
    expect(judge(change)).toBe(verdict);
  });

  it('lets an expired signature count only for a feed that is here already', () => {
    expect(judge({ expiresAt: now - 1 })).toBe('refused: it has expired');
    expect(judge({ expiresAt: now - 1 }, true)).toBe('valid signature-expired');
    expect(judge({ expiresAt: now + 1 })).toBe('valid');
  });

  it('refuses what is not good', () => {
    const options = { now, isCached: true };
    const keyId = '6BA84F2A396BFF13';
    expect(judgeSignature({ status: 'bad', keyId }, options)).toMatchObject({ refusal: { cause: 'bad', keyId } });
    expect(judgeSignature({ status: 'unknown-key', keyId }, options)).toMatchObject({
      refusal: { cause: 'unknown-key' },
    });
    expect(judgeSignature({ status: 'unusable', keyId, reason: 'no' }, options)).toMatchObject({
      isValid: false,
      refusal: { cause: 'refused', reason: 'no' },
    });
  });
});
