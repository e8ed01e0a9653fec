import type { Draft, Remedy } from '../../../shared/model/decision.ts';
import { compareBytes } from '../byte-order.ts';
import { roleText } from '../selections/roles.ts';
import { rolesOf, type Bar, type RoleRule } from '../solver/role-rules.ts';
import { stabilityRank, type Candidate } from './candidate.ts';
import type { SelectContext } from './context.ts';
import { versionName, type FilledRoles } from './outcome.ts';
import type { RoleEntry, RoleTable } from './role-table.ts';

/** Something to try against a conflict. */
export interface Idea {
  /** Gives more freedom than is needed. */
  readonly draft: Draft;
  /** What is needed of it for what was selected with it; null if nothing. */
  settle(selected: FilledRoles): { readonly remedy: Remedy; readonly draft: Draft } | null;
}

/** More machines, or commands, than this are not tried. */
const maxPlatforms = 3;
const maxCommands = 8;
/** What a version gets that its level rules out: enough to be usable, and no more. */
const givenRating = 'testing';

/** Ideas how to lift the rules of a conflict. */
export function ideasFor(rules: readonly RoleRule[], table: RoleTable, context: SelectContext): readonly Idea[] {
  return rules.flatMap((rule): readonly Idea[] => {
    if (rule.type === 'bar') return ideasForBar(rule, table, context);
    if (rule.type === 'root-command') return otherCommands(table, context);
    return rule.type === 'kinds' ? otherGroup(rules, table, context) : [];
  });
}

/** Ideas how to make versions usable. */
export function ideasForBar(bar: Bar, table: RoleTable, context: SelectContext): readonly Idea[] {
  const entry = table.roles[bar.role];
  if (entry === undefined) return [];
  const barred = bar.candidates.flatMap((index) => entry.accepted[index] ?? []);
  const { requirements } = context.query;
  switch (bar.label) {
    case 'stability':
      return rateSome(barred, entry);
    case 'restriction': {
      const { interface: uri } = entry.role;
      const restriction = requirements.restrictions[uri] ?? '';
      return [always({ kind: 'drop-restriction', interface: uri, restriction }, { restrictions: { [uri]: null } })];
    }
    case 'offline':
      return [always({ kind: 'go-online' }, { networkUse: 'full' })];
    case 'source':
      return [always({ kind: 'compile' }, { mayCompile: true })];
    case 'os':
      return platforms(
        barred.map(({ implementation: { os, cpu } }) => ({
          os,
          cpu: cpu === 'src' ? requirements.cpu : (cpu ?? requirements.cpu),
        })),
      );
    case 'cpu':
      return platforms(barred.map(({ implementation: { cpu } }) => ({ os: requirements.os, cpu })));
    default:
      return [];
  }
}

function always(remedy: Remedy, draft: Draft): Idea {
  return { draft, settle: () => ({ remedy, draft }) };
}

/** Buggy versions are tried before insecure ones. */
function rateSome(barred: readonly Candidate[], entry: RoleEntry): readonly Idea[] {
  const buggy = barred.filter(({ stability }) => stability > stabilityRank('insecure'));
  const ideas = buggy.length === 0 ? [] : [rate(buggy, entry)];
  return buggy.length === barred.length ? ideas : [...ideas, rate(barred, entry)];
}

function rate(barred: readonly Candidate[], { role: { interface: uri, isSource } }: RoleEntry): Idea {
  const role = { interface: uri, isSource };
  const byFeed = new Map<string, (readonly [string, typeof givenRating | null])[]>();
  for (const candidate of barred) {
    const { fromFeed } = candidate.implementation;
    const known = byFeed.get(fromFeed);
    if (known === undefined) byFeed.set(fromFeed, [ratingOf(candidate)]);
    else known.push(ratingOf(candidate));
  }
  const ratings = Object.fromEntries([...byFeed].map(([feed, rated]) => [feed, Object.fromEntries(rated)]));
  return {
    draft: { ratings },
    settle(selected) {
      const chosen = selected.get(roleText(role))?.candidate.implementation;
      const candidate = barred.find(
        ({ implementation: { id, fromFeed } }) => id === chosen?.id && fromFeed === chosen.fromFeed,
      );
      if (candidate === undefined) return null;
      const { userRating, implementation } = candidate;
      const version = versionName(candidate);
      const level = userRating ?? implementation.stability;
      const remedy: Remedy = isOwnFault(candidate)
        ? { kind: 'unrate', role, version, level }
        : { kind: 'rate', role, version, level, rating: givenRating };
      return { remedy, draft: { ratings: { [implementation.fromFeed]: Object.fromEntries([ratingOf(candidate)]) } } };
    },
  };
}

function ratingOf(candidate: Candidate): readonly [id: string, rating: typeof givenRating | null] {
  return [candidate.implementation.id, isOwnFault(candidate) ? null : givenRating];
}

/** Whether only the person's own rating rules a version out. */
function isOwnFault({ userRating, implementation }: Candidate): boolean {
  return userRating !== null && stabilityRank(implementation.stability) > stabilityRank('buggy');
}

/** The machines that most of the best candidates are for. */
function platforms(machines: readonly { readonly os: string | null; readonly cpu: string | null }[]): readonly Idea[] {
  const distinct = new Map(machines.map((machine) => [`${machine.os ?? ''} ${machine.cpu ?? ''}`, machine]));
  return [...distinct.values()]
    .slice(0, maxPlatforms)
    .map(({ os, cpu }) => always({ kind: 'platform', os, cpu }, { os, cpu }));
}

/** Another processor may make do with one group of machines. */
function otherGroup(rules: readonly RoleRule[], table: RoleTable, { platform, query }: SelectContext): readonly Idea[] {
  const roles = new Set(rules.flatMap((rule) => rolesOf(table.problem, rule)));
  const cpus = [...roles].flatMap(
    (role) => table.roles[role]?.accepted.map(({ implementation }) => implementation.cpu) ?? [],
  );
  const others = cpus.filter((cpu) => cpu !== null && cpu !== 'src' && cpu !== platform.cpu);
  return platforms(others.map((cpu) => ({ os: query.requirements.os, cpu })));
}

function otherCommands(table: RoleTable, { query }: SelectContext): readonly Idea[] {
  const names = new Set(table.roles[0]?.accepted.flatMap(({ implementation }) => [...implementation.commands.keys()]));
  names.delete(query.requirements.command ?? '');
  return [...names]
    .sort(compareBytes)
    .slice(0, maxCommands)
    .map((command) => always({ kind: 'command', command }, { command }));
}
