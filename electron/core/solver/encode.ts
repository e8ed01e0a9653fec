import { isFalse, isTrue, ProblemBuilder, type Problem } from './problem.ts';
import { hasBit, type Demands, type Need, type ProblemCommand, type ProblemRole, type RoleProblem } from './roles.ts';

/**
 * Writes a problem about roles as variables and rules.
 *
 * Variables: one for each candidate of each role and for each candidate that has a needed command; one for each need and each
 * set of demands, so that owners with the same demands share their rules; one for each kind and each role that excludes another.
 *
 * @param withStandIns adds a last candidate to every role and command. It meets every need, needs nothing and goes with
 * all, so that there is always a solution: the closest match
 * @see selection.md 9 and 12
 */
export function encode(problem: RoleProblem, withStandIns: boolean): Problem {
  return new Encoder(problem, withStandIns ? 1 : 0).encode();
}

class Encoder {
  readonly #problem: RoleProblem;
  readonly #extra: number;
  /** Bits of the needs. */
  readonly #accepted: Int32Array;
  readonly #builder = new ProblemBuilder();
  /** By need, demands, kind, role: the variable that stands for it, or -1. */
  readonly #needs: Int32Array;
  readonly #demands: Int32Array;
  readonly #kinds: number[] = [];
  readonly #filled: Int32Array;
  /** By demands and role question: the list of questions that follow. */
  readonly #nextLists: Int32Array;
  /** By question of a command: place of each candidate in it, or -1. Made when first asked for. */
  readonly #places: (Int32Array | undefined)[];

  constructor(problem: RoleProblem, extra: number) {
    this.#problem = problem;
    this.#extra = extra;
    this.#accepted = problem.accepted.view();
    this.#needs = new Int32Array(problem.needs.length).fill(-1);
    this.#demands = new Int32Array(problem.demandCount).fill(-1);
    this.#filled = new Int32Array(problem.roles.length).fill(-1);
    this.#nextLists = new Int32Array(problem.demandCount).fill(-1);
    this.#places = new Array<Int32Array | undefined>(problem.questions.length);
  }

  encode(): Problem {
    const { roles, questions, needs, root } = this.#problem;
    for (const { role, command } of questions) {
      const count = command === null ? roles[role]!.count : command.candidates.length;
      this.#builder.addQuestion(count + this.#extra);
    }
    for (let need = 0; need < needs.length; need++) this.#addNeed(need);
    for (const [index, role] of roles.entries()) this.#addExclusion(index, role);
    for (const role of roles) this.#addRole(role);
    for (const [index, { role, command }] of questions.entries()) {
      if (command !== null) this.#addCommand(index, roles[role]!, command);
    }
    return this.#builder.build(root, this.#accepted);
  }

