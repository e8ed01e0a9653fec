import type { IntList } from './int-list.ts';

/**
 * A choice of one candidate for each role, under needs that candidates have of each other. This is all the solver knows:
 * neither feeds nor versions. Objects are shared wherever candidates have the same needs, which is what keeps large problems
 * small.
 */
export interface RoleProblem {
  readonly roles: readonly ProblemRole[];
  /** Every role and every command of a role that somebody needs; a question's number is its place here. */
  readonly questions: readonly ProblemQuestion[];
  /** Number of the question that must be answered. */
  readonly root: number;
  readonly needs: readonly Need[];
  readonly demandCount: number;
  /** Bits that needs point into; see `acceptBits`. */
  readonly accepted: IntList;
}

export interface ProblemRole {
  /** Number of its question. */
  readonly question: number;
  /** Candidates are numbered from 0, best first. */
  readonly count: number;
  /** By candidate. */
  readonly demands: readonly Demands[];
  /** By candidate: candidates of different kinds (machine groups) cannot be chosen together; 0 goes with all. */
  readonly kinds: Uint8Array;
  /** Role that cannot be filled together with this one, or -1. */
  readonly excludes: number;
}

export interface ProblemQuestion {
  readonly role: number;
  /** For a command: the candidates that have it, best first. `null` = the role itself. */
  readonly command: ProblemCommand | null;
}

export interface ProblemCommand {
  readonly candidates: Int32Array;
  /** For each of `candidates`. */
  readonly demands: readonly Demands[];
}

/** What comes with the choice of a candidate, or of its command. */
export interface Demands {
  /** Counted from 0 over the whole problem. */
  readonly id: number;
  /** Questions about commands of the same role, which the same candidate must answer. */
  readonly own: readonly number[];
  readonly needs: readonly Need[];
  /** Questions asked after the choice, in order. */
  readonly next: readonly number[];
}

/** What an owner demands of another role. */
export interface Need {
  /** Counted from 0 over the whole problem. */
  readonly id: number;
  readonly role: number;
  /** The role must be filled. Otherwise it may stay empty, but not be filled by others than the accepted ones. */
  readonly isEssential: boolean;
  /** Where the bits of the accepted candidates begin; they have all needed commands. */
  readonly accepted: number;
  /** Questions about the commands that are needed. */
  readonly commands: readonly number[];
}

/**
 * Adds one bit for each candidate, set where `met` is 1, and one more, which is set: the stand-in of a closest match is always
 * accepted.
 *
 * @returns where they begin
 */
export function acceptBits(accepted: IntList, met: Uint8Array): number {
  const start = accepted.size;
  const count = met.length;
  let word = 0;
  for (let index = 0; index < count; index++) {
    word |= met[index]! << (index & 31);
    if ((index & 31) !== 31) continue;
    accepted.push(word);
    word = 0;
  }
  accepted.push(word | (1 << (count & 31)));
  return start;
}

export function hasBit(bits: IntList, start: number, index: number): boolean {
  return ((bits.get(start + (index >> 5)) >>> (index & 31)) & 1) === 1;
}
