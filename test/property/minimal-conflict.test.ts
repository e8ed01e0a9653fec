import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDeadEnd } from '../../electron/core/solver/dead-ends.ts';
import { encode } from '../../electron/core/solver/encode.ts';
import { ownEngine } from '../../electron/core/solver/engine.ts';
import { keepRules } from '../../electron/core/solver/keep-rules.ts';
import { minimalConflict } from '../../electron/core/solver/minimal-conflict.ts';
import { rulesOf, type Bar, type RoleRule } from '../../electron/core/solver/role-rules.ts';
import { toys } from '../helpers/random-toys.ts';
import { bestByTrying, toRoleProblem, type Toy, type ToyCandidate, type ToyNeed } from '../helpers/toy-roles.ts';

const anyToy = toys(['essential', 'essential', 'recommended', 'restricts'], { roles: 3, candidates: 3 });

/** Toys with some candidates barred for one of two reasons. */
const barredToys = anyToy.chain((toy) =>
  fc
    .tuple(
      ...toy.roles.map(({ candidates }, role) =>
        fc
          .tuple(
            ...['one', 'other'].map((label) =>
              fc.subarray([...candidates.keys()]).map((barred) => ({ label, barred })),
            ),
          )
          .map((bars) => bars.map(({ label, barred }): Bar => ({ role, candidates: barred, label }))),
      ),
    )
    .map((bars) => ({ toy, bars: bars.flat().filter(({ candidates }) => candidates.length > 0) })),
);

/** The toy with only these rules, written down independently of the code under test: as data, with needs taken out. */
function keepInToy(toy: Toy, kept: readonly RoleRule[]): Toy {
  const keptNeeds = new Set(kept.flatMap((rule) => (rule.type === 'need' ? [rule.need.id] : [])));
  const has = (type: RoleRule['type'], role: number) =>
    kept.some((rule) => {
      if (rule.type !== type) return false;
      if (rule.type === 'exclusion') return rule.role === role;
      return rule.type === 'own-command' ? rule.question === role * 2 : true;
    });
  // Needs are numbered in this order.
  let id = 0;
  const own = toy.roles.map(({ candidates }) => candidates.map(({ needs }) => pick(needs)));
  const ofCommands = toy.roles.map(({ candidates }) =>
    candidates.map(({ command }) => (command ? pick(command.needs) : [])),
  );
  function pick(needs: readonly ToyNeed[]): readonly ToyNeed[] {
    return needs.filter(() => keptNeeds.has(id++));
  }
  const roles = toy.roles.map(({ candidates, replacedBy }, role) => ({
    candidates: candidates.map(({ group, command, bindsItself }, index): ToyCandidate => {
      const isBarred = kept.some(
        (rule) => rule.type === 'bar' && rule.role === role && rule.candidates.includes(index),
      );
      const impossible: ToyNeed = { role, accepted: [], kind: 'essential' };
      return {
        needs: [...own[role]![index]!, ...(isBarred ? [impossible] : [])],
        ...(group !== undefined && has('kinds', role) ? { group } : {}),
        ...(command ? { command: { needs: ofCommands[role]![index]! } } : {}),
        bindsItself: bindsItself === true && has('own-command', role),
      };
    }),
    ...(replacedBy !== undefined && has('exclusion', role) ? { replacedBy } : {}),
  }));
  return { roles, rootCommand: toy.rootCommand && has('root-command', 0) };
}

const canHold = (toy: Toy, rules: readonly RoleRule[]) => bestByTrying(keepInToy(toy, rules)) !== null;

describe('the minimal conflict', () => {
  it('cannot hold, and each of its rules is needed for that', () => {
    let found = 0;
    fc.assert(
      fc.property(barredToys, fc.nat(), ({ toy, bars }, near) => {
        const problem = toRoleProblem(toy);
        const conflict = minimalConflict(problem, bars, { engine: ownEngine, near: [near % toy.roles.length] });
        expect(conflict === null).toBe(canHold(toy, rulesOf(problem, bars)));
        if (conflict === null) return;
        found++;
        const { rules, isMinimal } = conflict;
        expect(isMinimal).toBe(true);
        expect(canHold(toy, rules)).toBe(false);
        for (const left of rules)
          expect(
            canHold(
              toy,
              rules.filter((rule) => rule !== left),
            ),
          ).toBe(true);
      }),
      { numRuns: 600 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('is found in what a problem without some of its rules comes down to', () => {
    const withSome = barredToys.chain(({ toy, bars }) => {
      const rules = rulesOf(toRoleProblem(toy), bars);
      return fc.subarray([...rules]).map((kept) => ({ toy, bars, places: kept.map((rule) => rules.indexOf(rule)) }));
    });
    fc.assert(
      fc.property(withSome, ({ toy, bars, places }) => {
        const problem = toRoleProblem(toy);
        const all = rulesOf(problem, bars);
        const kept = places.map((place) => all[place]!);
        const answer = ownEngine.solve(encode(keepRules(problem, kept), false));
        expect(answer.status === 'solved').toBe(canHold(toy, kept));
      }),
      { numRuns: 800 },
    );
  });

  it('is given as far as it is known when the time is over', () => {
    const need = (accepted: number, role = 1): ToyNeed => ({ role, accepted: [accepted], kind: 'essential' });
    const library = { candidates: [{ needs: [] }, { needs: [] }] };
    const options = { engine: ownEngine, near: [1] };
    // Two needs that exclude each other take a search.
    const pair = toRoleProblem({
      roles: [{ candidates: [{ needs: [need(0), need(1)] }] }, library],
      rootCommand: false,
    });
    expect(minimalConflict(pair, [], { ...options, maxChecks: 0 })).toBeNull();
    expect(minimalConflict(pair, [], { ...options, maxChecks: 1 })).toMatchObject({ isMinimal: false });
    expect(minimalConflict(pair, [], options)).toMatchObject({ isMinimal: true, rules: [{}, {}] });
    // A dead end is seen without any.
    const missing = toRoleProblem({
      roles: [{ candidates: [{ needs: [need(2), need(0)] }] }, library],
      rootCommand: false,
    });
    expect(minimalConflict(missing, [], { ...options, maxChecks: 0 })).toMatchObject({ isMinimal: false, rules: [{}] });
    expect(minimalConflict(missing, [], options)).toMatchObject({ isMinimal: true, rules: [{}] });
  });

  it('begins with a dead end where there is one, which cannot hold either', () => {
    let found = 0;
    fc.assert(
      fc.property(barredToys, ({ toy, bars }) => {
        const deadEnd = findDeadEnd(toRoleProblem(toy), rulesOf(toRoleProblem(toy), bars));
        if (deadEnd === null) return;
        found++;
        expect(canHold(toy, deadEnd)).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(50);
  });
});
