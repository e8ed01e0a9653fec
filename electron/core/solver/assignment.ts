import { Clauses, clauseHeader } from './clauses.ts';
import { negate, type Problem } from './problem.ts';
import type { VariableHeap } from './variable-heap.ts';

/** Reason of a decision or of a fact. */
export const noReason = 0;

/**
 * Which variables are true or false so far, why, and what follows from them.
 *
 * The reason of an assignment is `noReason`, the position of a clause (above 0), or `~p` (below 0) if the literal p alone
 * implied it. The last form covers everything that is no clause: plain implications, at most one member of a question,
 * limits. So those rules need no memory of their own. A conflict is given in the same way: a clause whose literals are
 * all false, or two literals of which one must be true and neither is.
 */
export class Assignment {
  readonly problem: Problem;
  readonly clauses: Clauses;
  /** By literal: 1 true, -1 false, 0 open. */
  readonly value: Int8Array;
  /** By variable. */
  readonly level: Int32Array;
  readonly reason: Int32Array;
  /** By variable: the value it had last, as the lowest bit of a literal. */
  readonly lastSign: Uint8Array;
  /** By question: the member that is true, or -1. */
  readonly chosen: Int32Array;
  /** True literals in the order in which they became so. */
  readonly trail: Int32Array;
  trailSize = 0;
  levelCount = 0;
  conflictClause = 0;
  conflictOne = 0;
  conflictOther = 0;
  /** Gets back the variables that become open again. */
  heap: VariableHeap | null = null;
  readonly #levelStart: Int32Array;
  #done = 0;

  constructor(problem: Problem) {
    const { variableCount } = problem;
    this.problem = problem;
    this.value = new Int8Array(variableCount * 2);
    this.level = new Int32Array(variableCount);
    this.reason = new Int32Array(variableCount);
    this.lastSign = new Uint8Array(variableCount).fill(1);
    this.chosen = new Int32Array(problem.first.length).fill(-1);
    this.trail = new Int32Array(variableCount);
    this.#levelStart = new Int32Array(variableCount + 1);
    this.clauses = new Clauses(variableCount * 2, problem.clauses.length);
    for (let at = 0; at < problem.clauses.length;) {
      const size = problem.clauses[at]!;
      this.clauses.add(problem.clauses, at + 1, size, 0);
      at += size + 1;
    }
  }

  /** Makes an open literal true. */
  assign(literal: number, reason: number): void {
    const variable = literal >> 1;
    this.value[literal] = 1;
    this.value[literal ^ 1] = -1;
    this.level[variable] = this.levelCount;
    this.reason[variable] = reason;
    this.trail[this.trailSize++] = literal;
    if ((literal & 1) === 0) {
      const question = this.problem.questionOf[variable]!;
      if (question >= 0) this.chosen[question] = variable;
    }
  }

  /** Makes an open literal true on a level of its own. */
  decide(literal: number): void {
    this.#levelStart[this.levelCount++] = this.trailSize;
    this.assign(literal, noReason);
  }

  /** Takes back every level above the given one. */
  backTo(level: number): void {
    if (this.levelCount <= level) return;
    const start = this.#levelStart[level]!;
    const { trail, value, problem, heap } = this;
    for (let at = this.trailSize - 1; at >= start; at--) {
      const literal = trail[at]!;
      const variable = literal >> 1;
      value[literal] = 0;
      value[literal ^ 1] = 0;
      this.lastSign[variable] = literal & 1;
      if ((literal & 1) === 0) {
        const question = problem.questionOf[variable]!;
        if (question >= 0) this.chosen[question] = -1;
      }
      heap?.insert(variable);
    }
    this.trailSize = start;
    this.#done = start;
    this.levelCount = level;
  }

