import { describe, expect, it } from 'vitest';
import { checkBindings } from '../helpers/random-bindings.ts';
import { hasReference } from '../helpers/reference.ts';

// Ten times as many are in test/soak/random-bindings.test.ts.
describe.skipIf(!hasReference())('random bindings', () => {
  it('give a program the same arguments and environment as in the reference', { timeout: 120_000 }, () => {
    const { started, fast } = checkBindings(50);
    expect(started).toBeGreaterThan(10);
    expect(fast).toBeGreaterThan(5);
  });
});
