import { describe, expect, it } from 'vitest';
import { createEngine, ownEngine } from '../../../../../electron/core/solver/engine.ts';
import { encode } from '../../../../../electron/core/solver/encode.ts';
import { secondEngine } from '../../../../../electron/core/solver/second-engine.ts';
import { solveRoles } from '../../../../../electron/core/solver/solve.ts';
import { toRoleProblem, type Toy, type ToyCandidate, type ToyNeed } from '../../../../helpers/toy-roles.ts';

const needs = (role: number, accepted: readonly number[]): ToyNeed => ({ role, accepted, kind: 'essential' });
const restricts = (role: number, accepted: readonly number[]): ToyNeed => ({ role, accepted, kind: 'restricts' });
const plain: ToyCandidate = { needs: [] };

function solve(toy: Toy, engine = ownEngine): unknown {
  const answer = solveRoles(toRoleProblem(toy), engine);
  if (answer.status === 'solved') return Array.from(answer.choice);
  return answer.status === 'impossible' ? { closest: Array.from(answer.closest) } : answer.status;
}

/** Role and command alternate in a choice; this is what a role without its command looks like. */
const only = (...candidates: readonly number[]) => candidates.flatMap((candidate) => [candidate, -1]);

describe('solveRoles', () => {
  const one: readonly ToyCandidate[] = [{ needs: [restricts(2, [1])] }, plain];
  const two: readonly ToyCandidate[] = [{ needs: [restricts(1, [1])] }, plain];

  it('gives the first of two dependencies its best candidate', () => {
    const root = { candidates: [{ needs: [needs(1, [0, 1]), needs(2, [0, 1])] }] };
    expect(solve({ roles: [root, { candidates: one }, { candidates: two }], rootCommand: false })).toEqual(
      only(0, 0, 1),
    );
  });

  it('prefers the best root even if all else gets worse', () => {
    const root = { candidates: [{ needs: [needs(1, [1])] }, { needs: [needs(1, [0])] }] };
    expect(solve({ roles: [root, { candidates: [plain, plain] }], rootCommand: false })).toEqual(only(0, 1));
  });

  it('never mixes machine groups', () => {
    const roles = [
      { candidates: [{ needs: [needs(1, [0, 1])], group: 1 }] },
      {
        candidates: [
          { needs: [], group: 2 },
          { needs: [], group: 1 },
        ],
      },
    ];
    expect(solve({ roles, rootCommand: false })).toEqual(only(0, 1));
  });

  it('never fills a role together with its replacement', () => {
    const roles = [
      { candidates: [{ needs: [needs(1, [0]), { ...needs(2, [0]), kind: 'recommended' as const }] }] },
      { candidates: [plain], replacedBy: 2 },
      { candidates: [plain] },
    ];
    expect(solve({ roles, rootCommand: false })).toEqual(only(0, 0, -1));
  });

  it('puts stand-ins where nothing fits and keeps the best root', () => {
    const roles = [
      { candidates: [{ needs: [needs(1, [])] }, { needs: [needs(1, [])] }] },
      { candidates: [plain, plain] },
    ];
    expect(solve({ roles, rootCommand: false })).toEqual({ closest: only(0, 2) });
  });

  it('puts a stand-in for the root if there is no candidate at all', () => {
    expect(solve({ roles: [{ candidates: [] }], rootCommand: true })).toEqual({ closest: [0, 0] });
  });

  it('leaves out what no rule mentions, with both engines', () => {
    const toy = {
      roles: [{ candidates: [{ needs: [restricts(1, [0])] }] }, { candidates: [plain] }],
      rootCommand: false,
    };
    expect(solve(toy)).toEqual(only(0, -1));
    expect(solve(toy, secondEngine)).toEqual(only(0, -1));
  });

  it('meets the needs of a command that only a restriction asked for', () => {
    const roles = [
      { candidates: [{ needs: [needs(1, [0]), { ...restricts(1, [0]), needsCommand: true }] }] },
      { candidates: [{ needs: [], command: { needs: [needs(2, [0, 1])] } }] },
      { candidates: [plain, plain] },
    ];
    const toy = { roles, rootCommand: false };
    expect(solve(toy)).toEqual(solve(toy, secondEngine));
    expect(solve(toy)).toEqual([0, -1, 0, 0, 0, -1]);
  });

  it('stops when asked to', () => {
    const pigeons = 9;
    const holes = Array.from({ length: pigeons - 1 }, (_, hole) => hole);
    const roles = Array.from({ length: pigeons + 1 }, (_, role) => ({
      candidates:
        role === 0
          ? [{ needs: Array.from({ length: pigeons }, (__, pigeon) => needs(pigeon + 1, holes)) }]
          : holes.map((hole) => ({
              needs: Array.from({ length: pigeons - role }, (__, other) =>
                restricts(
                  role + other + 1,
                  holes.filter((one) => one !== hole),
                ),
              ),
            })),
    }));
    const problem = encode(toRoleProblem({ roles, rootCommand: false }), false);
    let asked = 0;
    expect(ownEngine.solve(problem, () => ++asked === 2).status).toBe('stopped');
    const forgetful = createEngine({ firstBudget: 20, learntLimit: 30 });
    expect(forgetful.solve(problem).status).toBe('impossible');
  });
});
