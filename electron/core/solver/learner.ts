import type { Assignment } from './assignment.ts';
import { noReason } from './assignment.ts';
import { clauseHeader } from './clauses.ts';
import { IntList } from './int-list.ts';

const activityDecay = 0.95;
const activityLimit = 1e100;

/**
 * Learns from conflicts. The clause learnt has exactly one literal from the level of the conflict (the first unique
 * implication point), so that it forces that literal as soon as the level is taken back.
 */
export class Learner {
  /** By variable: how often it took part in recent conflicts. */
  readonly activity: Float64Array;
  readonly #assignment: Assignment;
  readonly #seen: Uint8Array;
  readonly #levelSeen: Int32Array;
  readonly #marked = new IntList();
  #literals = new Int32Array(64);
  #size = 0;
  #step = 1;
  #round = 0;

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    const count = assignment.problem.variableCount;
    this.activity = new Float64Array(count);
    this.#seen = new Uint8Array(count);
    this.#levelSeen = new Int32Array(count + 1);
  }

  /** Takes the conflict of the assignment apart and goes back to where what was learnt forces something. */
  learn(onBack: (level: number) => void): void {
    this.#analyze();
    this.#shorten();
    const assignment = this.#assignment;
    const literals = this.#literals;
    const literal = literals[0]!;
    if (this.#size === 1) {
      onBack(0);
      assignment.assign(literal, noReason);
      return;
    }
    // The literal of the highest remaining level is watched, for it is the first to become open again.
    let highest = 1;
    const { level } = assignment;
    for (let at = 2; at < this.#size; at++) {
      if (level[literals[at]! >> 1]! > level[literals[highest]! >> 1]!) highest = at;
    }
    const second = literals[highest]!;
    literals[highest] = literals[1]!;
    literals[1] = second;
    const levels = this.#countLevels();
    onBack(level[second >> 1]!);
    assignment.assign(literal, assignment.clauses.add(literals, 0, this.#size, levels));
  }

  #analyze(): void {
    const { trail, level, reason, levelCount, problem } = this.#assignment;
    const seen = this.#seen;
    this.#literals[0] = 0;
    this.#size = 1;
    let open = 0;
    if (this.#assignment.conflictClause > 0) open = this.#visitClause(this.#assignment.conflictClause, -1);
    else open = this.#visit(this.#assignment.conflictOne) + this.#visit(this.#assignment.conflictOther);
    let at = this.#assignment.trailSize - 1;
    for (;;) {
      while (seen[trail[at]! >> 1] === 0 || level[trail[at]! >> 1]! < levelCount) at--;
      const literal = trail[at--]!;
      open--;
      if (open === 0) {
        this.#literals[0] = literal ^ 1;
        break;
      }
      const because = reason[literal >> 1]!;
      open += because > 0 ? this.#visitClause(because, literal) : this.#visit(~because ^ 1);
    }
    this.#step /= activityDecay;
    if (this.#step > activityLimit) {
      for (let variable = 0; variable < problem.variableCount; variable++) this.activity[variable]! /= activityLimit;
      this.#step /= activityLimit;
    }
  }

  #visitClause(clause: number, except: number): number {
    const { arena } = this.#assignment.clauses;
    const end = clause + clauseHeader + arena[clause]!;
    let open = 0;
    for (let at = clause + clauseHeader; at < end; at++) {
      if (arena[at] !== except) open += this.#visit(arena[at]!);
    }
    return open;
  }

  /** Marks a false literal; 1 if it belongs to the level of the conflict, else 0. */
  #visit(literal: number): number {
    const variable = literal >> 1;
    const { level, levelCount, heap } = this.#assignment;
    if (this.#seen[variable] === 1 || level[variable] === 0) return 0;
    this.#seen[variable] = 1;
    this.#marked.push(variable);
    this.activity[variable]! += this.#step;
    heap?.raised(variable);
    if (level[variable] === levelCount) return 1;
    if (this.#size === this.#literals.length) {
      const larger = new Int32Array(this.#size * 2);
      larger.set(this.#literals);
      this.#literals = larger;
    }
    this.#literals[this.#size++] = literal;
    return 0;
  }

  /** Leaves out literals that follow from the others. */
  #shorten(): void {
    const literals = this.#literals;
    let kept = 1;
    for (let at = 1; at < this.#size; at++) {
      if (!this.#followsFromOthers(literals[at]!)) literals[kept++] = literals[at]!;
    }
    this.#size = kept;
    for (let at = 0; at < this.#marked.size; at++) this.#seen[this.#marked.get(at)] = 0;
    this.#marked.truncate(0);
  }

  #followsFromOthers(literal: number): boolean {
    const { reason, level, clauses } = this.#assignment;
    const because = reason[literal >> 1]!;
    if (because === noReason) return false;
    if (because < 0) {
      const variable = ~because >> 1;
      return this.#seen[variable] === 1 || level[variable] === 0;
    }
    const { arena } = clauses;
    const end = because + clauseHeader + arena[because]!;
    for (let at = because + clauseHeader; at < end; at++) {
      const variable = arena[at]! >> 1;
      if (variable !== literal >> 1 && this.#seen[variable] === 0 && level[variable]! > 0) return false;
    }
    return true;
  }

  #countLevels(): number {
    const { level } = this.#assignment;
    this.#round++;
    let count = 0;
    for (let at = 0; at < this.#size; at++) {
      const one = level[this.#literals[at]! >> 1]!;
      if (this.#levelSeen[one] === this.#round) continue;
      this.#levelSeen[one] = this.#round;
      count++;
    }
    return count;
  }
}
