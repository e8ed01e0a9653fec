import { encode } from './encode.ts';
import type { RoleProblem } from './roles.ts';
import type { SatPort } from './sat-port.ts';

/** By question: the chosen candidate, or -1. In a closest match the number of candidates stands for the stand-in. */
export type Choice = Int32Array;

export type RoleAnswer =
  | { readonly status: 'solved'; readonly choice: Choice; readonly conflicts: number }
  | { readonly status: 'impossible'; readonly closest: Choice; readonly conflicts: number }
  | { readonly status: 'stopped' };

/**
 * Finds the best choice of candidates, or the closest match if there is none.
 *
 * @see selection.md 10 and 12
 */
export function solveRoles(problem: RoleProblem, engine: SatPort, shouldStop?: () => boolean): RoleAnswer {
  const answer = engine.solve(encode(problem, false), shouldStop);
  if (answer.status === 'stopped') return answer;
  if (answer.status === 'solved') {
    return { status: 'solved', choice: toCandidates(problem, answer.chosen), conflicts: answer.conflicts };
  }
  const closest = engine.solve(encode(problem, true), shouldStop);
  if (closest.status === 'stopped') return closest;
  if (closest.status === 'impossible') throw new Error('A problem with stand-ins has no solution');
  return {
    status: 'impossible',
    closest: toCandidates(problem, closest.chosen),
    conflicts: answer.conflicts + closest.conflicts,
  };
}

/** Members of a command's question are counted among those that have the command. */
function toCandidates(problem: RoleProblem, chosen: Int32Array): Choice {
  return chosen.map((member, question) => {
    const { role, command } = problem.questions[question]!;
    if (member < 0 || command === null) return member;
    return command.candidates[member] ?? problem.roles[role]!.count;
  });
}
