import { describe, it } from 'vitest';
import { checkWorlds } from '../helpers/random-world/check.ts';
import { hasReference } from '../helpers/reference.ts';

// The same with a tenth of the worlds is in test/integration/random-worlds.test.ts.
const count = 2000;

describe.skipIf(!hasReference())('random worlds', () => {
  it('the reference gives the same answers', async () => {
    await checkWorlds(count, 'reference');
  });
});

it('MiniSat gives the same answers in random worlds', async () => {
  await checkWorlds(count, 'second-engine');
});
