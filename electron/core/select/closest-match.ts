import { machineGroup } from '../arch/arch.ts';
import { commandOf } from '../feed/bindings.ts';
import type { Dependency, Restriction } from '../feed/model.ts';
import { compareBytes } from '../byte-order.ts';
import { compareRoles, roleText } from '../selections/roles.ts';
import type { Choice } from '../solver/solve.ts';
import { formatVersion } from '../version/version.ts';
import type { Candidate, RejectedCandidate, Selectable } from './candidate.ts';
import type { SelectContext } from './context.ts';
import { meets } from './restrictions.ts';
import type { RoleEntry, RoleTable } from './role-table.ts';

/** A role of the closest match, with the reasons against each of its candidates. */
export interface MatchEntry {
  readonly role: RoleEntry;
  /** `null` = problem. */
  readonly chosen: Candidate | null;
  /** Names of the selected commands. */
  readonly commands: readonly string[];
  readonly notes: readonly string[];
  /** In the order in which a report lists those of equal version. */
  readonly rejected: readonly RejectedCandidate[];
}

interface OpenEntry extends MatchEntry {
  readonly notes: string[];
  /** Best first. */
  good: readonly Candidate[];
  /** The last one is the first of the list. */
  readonly bad: RejectedCandidate[];
}

/** Why a candidate is ruled out, or null. */
type Test = (implementation: Selectable) => string | null;

/** A line added to an entry when it explains something there, at most once. */
interface Note {
  readonly text: string;
  isUsed: boolean;
}

/**
 * Finds out what stands in the way of a solution, by going through the closest match and asking which candidates each part
 * of it rules out.
 *
 * @param choice the closest match: by question the chosen candidate; a stand-in is a problem
 * @returns the selected roles, in role order
 * @see selection.md 13.2
 */
export function explainMatch(table: RoleTable, choice: Choice, context: SelectContext): readonly MatchEntry[] {
  return new Explanation(table, choice, context).explain();
}

class Explanation {
  readonly #context: SelectContext;
  readonly #distribution: string;
  readonly #entries: readonly OpenEntry[];
  readonly #byRole: ReadonlyMap<string, OpenEntry>;

  constructor(table: RoleTable, choice: Choice, context: SelectContext) {
    this.#context = context;
    this.#distribution = context.world.host.distribution;
    this.#entries = table.roles
      .filter(({ question }) => (choice[question] ?? -1) >= 0)
      .map((role) => openEntry(role, choice))
      .sort((one, other) => compareRoles(one.role.role, other.role.role));
    this.#byRole = new Map(this.#entries.map((entry) => [roleText(entry.role.role), entry]));
  }

  explain(): readonly MatchEntry[] {
    this.#applyRootCommand();
    for (const entry of this.#entries) this.#applyUserRestriction(entry);
    this.#applyMachineGroup();
    for (const entry of this.#entries) {
      this.#applyReplacement(entry);
      this.#applyDependencies(entry);
      if (entry.chosen === null) this.#applyOwnNeeds(entry);
    }
    for (const entry of this.#entries) {
      if (entry.chosen === null) this.#giveUp(entry);
    }
    return this.#entries.map((entry) => ({ ...entry, rejected: [...entry.bad].reverse() }));
  }

  #applyRootCommand(): void {
    const { interface: uri, isSource, command } = this.#context.query.requirements;
    const root = this.#byRole.get(roleText({ interface: uri, isSource }));
    if (root !== undefined && command !== null) filter(root, lacks(command), null);
  }

  #applyUserRestriction(entry: OpenEntry): void {
    const restriction = this.#context.userRestriction(entry.role.role.interface);
    if (restriction === null) return;
    entry.notes.push(`User requested ${restriction.text}`);
    filter(entry, this.#violates(restriction), null);
    // Only the versions the person wants are of interest, unless there are none.
    const wanted = entry.bad.filter(({ candidate }) =>
      meets(candidate.implementation, restriction, this.#distribution),
    );
    if (wanted.length > 0 || entry.good.length > 0) entry.bad.splice(0, entry.bad.length, ...wanted);
  }

  #applyMachineGroup(): void {
    for (const { role, chosen } of this.#entries) {
      const cpu = chosen?.implementation.cpu ?? null;
      const group = machineGroup(cpu);
      if (group === null) continue;
      const example = `${roleText(role.role)} (${cpu ?? ''})`;
      for (const entry of this.#entries) {
        const test: Test = (one) => {
          const other = machineGroup(one.cpu);
          return other === null || other === group ? null : `Can't use ${one.cpu ?? ''} with selection of ${example}`;
        };
        filter(entry, test, null);
      }
      return;
    }
  }