  /** The variable of a question's member. */
  #member(question: number, index: number): number {
    return this.#builder.firstMember(question) + index;
  }

  #addNeed(id: number): void {
    const builder = this.#builder;
    const need = this.#problem.needs[id]!;
    const { question, count } = this.#problem.roles[need.role]!;
    const owner = builder.addVariable();
    this.#needs[id] = owner;
    builder.limit(owner, question, need.accepted);
    const isAccepted = (candidate: number) => hasBit(this.#problem.accepted, need.accepted, candidate);
    if (need.isEssential) {
      builder.beginRule();
      builder.addLiteral(isFalse(owner));
      this.#addAccepted(need, this.#member(question, 0), count + this.#extra);
      builder.endRule();
    }
    for (const command of need.commands) {
      const { candidates } = this.#problem.questions[command]!.command!;
      if (need.isEssential) {
        builder.beginRule();
        builder.addLiteral(isFalse(owner));
      }
      for (let place = 0; place < candidates.length + this.#extra; place++) {
        const candidate = place < candidates.length ? candidates[place]! : count;
        if (!isAccepted(candidate)) continue;
        const member = isTrue(this.#member(command, place));
        if (need.isEssential) builder.addLiteral(member);
        else builder.require([isFalse(owner), isFalse(this.#member(question, candidate)), member]);
      }
      if (need.isEssential) builder.endRule();
    }
  }

  /** Adds the members whose bit is set to the rule. There are very many needs, so it goes by words. */
  #addAccepted({ accepted }: Need, first: number, count: number): void {
    const builder = this.#builder;
    const bits = this.#accepted;
    for (let start = 0; start < count; start += 32) {
      let word = bits[accepted + (start >> 5)]!;
      const rest = count - start;
      if (rest < 32) word &= (1 << rest) - 1;
      for (; word !== 0; word &= word - 1) builder.addLiteral(isTrue(first + start + 31 - Math.clz32(word & -word)));
    }
  }

  #addExclusion(index: number, role: ProblemRole): void {
    if (role.excludes < 0 || role.excludes === index) return;
    for (const one of [index, role.excludes]) {
      if (this.#filled[one]! < 0) this.#filled[one] = this.#builder.addVariable();
    }
    this.#builder.require([isFalse(this.#filled[index]!), isFalse(this.#filled[role.excludes]!)]);
  }

  #addRole(role: ProblemRole): void {
    const builder = this.#builder;
    const filled = this.#filled[this.#problem.questions[role.question]!.role]!;
    for (let candidate = 0; candidate < role.count; candidate++) {
      const member = this.#member(role.question, candidate);
      const kind = role.kinds[candidate]!;
      if (kind > 0) builder.imply(isTrue(member), isTrue(this.#kind(kind)));
      if (filled >= 0) builder.imply(isTrue(member), isTrue(filled));
      this.#addDemands(member, candidate, role.demands[candidate]!, -1);
    }
  }

  #addCommand(question: number, role: ProblemRole, command: ProblemCommand): void {
    const builder = this.#builder;
    const { candidates } = command;
    for (let place = 0; place < candidates.length; place++) {
      const member = this.#member(question, place);
      const candidate = candidates[place]!;
      builder.imply(isTrue(member), isTrue(this.#member(role.question, candidate)));
      this.#addDemands(member, candidate, command.demands[place]!, role.question);
    }
    if (this.#extra === 0) return;
    const standIn = this.#member(question, candidates.length);
    builder.imply(isTrue(standIn), isTrue(this.#member(role.question, role.count)));
    builder.setNext(standIn, builder.addNext([role.question]));
  }

  /** @param after a question asked after all others, or -1 */
  #addDemands(member: number, candidate: number, demands: Demands, after: number): void {
    const builder = this.#builder;
    for (const command of demands.own) {
      const place = this.#place(command, candidate);
      builder.require(place < 0 ? [isFalse(member)] : [isFalse(member), isTrue(this.#member(command, place))]);
    }
    const [need] = demands.needs;
    if (demands.needs.length === 1) builder.imply(isTrue(member), isTrue(this.#needs[need!.id]!));
    else if (need !== undefined) builder.imply(isTrue(member), isTrue(this.#shared(demands)));
    if (demands.next.length === 0 && after < 0) return;
    // Commands with the same demands belong to one role, so `after` is the same for all owners.
    if (this.#nextLists[demands.id]! < 0) {
      this.#nextLists[demands.id] = builder.addNext(after < 0 ? demands.next : [...demands.next, after]);
    }
    builder.setNext(member, this.#nextLists[demands.id]!);
  }

  #shared(demands: Demands): number {
    const known = this.#demands[demands.id]!;
    if (known >= 0) return known;
    const variable = this.#builder.addVariable();
    this.#demands[demands.id] = variable;
    for (const need of demands.needs) this.#builder.imply(isTrue(variable), isTrue(this.#needs[need.id]!));
    return variable;
  }

  #kind(kind: number): number {
    const known = this.#kinds[kind];
    if (known !== undefined) return known;
    const variable = this.#builder.addVariable();
    for (const other of this.#kinds) {
      // The list has holes, which `for` gives as undefined.
      if ((other as number | undefined) !== undefined) this.#builder.require([isFalse(variable), isFalse(other)]);
    }
    this.#kinds[kind] = variable;
    return variable;
  }

  #place(question: number, candidate: number): number {
    let places = this.#places[question];
    if (places === undefined) {
      const { role, command } = this.#problem.questions[question]!;
      places = new Int32Array(this.#problem.roles[role]!.count).fill(-1);
      for (const [place, one] of command!.candidates.entries()) places[one] = place;
      this.#places[question] = places;
    }
    return places[candidate]!;
  }
}
