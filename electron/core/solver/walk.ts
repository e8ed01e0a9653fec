import type { Assignment } from './assignment.ts';
import { IntList } from './int-list.ts';

/**
 * Goes through the questions in order: the root, then, depth first, those that follow each chosen member.
 *
 * Pending questions form a linked list whose cells are never changed, so the state of the walk is one number and can be
 * saved at each decision for next to nothing. Taking back decisions resumes the walk where it was; what it passed before
 * stays answered, as those answers rest on older decisions only.
 */
export class Walk {
  /** The question `next` stopped at. */
  question = -1;
  readonly #assignment: Assignment;
  readonly #cellQuestion = new IntList();
  readonly #cellRest = new IntList();
  #pending: number;
  readonly #visited: Uint8Array;
  readonly #visitedOrder: Int32Array;
  #visitedCount = 0;
  readonly #savedPending = new IntList();
  readonly #savedCells = new IntList();
  readonly #savedVisited = new IntList();

  constructor(assignment: Assignment) {
    this.#assignment = assignment;
    const questions = assignment.problem.first.length;
    this.#visited = new Uint8Array(questions);
    this.#visitedOrder = new Int32Array(questions);
    this.#cellQuestion.push(-1);
    this.#cellRest.push(0);
    this.#cellQuestion.push(assignment.problem.root);
    this.#cellRest.push(0);
    this.#pending = 1;
  }

  /**
   * Goes on to the next question that is still open.
   *
   * @returns its first member that may be true, or -1 when there is no open question left
   */
  next(): number {
    const { problem, chosen, value } = this.#assignment;
    while (this.#pending > 0) {
      const question = this.#cellQuestion.get(this.#pending);
      if (this.#visited[question] === 0) {
        const member = chosen[question]!;
        if (member < 0) {
          const first = problem.first[question]!;
          const end = first + problem.count[question]!;
          for (let candidate = first; candidate < end; candidate++) {
            if (value[candidate * 2] === 0) {
              this.question = question;
              return candidate;
            }
          }
        }
        this.#visited[question] = 1;
        this.#visitedOrder[this.#visitedCount++] = question;
        this.#pending = this.#cellRest.get(this.#pending);
        if (member >= 0) this.#follow(problem.nextOf[member]!);
      } else this.#pending = this.#cellRest.get(this.#pending);
    }
    return -1;
  }

  /** Remembers the state before the decision that opens the next level. */
  save(): void {
    this.#savedPending.push(this.#pending);
    this.#savedCells.push(this.#cellQuestion.size);
    this.#savedVisited.push(this.#visitedCount);
  }

  /** Returns to the state in which a level was left; does nothing if the walk has not come that far. */
  backTo(level: number): void {
    if (level >= this.#savedPending.size) return;
    this.#pending = this.#savedPending.get(level);
    this.#cellQuestion.truncate(this.#savedCells.get(level));
    this.#cellRest.truncate(this.#savedCells.get(level));
    const visited = this.#savedVisited.get(level);
    while (this.#visitedCount > visited) this.#visited[this.#visitedOrder[--this.#visitedCount]!] = 0;
    this.#savedPending.truncate(level);
    this.#savedCells.truncate(level);
    this.#savedVisited.truncate(level);
  }

  /** Whether something is true that no question has asked for; then it may have needs of its own. */
  hasUnasked(): boolean {
    const { chosen } = this.#assignment;
    return chosen.some((member, question) => member >= 0 && this.#visited[question] === 0);
  }

  #follow(list: number): void {
    if (list < 0) return;
    const { nextStart, nextItems } = this.#assignment.problem;
    const start = nextStart[list]!;
    for (let at = nextStart[list + 1]! - 1; at >= start; at--) {
      this.#cellQuestion.push(nextItems[at]!);
      this.#cellRest.push(this.#pending);
      this.#pending = this.#cellQuestion.size - 1;
    }
  }
}
