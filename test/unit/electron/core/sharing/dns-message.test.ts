import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDns, printDns, type DnsMessage } from '../../../../../electron/core/sharing/dns-message.ts';

const answer: DnsMessage = {
  id: 7,
  isAnswer: true,
  questions: [{ name: '_0install-store._tcp.local', type: 12 }],
  records: [
    { type: 'ptr', name: '_0install-store._tcp.local', ttlSeconds: 120, target: 'a._0install-store._tcp.local' },
    { type: 'srv', name: 'a._0install-store._tcp.local', ttlSeconds: 120, port: 65_535, target: 'a.local' },
    { type: 'txt', name: 'a._0install-store._tcp.local', ttlSeconds: 70_000 },
    { type: 'a', name: 'a.local', ttlSeconds: 0, address: '10.0.0.255' },
  ],
};

describe('messages of multicast DNS', () => {
  it('are read as they were written', () => {
    expect(parseDns(printDns(answer))).toEqual(answer);
  });

  it('of others use compressed names, other classes and other types', () => {
    const bytes = [
      ...[0, 9, 0x84, 0, 0, 1, 0, 2, 0, 0, 0, 0],
      // A question whose answer may come to the asker alone.
      ...[5, ...Buffer.from('Local'), 0, 0, 12, 0x80, 1],
      // Its name again, then a type that is not known here.
      ...[0xc0, 12, 0, 28, 0x80, 1, 0, 0, 0, 1, 0, 2, 1, 2],
      ...[1, 0x61, 0xc0, 12, 0, 1, 0x80, 1, 0, 0, 0, 1, 0, 4, 10, 0, 0, 1],
    ];
    expect(parseDns(Uint8Array.from(bytes))).toEqual({
      id: 9,
      isAnswer: true,
      questions: [{ name: 'local', type: 12 }],
      records: [{ type: 'a', name: 'a.local', ttlSeconds: 1, address: '10.0.0.1' }],
    });
  });

  const header = [0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
  it.each([
    ['nothing', []],
    ['a header that is cut off', header.slice(0, 11)],
    ['a name that points at itself', [...header, 0xc0, 12, 0, 12, 0, 1]],
    ['a name that points forwards', [...header, 0xc0, 14, 0, 0, 12, 0, 1]],
    ['a label longer than it may be', [...header, 64, ...Array<number>(64).fill(97), 0, 0, 12, 0, 1]],
    [
      'a name longer than it may be',
      [...header, ...Array.from({ length: 5 }, () => [63, ...Array<number>(63).fill(97)]).flat(), 0],
    ],
    ['a dot inside a label', [...header, 3, 97, 46, 98, 0, 0, 12, 0, 1]],
    ['bytes that are no text', [...header, 1, 0xff, 0, 0, 12, 0, 1]],
    ['more entries than it has', [0, 1, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0]],
    ['thousands of entries', [0, 1, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0]],
    [
      'an address of five bytes',
      [0, 1, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 5, 1, 2, 3, 4, 5],
    ],
    ['data beyond the end', [0, 1, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3]],
  ])('that hold %s count as nothing', (_, bytes) => {
    expect(parseDns(Uint8Array.from(bytes))).toBeNull();
  });

  it('that anybody changed never break the reader', () => {
    const good = printDns(answer);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 }), (changes) => {
        const bytes = Uint8Array.from(good);
        for (const [index, value] of changes) bytes[index] = value;
        const message = parseDns(bytes);
        return message === null || message.records.length <= 64;
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseDns(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
