// The declaration is of a package, not of a module that could be imported.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./logic-solver.d.ts" />
import logic, { type Solution, type Solver } from 'logic-solver';
import { isTrue, type Problem } from './problem.ts';
import type { SatAnswer, SatPort } from './sat-port.ts';

/**
 * The same answers from MiniSat, by asking for each pick whether it is possible. Much slower than our own engine, but it
 * shares nothing with it but the problem: an independent second opinion for tests and doubts.
 */
export const secondEngine: SatPort = {
  solve(problem, shouldStop) {
    if (problem.isImpossible) return { status: 'impossible', conflicts: 0 };
    const solver = new logic.Solver();
    requireAll(problem, solver);
    return walk(problem, solver, shouldStop);
  },
};

const term = (literal: number): string => `${(literal & 1) === 1 ? '-' : ''}v${literal >> 1}`;

function requireAll(problem: Problem, solver: Solver): void {
  for (let question = 0; question < problem.first.length; question++) {
    const members = membersOf(problem, question).map((member) => term(isTrue(member)));
    if (members.length > 1) solver.require(logic.atMostOne(...members));
  }
  for (let from = 0; from < problem.variableCount * 2; from++) {
    for (let at = problem.impliedStart[from]!; at < problem.impliedStart[from + 1]!; at++) {
      solver.require(logic.or(term(from ^ 1), term(problem.impliedItems[at]!)));
    }
  }
  for (let at = 0; at < problem.clauses.length; at += problem.clauses[at]! + 1) {
    const literals = problem.clauses.subarray(at + 1, at + 1 + problem.clauses[at]!);
    solver.require(logic.or(...Array.from(literals, term)));
  }
  for (let variable = 0; variable < problem.variableCount; variable++) {
    const question = problem.limitedQuestion[variable]!;
    if (question < 0) continue;
    const start = problem.limitBits[variable]!;
    for (const [index, member] of membersOf(problem, question).entries()) {
      if (((problem.bits[start + (index >> 5)]! >>> (index & 31)) & 1) === 1) continue;
      solver.require(logic.or(`-v${variable}`, `-v${member}`));
    }
  }
  for (const fact of problem.facts) solver.require(logic.or(term(fact)));
}

function walk(problem: Problem, solver: Solver, shouldStop: (() => boolean) | undefined): SatAnswer {
  let witness = withAllVariables(solver.solve());
  if (witness === null) return { status: 'impossible', conflicts: 0 };
  const visited = new Set<number>();
  const pending = [problem.root];
  for (let question = pending.pop(); question !== undefined; question = pending.pop()) {
    if (visited.has(question)) continue;
    if (shouldStop?.() === true) return { status: 'stopped' };
    visited.add(question);
    for (const member of membersOf(problem, question)) {
      const found: Solution | null = witness.evaluate(`v${member}`)
        ? witness
        : withAllVariables(solver.solveAssuming(`v${member}`));
      solver.require(logic.or(`${found === null ? '-' : ''}v${member}`));
      if (found === null) continue;
      witness = found;
      const list = problem.nextOf[member]!;
      if (list < 0) break;
      const next = problem.nextItems.subarray(problem.nextStart[list], problem.nextStart[list + 1]);
      pending.push(...Array.from(next).reverse());
      break;
    }
  }
  return { status: 'solved', chosen: chosenOf(problem, leastModel(problem, solver, witness)), conflicts: 0 };
}

/** Variables that no rule mentions are unknown to MiniSat; they count as false. */
function withAllVariables(solution: Solution | null): Solution | null {
  solution?.ignoreUnknownVariables();
  return solution;
}

/** Makes everything false that may be, the last first. */
function leastModel(problem: Problem, solver: Solver, witness: Solution): Solution {
  let model = witness;
  for (let variable = problem.variableCount - 1; variable >= 0; variable--) {
    const name = `v${variable}`;
    const found = model.evaluate(name) ? withAllVariables(solver.solveAssuming(`-${name}`)) : model;
    if (found !== null) model = found;
    solver.require(logic.or(found === null ? name : `-${name}`));
  }
  return model;
}

function chosenOf(problem: Problem, model: Solution): Int32Array {
  return problem.first.map((_, question) => membersOf(problem, question).findIndex((one) => model.evaluate(`v${one}`)));
}

function membersOf(problem: Problem, question: number): readonly number[] {
  const first = problem.first[question]!;
  return Array.from({ length: problem.count[question]! }, (_, index) => first + index);
}
