import { describe, expect, it } from 'vitest';
import { mergeKeys } from '../../../../../electron/core/trust/merge-keys.ts';

const packet = (tag: number, ...content: number[]): number[] => [0x80 | (tag << 2), content.length, ...content];
const signature = (value: number): number[] => packet(2, 4, value);
const primary = packet(6, 4, 1);
const user = packet(13, 65);
const other = packet(13, 66);
const subkey = packet(14, 4, 2);
const key = (...packets: number[][]): Uint8Array => Uint8Array.from(packets.flat());

const merge = (a: Uint8Array, b: Uint8Array, limit = 1000): Uint8Array => mergeKeys(a, b, limit);

describe('mergeKeys', () => {
  it('keeps a revocation that the other copy does not have', () => {
    const revoked = key(primary, signature(9), user, signature(1));
    const stripped = key(primary, user, signature(1));
    expect(merge(revoked, stripped)).toEqual(revoked);
    expect(merge(stripped, revoked)).toEqual(revoked);
  });

  it('adds what is new where it belongs', () => {
    const old = key(primary, user, signature(1), subkey, signature(2));
    const fresh = key(
      primary,
      user,
      signature(1),
      signature(3),
      other,
      signature(4),
      subkey,
      signature(2),
      signature(5),
    );
    expect(merge(old, fresh)).toEqual(
      key(primary, user, signature(1), signature(3), other, signature(4), subkey, signature(2), signature(5)),
    );
  });

  it('changes nothing when nothing is new, or when it would grow without end', () => {
    const old = key(primary, user, signature(1));
    expect(merge(old, old)).toEqual(old);
    expect(merge(old, key(primary, user, signature(2)), old.length)).toBe(old);
  });
});
