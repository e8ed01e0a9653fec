import { describe, it } from 'vitest';
import { checkBindings } from '../helpers/random-bindings.ts';
import { hasReference } from '../helpers/reference.ts';

// The same with a tenth of the worlds is in test/integration/random-bindings.test.ts.
describe.skipIf(!hasReference())('random bindings', () => {
  it('give a program the same arguments and environment as in the reference', () => {
    checkBindings(500);
  });
});
