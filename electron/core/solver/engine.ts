import { Assignment, noReason } from './assignment.ts';
import { Learner } from './learner.ts';
import { isFalse, isTrue, type Problem } from './problem.ts';
import type { SatAnswer, SatPort } from './sat-port.ts';
import { VariableHeap } from './variable-heap.ts';
import { Walk } from './walk.ts';

const restartUnit = 64;
/** How many more learnt clauses are kept after each clean-up. */
const learntLimitStep = 1000;
const conflictsBetweenStopChecks = 64;

/**
 * Our own conflict-driven engine. It alternates between two methods, which share all that was learnt:
 *
 * - *Walking*: the first open member of the first open question is simply tried. Whatever is refuted on the way follows
 *   from the rules and older decisions, so when the walk ends its answers are the best ones. Fast if there is little to
 *   regret, but a bad pick deep in a hard part is regretted again and again.
 * - *Testing*: the first open member is tried, and a search that is free to branch where the conflicts are finds out
 *   whether it can be part of any model. A model found is kept as witness: members that agree with it need no test.
 *
 * Neither changes the answer, and answers proved by a test hold for good.
 */
export const ownEngine: SatPort = createEngine();

/** Our engine with other limits, which change its speed only. */
export function createEngine({ firstBudget = 300, learntLimit = 4000 }: EngineLimits = {}): SatPort {
  return {
    solve: (problem, shouldStop) =>
      problem.isImpossible ? impossible(0) : new Search(problem, firstBudget, learntLimit).run(shouldStop),
  };
}

export interface EngineLimits {
  /** Conflicts before the first change of method; doubled every second change. */
  readonly firstBudget?: number;
  /** Learnt clauses kept before the first clean-up. */
  readonly learntLimit?: number;
}

const impossible = (conflicts: number): SatAnswer => ({ status: 'impossible', conflicts });

class Search {
  readonly #problem: Problem;
  readonly #assignment: Assignment;
  readonly #learner: Learner;
  readonly #walk: Walk;
  /** By question: the member that was proved to be the answer, or -1. */
  readonly #proved: Int32Array;
  #witness: Int8Array | null = null;
  #isTesting = false;
  /** The level of the member under test; 0 if there is none. */
  #testLevel = 0;
  #conflicts = 0;
  #budget: number;
  #budgetLeft: number;
  #restarts = 0;
  #restartIn = 0;
  #learntLimit: number;
  /** Variables from here on are set when the walk has ended. */
  #unneeded: number;

  constructor(problem: Problem, firstBudget: number, learntLimit: number) {
    this.#problem = problem;
    this.#budget = firstBudget;
    this.#budgetLeft = firstBudget;
    this.#learntLimit = learntLimit;
    this.#unneeded = problem.variableCount;
    this.#assignment = new Assignment(problem);
    this.#learner = new Learner(this.#assignment);
    this.#walk = new Walk(this.#assignment);
    this.#proved = new Int32Array(problem.first.length).fill(-1);
  }

