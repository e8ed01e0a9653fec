import fc from 'fast-check';
import type { Toy, ToyCandidate, ToyNeed } from './toy-roles.ts';

const maxRoles = 4;
const maxCandidates = 3;

/** Small problems of all shapes. */
export const toys = (kinds: readonly ToyNeed['kind'][], size = { roles: maxRoles, candidates: maxCandidates }) =>
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
