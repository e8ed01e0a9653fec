import { describe, it } from 'vitest';
import { hasReference } from '../helpers/reference.ts';
import { checkWorlds } from '../helpers/random-world/check.ts';

// The same with ten times as many worlds is in test/soak/random-worlds.test.ts.
const count = 200;
/** Each world starts a process or a MiniSat of its own, which takes its time on a busy machine. */
const timeoutMs = 180_000;

describe.skipIf(!hasReference())('random worlds', () => {
  it('the reference gives the same answers', { timeout: timeoutMs }, async () => {
    await checkWorlds(count, 'reference');
  });
});

it('MiniSat gives the same answers in random worlds', { timeout: timeoutMs }, async () => {
  await checkWorlds(count, 'second-engine');
});