  run(shouldStop: (() => boolean) | undefined): SatAnswer {
    const assignment = this.#assignment;
    if (!this.#assumeFacts()) return impossible(0);
    for (;;) {
      if (!assignment.propagate()) {
        if (assignment.levelCount === 0) return impossible(this.#conflicts);
        this.#learn();
        if (this.#conflicts % conflictsBetweenStopChecks === 0 && shouldStop?.() === true) return { status: 'stopped' };
      } else if (this.#testLevel > 0) this.#searchOn();
      else if (!this.#walkOn()) return this.#solved();
    }
  }

  #assumeFacts(): boolean {
    for (const literal of this.#problem.facts) {
      const value = this.#assignment.value[literal]!;
      if (value < 0) return false;
      if (value === 0) this.#assignment.assign(literal, noReason);
    }
    return true;
  }

  #learn(): void {
    const assignment = this.#assignment;
    this.#conflicts++;
    this.#learner.learn((level) => this.#backTo(level));
    if (--this.#budgetLeft <= 0) this.#changeMethod();
    else if (this.#testLevel > 0 && --this.#restartIn <= 0) {
      this.#planRestart();
      this.#backTo(this.#testLevel);
    }
    if (assignment.clauses.learntCount > this.#learntLimit) this.#forget();
  }

  #backTo(level: number): void {
    this.#assignment.backTo(level);
    this.#walk.backTo(level);
    this.#unneeded = this.#problem.variableCount;
    if (level < this.#testLevel) this.#testLevel = 0;
  }

  #changeMethod(): void {
    this.#isTesting = !this.#isTesting;
    if (!this.#isTesting) this.#budget *= 2;
    this.#budgetLeft = this.#budget;
    this.#backTo(0);
    if (!this.#isTesting || this.#assignment.heap !== null) return;
    const heap = new VariableHeap(this.#learner.activity);
    for (let variable = 0; variable < this.#problem.variableCount; variable++) heap.insert(variable);
    this.#assignment.heap = heap;
  }

  /** Takes the next step of the walk; false when it has come to its end. */
  #walkOn(): boolean {
    const member = this.#walk.next();
    if (member < 0) return this.#completeOn();
    const proved = this.#proved[this.#walk.question]!;
    this.#walk.save();
    if (proved >= 0) this.#assignment.decide(isTrue(proved));
    else {
      this.#assignment.decide(isTrue(member));
      if (!this.#isTesting) return true;
      if (this.#witness?.[isTrue(member)] === 1) this.#proved[this.#walk.question] = member;
      else {
        this.#testLevel = this.#assignment.levelCount;
        this.#restarts = 0;
        this.#planRestart();
      }
    }
    return true;
  }

  /** Decides the next variable of a test, or ends the test with a model. */
  #searchOn(): void {
    const { heap, value, lastSign } = this.#assignment;
    for (let variable = heap?.pop() ?? -1; variable >= 0; variable = heap?.pop() ?? -1) {
      if (value[isTrue(variable)] !== 0) continue;
      this.#assignment.decide(isTrue(variable) + lastSign[variable]!);
      return;
    }
    const witness = value.slice();
    const level = this.#testLevel;
    this.#testLevel = 0;
    this.#witness = witness;
    this.#backTo(level);
    const { question } = this.#walk;
    this.#proved[question] = this.#assignment.chosen[question]!;
  }

  /**
   * If something is true that was never asked for, its needs must be met too, with as little as possible: everything else
   * becomes false, the last first, so that of a question's members the best one is left.
   */
  #completeOn(): boolean {
    const { variableCount } = this.#problem;
    if (this.#unneeded === variableCount && !this.#walk.hasUnasked()) return false;
    const { value } = this.#assignment;
    do this.#unneeded--;
    while (this.#unneeded >= 0 && value[isTrue(this.#unneeded)] !== 0);
    if (this.#unneeded < 0) return false;
    this.#assignment.decide(isFalse(this.#unneeded));
    return true;
  }

  #planRestart(): void {
    this.#restartIn = luby(++this.#restarts) * restartUnit;
  }

  #forget(): void {
    const { clauses, reason, trail, trailSize } = this.#assignment;
    const needed = new Set<number>();
    for (let at = 0; at < trailSize; at++) {
      const because = reason[trail[at]! >> 1]!;
      if (because > 0) needed.add(because);
    }
    const moved = clauses.reduce((clause) => needed.has(clause));
    for (let at = 0; at < trailSize; at++) {
      const variable = trail[at]! >> 1;
      if (reason[variable]! > 0) reason[variable] = moved.get(reason[variable]!)!;
    }
    this.#learntLimit += learntLimitStep;
  }

  #solved(): SatAnswer {
    const { first } = this.#problem;
    const chosen = this.#assignment.chosen.map((member, question) => (member < 0 ? -1 : member - first[question]!));
    return { status: 'solved', chosen, conflicts: this.#conflicts };
  }
}

/** 1, 1, 2, 1, 1, 2, 4, 1, 1, 2, …: good lengths for tries whose running time is unknown. */
function luby(index: number): number {
  let size = 1;
  while (size < index + 1) size *= 2;
  if (size === index + 1) return size / 2;
  return luby(index - (size / 2 - 1));
}
