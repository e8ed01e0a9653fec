import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../electron/core/solver/encode.ts';
import { createEngine, ownEngine } from '../../electron/core/solver/engine.ts';
import { secondEngine } from '../../electron/core/solver/second-engine.ts';
import { solveRoles } from '../../electron/core/solver/solve.ts';
import { toys } from '../helpers/random-toys.ts';
import { bestByTrying, toRoleProblem } from '../helpers/toy-roles.ts';

/** Each problem starts a MiniSat of its own, which takes its time on a busy machine. */
const minisatTimeoutMs = 60_000;

const anyToy = toys(['essential', 'essential', 'recommended', 'restricts']);

describe('the best choice', () => {
  it('is what trying everything finds', () => {
    fc.assert(
      fc.property(anyToy, (toy) => {
        const expected = bestByTrying(toy);
        const answer = solveRoles(toRoleProblem(toy), ownEngine);
        expect(answer.status).toBe(expected === null ? 'impossible' : 'solved');
        if (answer.status === 'solved') expect(Array.from(answer.choice)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it(
    'is the same from MiniSat, whenever our engine changes its method',
    () => {
      const eager = createEngine({ firstBudget: 1 });
      const larger = toys(['essential', 'essential', 'recommended', 'restricts'], { roles: 9, candidates: 5 });
      fc.assert(
        fc.property(larger, (toy) => {
          for (const withStandIns of [false, true]) {
            const problem = encode(toRoleProblem(toy), withStandIns);
            const expected = { ...secondEngine.solve(problem), conflicts: 0 };
            expect({ ...eager.solve(problem), conflicts: 0 }).toEqual(expected);
            expect({ ...ownEngine.solve(problem), conflicts: 0 }).toEqual(expected);
          }
        }),
        { numRuns: 40 },
      );
    },
    minisatTimeoutMs,
  );
});
