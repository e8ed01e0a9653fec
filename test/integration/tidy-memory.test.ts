import { getHeapSpaceStatistics } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { createMemoryTidier } from '../../electron/adapters/solver/tidy-memory.ts';

const minBytes = 200_000;

function youngBytes(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space?.space_used_size ?? NaN;
}

/** Leaves more young garbage than is let lie; the engine may collect in the meantime. */
function litter(): void {
  for (let count = 0; youngBytes() < 2 * minBytes && count < 100_000; count++) {
    Array.from({ length: 16 }, (_, index) => ({ index }));
  }
}

describe('the memory tidier', () => {
  it('frees young garbage that is much', () => {
    const tidy = createMemoryTidier(minBytes);
    litter();
    const before = youngBytes();
    expect(before).toBeGreaterThan(minBytes);
    tidy();
    expect(youngBytes()).toBeLessThan(before - minBytes / 2);
  });

  it('lets lie what is little', () => {
    const tidy = createMemoryTidier(1e9);
    litter();
    const before = youngBytes();
    tidy();
    expect(youngBytes()).toBeGreaterThanOrEqual(before);
  });
});
