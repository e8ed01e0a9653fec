import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterTrial, mostTrials, nextTrial, type Bisection } from '../../../shared/bisection.ts';

it('finds the first bad entry in at most ⌈log2 n⌉ trials, wherever it is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 499 }), (bad, place) => {
      const firstBad = 1 + (place % bad);
      let range: Bisection = { good: 0, bad };
      const most = Math.ceil(Math.log2(bad));
      expect(mostTrials(range)).toBe(most);
      let trials = 0;
      for (let index = nextTrial(range); index !== null; index = nextTrial(range)) {
        trials += 1;
        range = afterTrial(range, index, index < firstBad);
        expect(trials + mostTrials(range)).toBeLessThanOrEqual(most);
      }
      expect(range).toEqual({ good: firstBad - 1, bad: firstBad });
      expect(trials).toBeLessThanOrEqual(most);
    }),
  );
});
