import { IntList } from './int-list.ts';

/**
 * What an engine solves: true or false for each variable 0, 1, … under rules, with questions about some of them.
 *
 * A literal is `2·v` (variable v is true) or `2·v + 1` (it is false). A question owns consecutive variables, its members, best
 * first; at most one of them is true. All lists of lists are flat: the items of list i are `items[start[i]]` up to, not
 * including, `items[start[i + 1]]`.
 */
export interface Problem {
  readonly variableCount: number;
  /** The question asked first. One of its members must be true. */
  readonly root: number;
  /** By question: its first member and how many there are. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** By variable: the question it is a member of, or -1. */
  readonly questionOf: Int32Array;
  /** By variable: number of the list of questions asked after this member was chosen, or -1. */
  readonly nextOf: Int32Array;
  readonly nextStart: Int32Array;
  readonly nextItems: Int32Array;
  /** By literal: the literals that follow from it alone. */
  readonly impliedStart: Int32Array;
  readonly impliedItems: Int32Array;
  /** By variable: question whose members it limits, or -1. If the variable is true, members without a bit are false. */
  readonly limitedQuestion: Int32Array;
  /** By variable: where its bits begin in `bits`, one for each member, 32 to a word. */
  readonly limitBits: Int32Array;
  readonly bits: Int32Array;
  /** By question: variables that limit it. */
  readonly limitsStart: Int32Array;
  readonly limitsItems: Int32Array;
  /** Rules of three or more literals, of which one must be true: size, then the literals. */
  readonly clauses: Int32Array;
  /** Literals that are true from the start. */
  readonly facts: Int32Array;
  /** Whether a rule can never be met. */
  readonly isImpossible: boolean;
}

/** The literal that says the opposite. */
export const negate = (literal: number): number => literal ^ 1;
/** The literal that a variable is true. */
export const isTrue = (variable: number): number => variable * 2;
/** The literal that a variable is false. */
export const isFalse = (variable: number): number => variable * 2 + 1;

/** Collects the variables and rules of a problem. Variables are numbered in the order in which they are added. */
export class ProblemBuilder {
  readonly #first = new IntList();
  readonly #count = new IntList();
  readonly #questionOf = new IntList();
  readonly #nextOf = new IntList();
  readonly #nextStart = new IntList();
  readonly #nextItems = new IntList();
  readonly #from = new IntList();
  readonly #to = new IntList();
  readonly #limited = new IntList();
  readonly #limitBits = new IntList();
  readonly #clauses = new IntList();
  readonly #facts = new IntList();
  #isImpossible = false;
  #ruleStart = 0;

  constructor() {
    this.#nextStart.push(0);
  }

  /** Adds a question with its members and returns its number; the members follow on the variables so far. */
  addQuestion(count: number): number {
    const question = this.#first.size;
    this.#first.push(this.#questionOf.size);
    this.#count.push(count);
    this.#addVariables(count, question);
    return question;
  }

  firstMember(question: number): number {
    return this.#first.get(question);
  }

  /** Adds a variable that nobody asks about. */
  addVariable(): number {
    this.#addVariables(1, -1);
    return this.#questionOf.size - 1;
  }

  /** Adds a list of questions and returns its number for `setNext`. */
  addNext(questions: readonly number[]): number {
    for (const question of questions) this.#nextItems.push(question);
    this.#nextStart.push(this.#nextItems.size);
    return this.#nextStart.size - 2;
  }

  /** After this member was chosen, the questions of the list are asked in order. */
  setNext(variable: number, list: number): void {
    this.#nextOf.set(variable, list);
  }

  /** If one literal is true, so is the other. */
  imply(from: number, to: number): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#from.push(negate(to));
    this.#to.push(negate(from));
  }

  /** At least one of the literals is true. */
  require(literals: readonly number[]): void {
    const [one, other] = literals;
    if (one === undefined) this.#isImpossible = true;
    else if (other === undefined) this.#facts.push(one);
    else if (literals.length === 2) this.imply(negate(one), other);
    else {
      this.#clauses.push(literals.length);
      for (const literal of literals) this.#clauses.push(literal);
    }
  }

  /** Begins a rule whose literals are added one by one; `end` closes it. */
  beginRule(): void {
    this.#ruleStart = this.#clauses.size;
    this.#clauses.push(0);
  }

  addLiteral(literal: number): void {
    this.#clauses.push(literal);
  }

  /** At least one of the literals since the beginning is true. */
  endRule(): void {
    const start = this.#ruleStart;
    const size = this.#clauses.size - start - 1;
    if (size > 2) this.#clauses.set(start, size);
    else {
      const literals = Array.from(this.#clauses.view().subarray(start + 1));
      this.#clauses.truncate(start);
      this.require(literals);
    }
  }

  /** If a variable is true, only members of the question whose bit is set may be true. */
  limit(variable: number, question: number, bits: number): void {
    this.#limited.set(variable, question);
    this.#limitBits.set(variable, bits);
  }

  /**
   * The problem, which takes the lists over: nothing may be added afterwards.
   *
   * @param bits what the numbers given to `limit` point into
   */
  build(root: number, bits: Int32Array): Problem {
    const rootFirst = this.#first.get(root);
    this.require(Array.from({ length: this.#count.get(root) }, (_, index) => isTrue(rootFirst + index)));
    const variableCount = this.#questionOf.size;
    const limited = this.#limited.view();
    const [impliedStart, impliedItems] = bucket(this.#from.view(), this.#to.view(), variableCount * 2);
    const limiting = limited.reduce((sum, question) => sum + (question < 0 ? 0 : 1), 0);
    const limitFrom = new Int32Array(limiting);
    const limitTo = new Int32Array(limiting);
    let filled = 0;
    for (let variable = 0; variable < variableCount; variable++) {
      if (limited[variable]! < 0) continue;
      limitFrom[filled] = limited[variable]!;
      limitTo[filled++] = variable;
    }
    const [limitsStart, limitsItems] = bucket(limitFrom, limitTo, this.#first.size);
    return {
      variableCount,
      root,
      first: this.#first.view(),
      count: this.#count.view(),
      questionOf: this.#questionOf.view(),
      nextOf: this.#nextOf.view(),
      nextStart: this.#nextStart.view(),
      nextItems: this.#nextItems.view(),
      impliedStart,
      impliedItems,
      limitedQuestion: limited,
      limitBits: this.#limitBits.view(),
      bits,
      limitsStart,
      limitsItems,
      clauses: this.#clauses.view(),
      facts: this.#facts.view(),
      isImpossible: this.#isImpossible,
    };
  }

  #addVariables(count: number, question: number): void {
    this.#questionOf.pushTimes(count, question);
    this.#nextOf.pushTimes(count, -1);
    this.#limited.pushTimes(count, -1);
    this.#limitBits.pushTimes(count, 0);
  }
}

/** Sorts pairs into flat lists by their first number, keeping the order within each. */
function bucket(from: Int32Array, to: Int32Array, count: number): [start: Int32Array, items: Int32Array] {
  const start = new Int32Array(count + 1);
  for (const list of from) start[list + 1]!++;
  for (let list = 0; list < count; list++) start[list + 1]! += start[list]!;
  const end = start.slice();
  const items = new Int32Array(from.length);
  for (let index = 0; index < from.length; index++) items[end[from[index]!]!++] = to[index]!;
  return [start, items];
}
