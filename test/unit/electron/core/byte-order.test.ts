import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareBytes } from '../../../../electron/core/byte-order.ts';

it('orders texts as their UTF-8 bytes', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\uffee', '\u{1f600}', '\u{10ffff}'), maxLength: 4 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2000 },
  );
});
