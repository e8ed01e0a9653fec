import { machineGroup } from '../arch/arch.ts';
import { commandOf } from '../feed/bindings.ts';
import type { Binding, Command, Dependency } from '../feed/model.ts';
import { roleText } from '../selections/roles.ts';
import { IntList } from '../solver/int-list.ts';
import {
  acceptBits,
  type Demands,
  type Need,
  type ProblemQuestion,
  type ProblemRole,
  type RoleProblem,
} from '../solver/roles.ts';
import type { Candidate, Selectable } from './candidate.ts';
import { findCandidates, type RoleCandidates } from './candidates.ts';
import type { SelectContext } from './context.ts';
import type { Role } from './model.ts';
import { RestrictionTable } from './restrictions.ts';
import { SelectFailure } from './select-failure.ts';

/** A role of the problem with its candidates. */
export interface RoleEntry extends RoleCandidates {
  readonly index: number;
  /** Number of the role's question. */
  readonly question: number;
  /** Numbers of the questions about its commands, by name. */
  readonly commands: ReadonlyMap<string, number>;
}

interface OpenRole extends RoleEntry {
  readonly commands: Map<string, number>;
  readonly restrictions: RestrictionTable;
  /** Needs of this role by what they ask for. */
  readonly needs: Map<string, Need>;
  readonly kinds: Uint8Array;
  demands: readonly Demands[];
}

interface OpenQuestion {
  readonly role: OpenRole;
  readonly command: string | null;
  /** Of a command: the candidates that have it, and what it is there. */
  readonly candidates: Int32Array;
  readonly found: readonly Command[];
  demands: readonly Demands[];
}

const none: readonly never[] = [];
const noCandidates = new Int32Array(0);
const groupNumbers = { '64': 1, def: 2 } as const;

/**
 * Everything that could be involved in a selection: beginning at the root role, all that any usable candidate, or any
 * command that is needed, depends on. What candidates share (a group's dependencies, a command) is worked out once.
 *
 * @see selection.md 9
 */
export class RoleTable {
  readonly problem: RoleProblem;
  readonly #context: SelectContext;
  readonly #roles: OpenRole[] = [];
  readonly #byName = new Map<string, OpenRole>();
  readonly #questions: OpenQuestion[] = [];
  readonly #needs: Need[] = [];
  readonly #accepted = new IntList(1024);
  #demandCount = 0;
  readonly #nothing: Demands = this.#demands(none, none, none);

  /** @throws SelectFailure at mistakes that stop the whole selection */
  constructor(root: Role, command: string | null, context: SelectContext) {
    this.#context = context;
    const rootRole = this.#role(root);
    const question = command === null ? rootRole.question : this.#command(rootRole, command);
    // The list grows while it is gone through.
    for (const open of this.#questions) {
      if (open.command === null) this.#expandRole(open);
      else this.#expandCommand(open);
    }
    this.problem = this.#build(question);
  }

  get roles(): readonly RoleEntry[] {
    return this.#roles;
  }

  find(role: Role): RoleEntry | undefined {
    return this.#byName.get(roleText(role));
  }

  /** The command a question is about, null if it is about a role. */
  commandOf(question: number): string | null {
    return this.#questions[question]?.command ?? null;
  }

  #role(role: Role): OpenRole {
    const name = roleText(role);
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const found = findCandidates({ interface: role.interface, isSource: role.isSource }, this.#context);
    const { accepted } = found;
    // Spelt out: the engine takes long for a spread and more.
    const entry: OpenRole = {
      role: found.role,
      feeds: found.feeds,
      master: found.master,
      accepted,
      rejected: found.rejected,
      notes: found.notes,
      index: this.#roles.length,
      question: this.#questions.length,
      commands: new Map(),
      restrictions: new RestrictionTable(accepted, this.#context.world.host.distribution),
      needs: new Map(),
      kinds: kindsOf(accepted),
      demands: [],
    };
    this.#roles.push(entry);
    this.#byName.set(name, entry);
    this.#questions.push({ role: entry, command: null, candidates: noCandidates, found: none, demands: [] });
    return entry;
  }

  /** The question about a command of a role. */
  #command(role: OpenRole, name: string): number {
    const known = role.commands.get(name);
    if (known !== undefined) return known;
    const having: number[] = [];
    const found: Command[] = [];
    let index = 0;
    for (const { implementation } of role.accepted) {
      const command = implementation.commands.get(name);
      if (command !== undefined) {
        having.push(index);
        found.push(command);
      }
      index++;
    }
    const question = this.#questions.length;
    role.commands.set(name, question);
    this.#questions.push({ role, command: name, candidates: new Int32Array(having), found, demands: [] });
    return question;
  }

