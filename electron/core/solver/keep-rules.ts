import type { RoleRule } from './role-rules.ts';
import type { Demands, Need, ProblemQuestion, ProblemRole, RoleProblem } from './roles.ts';

/**
 * The problem with only some of its rules. Roles that these do not lead to are left out, so a problem with few rules is
 * small. Whether it has a solution is what it is for: questions follow each other in an order of their own.
 */
export function keepRules(problem: RoleProblem, rules: readonly RoleRule[]): RoleProblem {
  return new Reduction(problem, rules).reduce();
}

const noNeeds: readonly Need[] = [];

class Reduction {
  readonly #problem: RoleProblem;
  readonly #needsOf = new Map<number, Set<number>>();
  readonly #ownOf = new Map<number, Set<number>>();
  readonly #barred = new Map<number, Set<number>>();
  readonly #excluding = new Set<number>();
  readonly #hasKinds: boolean;
  readonly #root: number;
  /** Old numbers of the roles and questions that are kept; the new number is the place. */
  readonly #roles: number[] = [];
  readonly #questions: number[] = [];
  readonly #newRole = new Map<number, number>();
  readonly #newQuestion = new Map<number, number>();
  readonly #needs: Need[] = [];
  readonly #newNeed = new Map<number, Need>();
  #demandCount = 0;

  constructor(problem: RoleProblem, rules: readonly RoleRule[]) {
    this.#problem = problem;
    for (const rule of rules) {
      if (rule.type === 'need') addTo(this.#needsOf, rule.question, [rule.need.id]);
      else if (rule.type === 'own-command') addTo(this.#ownOf, rule.question, [rule.command]);
      else if (rule.type === 'bar') addTo(this.#barred, rule.role, rule.candidates);
      else if (rule.type === 'exclusion') this.#excluding.add(rule.role);
    }
    this.#hasKinds = rules.some(({ type }) => type === 'kinds');
    const { questions, roles, root } = problem;
    const isWanted = rules.some(({ type }) => type === 'root-command');
    this.#root = isWanted ? root : roles[questions[root]!.role]!.question;
  }

  reduce(): RoleProblem {
    const root = this.#question(this.#root);
    const demands: Demands[][] = [];
    // The list grows while it is gone through.
    for (const question of this.#questions) demands.push(this.#demandsOf(question));
    const roles = this.#roles.map((role) => this.#role(role, demands));
    const questions = this.#questions.map((old, index): ProblemQuestion => {
      const { role, command } = this.#problem.questions[old]!;
      const kept = command === null ? null : { ...command, demands: demands[index]! };
      return { role: this.#newRole.get(role)!, command: kept };
    });
    // A command that nobody has, for barred candidates to need.
    for (const [index] of roles.entries()) {
      questions.push({ role: index, command: { candidates: new Int32Array(0), demands: [] } });
    }
    const { accepted } = this.#problem;
    return { root, roles, questions, needs: this.#needs, demandCount: this.#demandCount, accepted };
  }

  #role(old: number, demands: readonly (readonly Demands[])[]): ProblemRole {
    const role = this.#problem.roles[old]!;
    const question = this.#newQuestion.get(role.question)!;
    const barred = this.#barred.get(old);
    const impossible = this.#questions.length + this.#newRole.get(old)!;
    const bar: Demands = { id: this.#demandCount++, own: [impossible], needs: noNeeds, next: [] };
    return {
      question,
      count: role.count,
      demands: demands[question]!.map((one, candidate) => (barred?.has(candidate) === true ? bar : one)),
      kinds: this.#hasKinds ? role.kinds : new Uint8Array(role.count),
      excludes: this.#excluding.has(old) ? (this.#newRole.get(role.excludes) ?? -1) : -1,
    };
  }

  /** The new number of a question; it and its role are kept from then on. */
  #question(old: number): number {
    const known = this.#newQuestion.get(old);
    if (known !== undefined) return known;
    const number = this.#questions.length;
    this.#newQuestion.set(old, number);
    this.#questions.push(old);
    const { role } = this.#problem.questions[old]!;
    if (!this.#newRole.has(role)) {
      this.#newRole.set(role, this.#roles.length);
      this.#roles.push(role);
      this.#question(this.#problem.roles[role]!.question);
    }
    return number;
  }

  #demandsOf(question: number): Demands[] {
    const { roles, questions } = this.#problem;
    const { role, command } = questions[question]!;
    const known = new Map<Demands, Demands>();
    return (command === null ? roles[role]!.demands : command.demands).map((demands) => {
      let kept = known.get(demands);
      if (kept === undefined) known.set(demands, (kept = this.#keepDemands(question, demands)));
      return kept;
    });
  }

  #keepDemands(question: number, demands: Demands): Demands {
    const keptNeeds = this.#needsOf.get(question);
    const keptOwn = this.#ownOf.get(question);
    const own = demands.own.filter((command) => keptOwn?.has(command) === true).map((one) => this.#question(one));
    const needs = demands.needs.filter(({ id }) => keptNeeds?.has(id) === true).map((need) => this.#need(need));
    const next = [...own];
    for (const need of needs) {
      if (need.isEssential) next.push(this.#newQuestion.get(this.#problem.roles[this.#roles[need.role]!]!.question)!);
      if (need.isEssential) next.push(...need.commands);
    }
    return { id: this.#demandCount++, own, needs, next };
  }

  #need(old: Need): Need {
    const known = this.#newNeed.get(old.id);
    if (known !== undefined) return known;
    this.#question(this.#problem.roles[old.role]!.question);
    const need: Need = {
      ...old,
      id: this.#needs.length,
      role: this.#newRole.get(old.role)!,
      commands: old.commands.map((command) => this.#question(command)),
    };
    this.#needs.push(need);
    this.#newNeed.set(old.id, need);
    return need;
  }
}

function addTo(map: Map<number, Set<number>>, key: number, items: readonly number[]): void {
  const known = map.get(key) ?? new Set();
  for (const item of items) known.add(item);
  map.set(key, known);
}
