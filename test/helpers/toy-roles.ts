import { IntList } from '../../electron/core/solver/int-list.ts';
import {
  acceptBits,
  type Demands,
  type Need,
  type ProblemQuestion,
  type ProblemRole,
  type RoleProblem,
} from '../../electron/core/solver/roles.ts';

/** A need of a toy candidate or of its command. */
export interface ToyNeed {
  readonly role: number;
  /** Candidates that meet it. */
  readonly accepted: readonly number[];
  readonly kind: 'essential' | 'recommended' | 'restricts';
  readonly needsCommand?: boolean;
}

export interface ToyCandidate {
  readonly needs: readonly ToyNeed[];
  readonly group?: number;
  /** Absent: it has no command. */
  readonly command?: { readonly needs: readonly ToyNeed[] };
  /** Needs its own command. */
  readonly bindsItself?: boolean;
}

/** A small problem as data: every role has one command, which candidates may have or not. */
export interface Toy {
  readonly roles: readonly { readonly candidates: readonly ToyCandidate[]; readonly replacedBy?: number }[];
  readonly rootCommand: boolean;
}

/** Role r is question 2·r, its command 2·r + 1. */
export function toRoleProblem(toy: Toy): RoleProblem {
  const accepted = new IntList();
  const needs: Need[] = [];
  let demandCount = 0;
  const toNeed = (need: ToyNeed): Need => {
    const { candidates } = toy.roles[need.role]!;
    const met = new Uint8Array(candidates.length);
    for (const one of need.accepted) {
      if (need.needsCommand !== true || candidates[one]!.command !== undefined) met[one] = 1;
    }
    const start = acceptBits(accepted, met);
    const made: Need = {
      id: needs.length,
      role: need.role,
      isEssential: need.kind === 'essential',
      accepted: start,
      commands: need.needsCommand === true ? [need.role * 2 + 1] : [],
    };
    needs.push(made);
    return made;
  };
  const toDemands = (own: readonly number[], list: readonly ToyNeed[]): Demands => ({
    id: demandCount++,
    own,
    needs: list.map(toNeed),
    next: [...own, ...nextQuestions(list)],
  });
  const roles = toy.roles.map(({ candidates, replacedBy }, index): ProblemRole => ({
    question: index * 2,
    count: candidates.length,
    demands: candidates.map((one) => toDemands(one.bindsItself === true ? [index * 2 + 1] : [], one.needs)),
    kinds: Uint8Array.from(candidates, (one) => one.group ?? 0),
    excludes: replacedBy ?? -1,
  }));
  const questions = toy.roles.flatMap(({ candidates }, role): ProblemQuestion[] => {
    const having = candidates.flatMap((one, index) => (one.command === undefined ? [] : [{ index, ...one.command }]));
    const command = {
      candidates: Int32Array.from(having, (one) => one.index),
      demands: having.map((one) => toDemands([], one.needs)),
    };
    return [
      { role, command: null },
      { role, command },
    ];
  });
  return { roles, questions, root: toy.rootCommand ? 1 : 0, needs, demandCount, accepted };
}

/**
 * The best choice by trying everything, straight from the definition: of all choices that keep the rules, the one whose
 * ranks along its walk are the least, without anything the walk does not meet.
 */
export function bestByTrying(toy: Toy): readonly number[] | null {
  let best: { readonly ranks: readonly number[]; readonly choice: readonly number[] } | null = null;
  for (const choice of allChoices(toy)) {
    if (!isValid(toy, choice)) continue;
    const { ranks, visited } = walk(toy, choice);
    if (choice.some((one, question) => one >= 0 && !visited.has(question))) continue;
    if (best === null || isLess(ranks, best.ranks)) best = { ranks, choice };
  }
  return best?.choice ?? null;
}

function* allChoices(toy: Toy, start: readonly number[] = []): Generator<readonly number[]> {
  const role = toy.roles[start.length / 2];
  if (role === undefined) {
    yield start;
    return;
  }
  yield* allChoices(toy, [...start, -1, -1]);
  for (const [index, candidate] of role.candidates.entries()) {
    yield* allChoices(toy, [...start, index, -1]);
    if (candidate.command !== undefined) yield* allChoices(toy, [...start, index, index]);
  }
}

function isValid(toy: Toy, choice: readonly number[]): boolean {
  if (choice[toy.rootCommand ? 1 : 0] === -1) return false;
  const groups = new Set<number>();
  for (const [index, role] of toy.roles.entries()) {
    const candidate = role.candidates[choice[index * 2]!];
    if (candidate === undefined) continue;
    if (candidate.group !== undefined && candidate.group > 0) groups.add(candidate.group);
    if (candidate.bindsItself === true && choice[index * 2 + 1] === -1) return false;
    const active = choice[index * 2 + 1] === -1 ? [] : (candidate.command?.needs ?? []);
    if (![...candidate.needs, ...active].every((need) => isMet(need, choice))) return false;
    if (role.replacedBy !== undefined && role.replacedBy !== index && choice[role.replacedBy * 2] !== -1) return false;
  }
  return groups.size < 2;
}

function isMet(need: ToyNeed, choice: readonly number[]): boolean {
  const chosen = choice[need.role * 2]!;
  if (chosen === -1) return need.kind !== 'essential';
  if (!need.accepted.includes(chosen)) return false;
  return need.needsCommand !== true || choice[need.role * 2 + 1] !== -1;
}

function walk(toy: Toy, choice: readonly number[]): { ranks: number[]; visited: Set<number> } {
  const visited = new Set<number>();
  const ranks: number[] = [];
  const visit = (question: number): void => {
    if (visited.has(question)) return;
    visited.add(question);
    const chosen = choice[question]!;
    ranks.push(chosen === -1 ? Infinity : chosen);
    if (chosen === -1) return;
    const role = question >> 1;
    const candidate = toy.roles[role]!.candidates[chosen]!;
    if (question % 2 === 1) {
      for (const next of nextQuestions(candidate.command!.needs)) visit(next);
      visit(role * 2);
      return;
    }
    if (candidate.bindsItself === true) visit(role * 2 + 1);
    for (const next of nextQuestions(candidate.needs)) visit(next);
  };
  visit(toy.rootCommand ? 1 : 0);
  return { ranks, visited };
}

function nextQuestions(needs: readonly ToyNeed[]): number[] {
  return needs.flatMap((need) => {
    if (need.kind === 'restricts') return [];
    return need.needsCommand === true ? [need.role * 2, need.role * 2 + 1] : [need.role * 2];
  });
}

function isLess(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((rank, index) => rank !== other[index]);
  return at >= 0 && one[at]! < (other[at] ?? Infinity);
}