  #expandRole({ role }: OpenQuestion): void {
    const shared = new Map<readonly Dependency[], Map<readonly Binding[], Demands>>();
    let last: Demands | undefined;
    let lastOne: Selectable | undefined;
    role.demands = role.accepted.map(({ implementation }) => {
      const { dependencies, bindings } = implementation;
      // Members of a group mostly stand together.
      if (dependencies === lastOne?.dependencies && bindings === lastOne.bindings && last !== undefined) return last;
      lastOne = implementation;
      last = this.#sharedDemands(shared, role, implementation);
      return last;
    });
  }

  #sharedDemands(
    shared: Map<readonly Dependency[], Map<readonly Binding[], Demands>>,
    role: OpenRole,
    { dependencies, bindings }: Selectable,
  ): Demands {
    if (dependencies.length === 0 && bindings.length === 0) return this.#nothing;
    let byBindings = shared.get(dependencies);
    if (byBindings === undefined) shared.set(dependencies, (byBindings = new Map<readonly Binding[], Demands>()));
    let demands = byBindings.get(bindings);
    if (demands === undefined) byBindings.set(bindings, (demands = this.#demandsOf(role, bindings, dependencies)));
    return demands;
  }

  #expandCommand(open: OpenQuestion): void {
    const shared = new Map<Command, Demands>();
    // Not `#nothing`: after a command its own role is asked for.
    const nothing = this.#demands(none, none, none);
    open.demands = open.found.map((command) => {
      const { bindings, dependencies } = command;
      if (bindings.length === 0 && dependencies.length === 0) return nothing;
      const known = shared.get(command);
      if (known !== undefined) return known;
      // In commands everything counts from the end.
      const demands = this.#demandsOf(open.role, [...bindings].reverse(), [...dependencies].reverse());
      shared.set(command, demands);
      return demands;
    });
  }

  #demandsOf(role: OpenRole, bindings: readonly Binding[], dependencies: readonly Dependency[]): Demands {
    const own: number[] = [];
    for (const binding of bindings) {
      if (binding.type === 'invalid') throw new SelectFailure(binding.reason);
      const command = commandOf(binding);
      if (command !== null) own.push(this.#command(role, command));
    }
    const needs: Need[] = [];
    const next = [...own];
    for (const dependency of dependencies) {
      if (!this.#context.applies(dependency)) continue;
      const need = this.#need(dependency);
      needs.push(need);
      if (dependency.kind === 'restricts') continue;
      next.push(this.#roles[need.role]?.question ?? 0);
      for (const command of need.commands) next.push(command);
    }
    return this.#demands(own, needs, next);
  }

  #demands(own: readonly number[], needs: readonly Need[], next: readonly number[]): Demands {
    return { id: this.#demandCount++, own, needs, next };
  }

  #need(dependency: Dependency): Need {
    const role = this.#role(dependency);
    const isEssential = dependency.kind !== 'restricts' && dependency.importance === 'essential';
    const key = needKey(isEssential, dependency);
    const known = role.needs.get(key);
    if (known !== undefined) return known;
    const need = this.#newNeed(role, isEssential, dependency);
    role.needs.set(key, need);
    return need;
  }

  #newNeed(role: OpenRole, isEssential: boolean, { restrictions, commands }: Dependency): Need {
    const met = role.restrictions.meetingAll(restrictions);
    if (commands.length > 0) {
      for (let index = 0; index < met.length; index++) {
        if (met[index] === 1 && !hasAll(role.accepted[index], commands)) met[index] = 0;
      }
    }
    const accepted = acceptBits(this.#accepted, met);
    const need: Need = {
      id: this.#needs.length,
      role: role.index,
      isEssential,
      accepted,
      commands: commands.map((command) => this.#command(role, command)),
    };
    this.#needs.push(need);
    return need;
  }

  #build(root: number): RoleProblem {
    return {
      root,
      roles: this.#roles.map(({ role, question, accepted, demands, kinds, master }): ProblemRole => {
        const replacement = master?.replacedBy ?? null;
        const excluded = replacement === null ? undefined : this.find({ ...role, interface: replacement });
        return {
          question,
          count: accepted.length,
          demands,
          kinds,
          excludes: excluded?.index ?? -1,
        };
      }),
      questions: this.#questions.map(({ role, command, candidates, demands }): ProblemQuestion => {
        return { role: role.index, command: command === null ? null : { candidates, demands } };
      }),
      needs: this.#needs,
      demandCount: this.#demandCount,
      accepted: this.#accepted,
    };
  }
}

/** A plain loop, because `from` with a function, and `entries`, take several times as long. */
function kindsOf(candidates: readonly Candidate[]): Uint8Array {
  const kinds = new Uint8Array(candidates.length);
  let index = 0;
  for (const { implementation } of candidates) {
    const group = machineGroup(implementation.cpu);
    if (group !== null) kinds[index] = groupNumbers[group];
    index++;
  }
  return kinds;
}

function hasAll(candidate: Candidate | undefined, commands: readonly string[]): boolean {
  return candidate !== undefined && commands.every((command) => candidate.implementation.commands.has(command));
}

/** Dependencies on a role with the same key ask for the same. */
function needKey(isEssential: boolean, { restrictions, commands }: Dependency): string {
  const [first] = restrictions;
  // By far the most dependencies are like this, and their text is there already.
  if (isEssential && restrictions.length === 1 && first?.type === 'version' && commands.length === 0) return first.text;
  let key = isEssential ? '\u0000' : '\u0001';
  for (const { type, text } of restrictions) key += `\u0000${type} ${text}`;
  for (const command of commands) key += `\u0001${command}`;
  return key;
}
