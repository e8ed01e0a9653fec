import { demandsOf, type RoleRule } from './role-rules.ts';
import { hasBit, type Demands, type Need, type RoleProblem } from './roles.ts';

/** Why a member of a question can never be chosen: a rule, or that its role's candidate cannot. */
interface Reason {
  readonly rule: RoleRule | null;
  /** Members that were known to be dead before, by question and place. */
  readonly because: readonly (readonly [question: number, place: number])[];
}

/**
 * Looks for a conflict by going backwards from what cannot be chosen: a candidate that needs only such is itself one. This
 * finds most of what goes wrong in practice (something deep down is missing or ruled out) without any search, and leaves
 * only rules that had a part in it.
 *
 * @returns rules that cannot hold together, not always as few as possible; null if it takes more to see a conflict
 */
export function findDeadEnd(problem: RoleProblem, rules: readonly RoleRule[]): readonly RoleRule[] | null {
  return new DeadEnds(problem, rules).find();
}

class DeadEnds {
  readonly #problem: RoleProblem;
  readonly #rules: readonly RoleRule[];
  /** By question, by place. */
  readonly #dead: (Reason | undefined)[][];
  /** By question of a command and candidate. */
  readonly #places: ReadonlyMap<number, number>[];
  readonly #needRules = new Map<string, RoleRule>();
  readonly #ownRules = new Map<string, RoleRule>();

  constructor(problem: RoleProblem, rules: readonly RoleRule[]) {
    this.#problem = problem;
    this.#rules = rules;
    const { questions } = problem;
    this.#dead = questions.map((_, question) => Array<Reason | undefined>(demandsOf(problem, question).length));
    this.#places = questions.map(
      ({ command }) => new Map(Array.from(command?.candidates ?? [], (one, at) => [one, at])),
    );
    for (const rule of rules) {
      if (rule.type === 'need') this.#needRules.set(`${rule.question} ${rule.need.id}`, rule);
      if (rule.type === 'own-command') this.#ownRules.set(`${rule.question} ${rule.command}`, rule);
    }
  }

  find(): readonly RoleRule[] | null {
    const { roles, questions, root } = this.#problem;
    for (const rule of this.#rules) {
      if (rule.type !== 'bar') continue;
      const dead = this.#dead[roles[rule.role]!.question]!;
      for (const candidate of rule.candidates) dead[candidate] ??= { rule, because: [] };
    }
    while (this.#spread());
    // That the root cannot be filled at all says more than that it lacks a command.
    const ofRole = roles[questions[root]!.role]!.question;
    if (this.#isAllDead(ofRole)) return this.#trace(ofRole);
    if (!this.#isAllDead(root)) return null;
    return [...this.#rules.filter(({ type }) => type === 'root-command'), ...this.#trace(root)];
  }

  /** One round over all members that may still be chosen; false if nothing new was found. */
  #spread(): boolean {
    const found: (() => void)[] = [];
    for (const [question, dead] of this.#dead.entries()) {
      const known = new Map<Demands, Reason | null>();
      const { role, command } = this.#problem.questions[question]!;
      const ofRole = this.#problem.roles[role]!.question;
      for (const [place, demands] of demandsOf(this.#problem, question).entries()) {
        if (dead[place] !== undefined) continue;
        const candidate = command === null ? place : command.candidates[place]!;
        let reason =
          command !== null && this.#dead[ofRole]![candidate] !== undefined ? viaRole(ofRole, candidate) : null;
        reason ??= this.#lackOf(question, demands, candidate);
        if (reason === null) {
          if (!known.has(demands)) known.set(demands, this.#unmet(question, demands));
          reason = known.get(demands) ?? null;
        }
        const because = reason;
        if (because !== null) found.push(() => (dead[place] = because));
      }
    }
    // Only after the round, so that reasons rest on earlier rounds and never on each other.
    for (const set of found) set();
    return found.length > 0;
  }

  /** An own command that the candidate does not have, or that cannot be chosen. */
  #lackOf(question: number, demands: Demands, candidate: number): Reason | null {
    for (const command of demands.own) {
      const place = this.#places[command]!.get(candidate);
      if (place !== undefined && this.#dead[command]![place] === undefined) continue;
      const rule = this.#ownRules.get(`${question} ${command}`) ?? null;
      return { rule, because: place === undefined ? [] : [[command, place]] };
    }
    return null;
  }

  /** An essential need that nothing can meet. */
  #unmet(question: number, demands: Demands): Reason | null {
    for (const need of demands.needs) {
      if (!need.isEssential) continue;
      for (const asked of [this.#problem.roles[need.role]!.question, ...need.commands]) {
        const accepted = this.#acceptedOf(asked, need);
        if (!accepted.every((place) => this.#dead[asked]![place] !== undefined)) continue;
        const rule = this.#needRules.get(`${question} ${need.id}`) ?? null;
        return { rule, because: accepted.map((place) => [asked, place]) };
      }
    }
    return null;
  }

  #acceptedOf(question: number, need: Need): readonly number[] {
    const { command, role } = this.#problem.questions[question]!;
    const candidates = command === null ? [...Array(this.#problem.roles[role]!.count).keys()] : [...command.candidates];
    return candidates.flatMap((one, place) => (hasBit(this.#problem.accepted, need.accepted, one) ? [place] : []));
  }

  #isAllDead(question: number): boolean {
    // Not `every`, which passes over places that were never set.
    return !this.#dead[question]!.includes(undefined);
  }

  /** The rules by which all members of a question are dead. */
  #trace(question: number): readonly RoleRule[] {
    const rules = new Set<RoleRule>();
    const seen = new Set<Reason>();
    const pending = [...this.#dead[question]!];
    for (let reason = pending.pop(); reason !== undefined; reason = pending.pop()) {
      if (seen.has(reason)) continue;
      seen.add(reason);
      if (reason.rule !== null) rules.add(reason.rule);
      for (const [asked, place] of reason.because) pending.push(this.#dead[asked]![place]);
    }
    return [...rules];
  }
}

function viaRole(question: number, candidate: number): Reason {
  return { rule: null, because: [[question, candidate]] };
}
