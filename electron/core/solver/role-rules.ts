import type { Demands, Need, RoleProblem } from './roles.ts';

/**
 * One of the rules that make up a problem, as a person would count them: all candidates of a role that ask for the same of
 * another role make one rule. That the root must be filled is none of them; without any of them there is a solution if
 * the root has a candidate.
 */
export type RoleRule =
  /** The root must have the wanted command. */
  | { readonly type: 'root-command' }
  /** Who asks: a role, or a command of a role, by its question. */
  | { readonly type: 'need'; readonly question: number; readonly need: Need }
  /** The candidates of a question need a command of their own. */
  | { readonly type: 'own-command'; readonly question: number; readonly command: number }
  /** Two roles cannot be filled together. */
  | { readonly type: 'exclusion'; readonly role: number; readonly other: number }
  /** Candidates of different kinds cannot be chosen together. */
  | { readonly type: 'kinds' }
  /** Candidates of a role that may not be chosen, for one and the same reason. */
  | ({ readonly type: 'bar' } & Bar);

/** Candidates of a role that may not be chosen; `label` says why and means nothing here. */
export interface Bar {
  readonly role: number;
  readonly candidates: readonly number[];
  readonly label: string;
}

/** All rules of a problem whose candidates are barred for some reasons. */
export function rulesOf(problem: RoleProblem, bars: readonly Bar[]): readonly RoleRule[] {
  const { roles, questions, root } = problem;
  const rules: RoleRule[] = bars.map((bar) => ({ type: 'bar', ...bar }));
  if (questions[root]!.command !== null) rules.push({ type: 'root-command' });
  for (let question = 0; question < questions.length; question++) rules.push(...rulesOfQuestion(problem, question));
  for (const [role, { excludes }] of roles.entries()) {
    if (excludes >= 0 && excludes !== role) rules.push({ type: 'exclusion', role, other: excludes });
  }
  if (roles.some(({ kinds }) => kinds.some((kind) => kind > 0))) rules.push({ type: 'kinds' });
  return rules;
}

function rulesOfQuestion(problem: RoleProblem, question: number): readonly RoleRule[] {
  const rules: RoleRule[] = [];
  const seen = new Set<Demands>();
  const needs = new Set<number>();
  const commands = new Set<number>();
  for (const demands of demandsOf(problem, question)) {
    if (seen.has(demands)) continue;
    seen.add(demands);
    for (const need of demands.needs) {
      if (!needs.has(need.id)) rules.push({ type: 'need', question, need });
      needs.add(need.id);
    }
    for (const command of demands.own) {
      if (!commands.has(command)) rules.push({ type: 'own-command', question, command });
      commands.add(command);
    }
  }
  return rules;
}

/** What the members of a question demand, in their order. */
export function demandsOf({ roles, questions }: RoleProblem, question: number): readonly Demands[] {
  const { role, command } = questions[question]!;
  return command === null ? roles[role]!.demands : command.demands;
}

/** The role of a question. */
export function roleOf({ questions }: RoleProblem, question: number): number {
  return questions[question]!.role;
}

/** The candidates whose place in a question has demands of a kind, best first. */
export function candidatesWith(
  problem: RoleProblem,
  question: number,
  isMeant: (demands: Demands) => boolean,
): readonly number[] {
  const { command } = problem.questions[question]!;
  return demandsOf(problem, question).flatMap((demands, place) =>
    isMeant(demands) ? [command === null ? place : command.candidates[place]!] : [],
  );
}

/** The roles that a rule is about; none for the rule about kinds. */
export function rolesOf({ questions, root }: RoleProblem, rule: RoleRule): readonly number[] {
  switch (rule.type) {
    case 'root-command':
      return [questions[root]!.role];
    case 'need':
      return [questions[rule.question]!.role, rule.need.role];
    case 'own-command':
      return [questions[rule.question]!.role];
    case 'exclusion':
      return [rule.role, rule.other];
    case 'bar':
      return [rule.role];
    case 'kinds':
      return [];
  }
}
