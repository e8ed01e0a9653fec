import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../electron/core/solver/encode.ts';
import { createEngine, ownEngine } from '../../electron/core/solver/engine.ts';
import { secondEngine } from '../../electron/core/solver/second-engine.ts';
import { solveRoles } from '../../electron/core/solver/solve.ts';
import { bestByTrying, toRoleProblem, type Toy, type ToyCandidate, type ToyNeed } from '../helpers/toy-roles.ts';

/** Each problem starts a MiniSat of its own, which takes its time on a busy machine. */
const minisatTimeoutMs = 60_000;

const maxRoles = 4;
const maxCandidates = 3;

const toys = (kinds: readonly ToyNeed['kind'][], size = { roles: maxRoles, candidates: maxCandidates }) =>
  fc
    .array(fc.integer({ min: 0, max: size.candidates }), { minLength: 1, maxLength: size.roles })
    .chain((counts): fc.Arbitrary<Toy> => {
      const need = fc.nat({ max: counts.length - 1 }).chain((role): fc.Arbitrary<ToyNeed> =>
        fc.record({
          role: fc.constant(role),
          accepted: fc.subarray(Array.from({ length: counts[role]! }, (_, index) => index)),
          kind: fc.constantFrom(...kinds),
          needsCommand: fc.boolean(),
        }),
      );
      // A restriction that needs a command selects something no question asked for; that has a test of its own.
      const needs = fc
        .array(need, { maxLength: 3 })
        .map((list) => list.map((one) => (one.kind === 'restricts' ? { ...one, needsCommand: false } : one)));
      const candidate = fc.record(
        {
          needs,
          group: fc.constantFrom(0, 0, 1, 2),
          command: fc.record({ needs }),
          bindsItself: fc.boolean(),
        },
        { requiredKeys: ['needs'] },
      ) as fc.Arbitrary<ToyCandidate>;
      const role = (index: number) =>
        fc.record({
          candidates: fc.array(candidate, { minLength: counts[index]!, maxLength: counts[index]! }),
          replacedBy: fc.oneof(
            { weight: 4, arbitrary: fc.constant(-1) },
            { weight: 1, arbitrary: fc.nat({ max: counts.length - 1 }) },
          ),
        });
      return fc.record({ roles: fc.tuple(...counts.map((_, index) => role(index))), rootCommand: fc.boolean() });
    })
    .map((toy): Toy => ({
      ...toy,
      roles: toy.roles.map(({ candidates, replacedBy }) =>
        replacedBy === undefined || replacedBy < 0 ? { candidates } : { candidates, replacedBy },
      ),
    }));

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