  /** Draws all conclusions; false if they contradict each other. */
  propagate(): boolean {
    while (this.#done < this.trailSize) {
      const literal = this.trail[this.#done++]!;
      if (!this.#followImplications(literal)) return false;
      if ((literal & 1) === 0 && !this.#followQuestion(literal)) return false;
      if (this.clauses.watchSize[literal ^ 1]! > 0 && !this.#followClauses(literal ^ 1)) return false;
    }
    return true;
  }

  /** Makes a literal true because another one is; false if it is false already. */
  #conclude(literal: number, because: number): boolean {
    const value = this.value[literal]!;
    if (value === 0) this.assign(literal, ~because);
    else if (value < 0) {
      this.conflictClause = 0;
      this.conflictOne = literal;
      this.conflictOther = negate(because);
      return false;
    }
    return true;
  }

  #followImplications(literal: number): boolean {
    const { impliedStart, impliedItems } = this.problem;
    const end = impliedStart[literal + 1]!;
    for (let at = impliedStart[literal]!; at < end; at++) {
      if (!this.#conclude(impliedItems[at]!, literal)) return false;
    }
    return true;
  }

  /** At most one member is true, and limits hold in both directions. */
  #followQuestion(literal: number): boolean {
    const { problem, value } = this;
    const variable = literal >> 1;
    const limited = problem.limitedQuestion[variable]!;
    if (limited >= 0) return this.#followLimit(literal, limited, problem.limitBits[variable]!);
    const question = problem.questionOf[variable]!;
    if (question < 0) return true;
    const first = problem.first[question]!;
    const end = first + problem.count[question]!;
    for (let member = first; member < end; member++) {
      if (member !== variable && value[member * 2]! >= 0 && !this.#conclude(member * 2 + 1, literal)) return false;
    }
    const index = variable - first;
    const word = index >> 5;
    const { bits, limitBits, limitsItems } = problem;
    const limitsEnd = problem.limitsStart[question + 1]!;
    for (let at = problem.limitsStart[question]!; at < limitsEnd; at++) {
      const limit = limitsItems[at]!;
      if (((bits[limitBits[limit]! + word]! >>> (index & 31)) & 1) === 1 || value[limit * 2]! < 0) continue;
      if (!this.#conclude(limit * 2 + 1, literal)) return false;
    }
    return true;
  }

  #followLimit(literal: number, question: number, start: number): boolean {
    const { value } = this;
    const { bits } = this.problem;
    const first = this.problem.first[question]!;
    const count = this.problem.count[question]!;
    for (let index = 0; index < count; index++) {
      if (((bits[start + (index >> 5)]! >>> (index & 31)) & 1) === 1 || value[(first + index) * 2]! < 0) continue;
      if (!this.#conclude((first + index) * 2 + 1, literal)) return false;
    }
    return true;
  }

  /** Looks through the clauses that watch a literal which has become false. */
  #followClauses(falseLiteral: number): boolean {
    const { clauses, value } = this;
    const { arena, watchStart, watchSize } = clauses;
    const start = watchStart[falseLiteral]!;
    const end = start + watchSize[falseLiteral]!;
    let { pool } = clauses;
    let kept = start;
    for (let at = start; at < end; at += 2) {
      const clause = pool[at]!;
      const other = pool[at + 1]!;
      if (value[other]! > 0) {
        pool[kept++] = clause;
        pool[kept++] = other;
        continue;
      }
      const base = clause + clauseHeader;
      if (arena[base] === falseLiteral) {
        arena[base] = arena[base + 1]!;
        arena[base + 1] = falseLiteral;
      }
      const first = arena[base]!;
      if (value[first]! <= 0 && this.#watchAnother(clause, first)) {
        pool = clauses.pool;
        continue;
      }
      pool[kept++] = clause;
      pool[kept++] = first;
      const firstValue = value[first]!;
      if (firstValue === 0) this.assign(first, clause);
      else if (firstValue < 0) {
        pool.copyWithin(kept, at + 2, end);
        watchSize[falseLiteral] = kept - start + (end - at - 2);
        this.conflictClause = clause;
        return false;
      }
    }
    watchSize[falseLiteral] = kept - start;
    return true;
  }

  /** Puts a literal that is not false in the second, watched place. */
  #watchAnother(clause: number, first: number): boolean {
    const { clauses, value } = this;
    const { arena } = clauses;
    const base = clause + clauseHeader;
    const end = base + arena[clause]!;
    for (let at = base + 2; at < end; at++) {
      const literal = arena[at]!;
      if (value[literal]! < 0) continue;
      arena[at] = arena[base + 1]!;
      arena[base + 1] = literal;
      clauses.watch(literal, clause, first);
      return true;
    }
    return false;
  }
}