  #applyReplacement(entry: OpenEntry): void {
    const name = entry.role.master?.replacedBy ?? null;
    const replacement = name === null ? undefined : this.#byRole.get(roleText({ ...entry.role.role, interface: name }));
    if (replacement === undefined || replacement === entry) return;
    const old = roleText(entry.role.role);
    const current = roleText(replacement.role.role);
    entry.notes.push(`Replaced by (and therefore conflicts with) ${current}`);
    filter(entry, () => `Conflicts with ${current}`, null);
    replacement.notes.push(`Replaces (and therefore conflicts with) ${old}`);
    filter(replacement, () => `Conflicts with ${old}`, null);
  }

  #applyDependencies({ chosen, commands, role }: OpenEntry): void {
    if (chosen === null) return;
    const { implementation } = chosen;
    const owner = `${roleText(role.role)} ${formatVersion(implementation.version)}`;
    for (const dependency of implementation.dependencies) this.#applyDependency(dependency, owner);
    for (const name of [...commands].sort((one, other) => compareBytes(other, one))) {
      const command = implementation.commands.get(name);
      for (const dependency of [...(command?.dependencies ?? [])].reverse()) this.#applyDependency(dependency, owner);
    }
  }

  #applyDependency(dependency: Dependency, owner: string): void {
    const target = this.#byRole.get(roleText(dependency));
    if (target === undefined || !this.#context.applies(dependency)) return;
    const texts = dependency.restrictions.map(({ text }) => text).join(', ');
    const note: Note = { text: `${owner} requires ${texts}`, isUsed: false };
    for (const restriction of dependency.restrictions) filter(target, this.#violates(restriction), note);
    for (const command of dependency.commands) {
      filter(target, lacks(command), { text: `${owner} requires '${command}' command`, isUsed: false });
    }
  }

  /** What candidates of a problem need themselves. */
  #applyOwnNeeds(entry: OpenEntry): void {
    filter(entry, (one) => missingOwnCommand(one) ?? this.#conflictOf(one.dependencies), null);
  }

  #conflictOf(dependencies: readonly Dependency[]): string | null {
    for (const dependency of dependencies) {
      const chosen = this.#byRole.get(roleText(dependency))?.chosen ?? null;
      if (chosen === null || !this.#context.applies(dependency)) continue;
      const violated = this.#violated(dependency, chosen.implementation);
      if (violated !== undefined) return `Requires ${roleText(dependency)} ${violated.text}`;
    }
    return null;
  }

  #giveUp(entry: OpenEntry): void {
    const own = roleText(entry.role.role);
    filter(
      entry,
      (one) => {
        for (const dependency of one.dependencies) {
          if (roleText(dependency) !== own || !this.#context.applies(dependency)) continue;
          const violated = this.#violated(dependency, one);
          if (violated !== undefined) return `Requires ${own} ${violated.text}`;
        }
        return null;
      },
      null,
    );
    filter(entry, (one) => `Reason for rejection unknown: ${this.#commandConflict(entry, one)}`, null);
  }

  /** What the reference leaves open: a command that is needed asks for something else than was selected. */
  #commandConflict({ commands }: OpenEntry, implementation: Selectable): string {
    for (const name of commands) {
      const conflict = this.#conflictOf(implementation.commands.get(name)?.dependencies ?? []);
      if (conflict !== null) return `'${name}' command: ${conflict}`;
    }
    return '';
  }

  #violates(restriction: Restriction): Test {
    return (one) =>
      meets(one, restriction, this.#distribution) ? null : `Incompatible with restriction: ${restriction.text}`;
  }

  #violated({ restrictions }: Dependency, implementation: Selectable): Restriction | undefined {
    return restrictions.find((restriction) => !meets(implementation, restriction, this.#distribution));
  }
}

function openEntry(role: RoleEntry, choice: Choice): OpenEntry {
  const commands = [...role.commands].filter(([, question]) => (choice[question] ?? -1) >= 0).map(([name]) => name);
  return {
    role,
    chosen: role.accepted[choice[role.question] ?? -1] ?? null,
    commands,
    notes: [...role.notes],
    rejected: [],
    good: role.accepted,
    bad: [...role.rejected],
  };
}

/** Moves candidates to the rejected ones. The note is made only where it matters for the version that was selected. */
function filter(entry: OpenEntry, test: Test, note: Note | null): void {
  const kept: Candidate[] = [];
  for (const candidate of [...entry.good].reverse()) {
    const reason = test(candidate.implementation);
    if (reason === null) {
      kept.push(candidate);
      continue;
    }
    if (note !== null && !note.isUsed && isInteresting(entry, candidate)) {
      entry.notes.push(note.text);
      note.isUsed = true;
    }
    entry.bad.push({ candidate, reason });
  }
  if (kept.length < entry.good.length) entry.good = kept.reverse();
}

function isInteresting({ chosen }: OpenEntry, candidate: Candidate): boolean {
  return chosen === null || chosen.versionKey <= candidate.versionKey;
}

function lacks(command: string): Test {
  return (implementation) => (implementation.commands.has(command) ? null : `No ${command} command`);
}

function missingOwnCommand({ bindings, commands }: Selectable): string | null {
  const needed = bindings.map(commandOf).filter((command) => command !== null);
  const missing = needed.find((command) => !commands.has(command));
  return missing === undefined ? null : `No ${missing} command`;
}
