import type {
  Comparison,
  Conflict,
  Draft,
  Explanation,
  InterfaceUri,
  SolveView,
  TrialResult,
} from '../../../shared/model/index.ts';
import { solveView, versionsOf, type World } from './world.ts';

/** Why (not) this version, as far as the invented world knows. */
export function explainVersion(
  world: World,
  {
    interface: uri,
    isSource,
    id,
    fromFeed,
  }: { interface: InterfaceUri; isSource: boolean; id: string; fromFeed: string },
): { readonly explanation: Explanation; readonly text: string } {
  const rows = versionsOf(world, uri);
  const row = rows.find((one) => one.id === id && one.fromFeed === fromFeed);
  const selected = rows.find((one) => one.isSelected);
  const subject = { role: { interface: uri, isSource }, id, fromFeed, version: row?.version ?? null };
  const wanted = `${uri} ${row?.version ?? id}`;
  if (row === undefined || selected === undefined) {
    const text = `Implementation to consider (${wanted}) does not exist!`;
    return { explanation: { kind: 'does-not-exist', subject }, text };
  }
  if (row.reason !== null) {
    const text = `${wanted} cannot be used (regardless of other components): ${row.reason}`;
    return { explanation: { kind: 'unusable', subject, reason: row.reason }, text };
  }
  if (row.isSelected) {
    return { explanation: { kind: 'selected', subject }, text: `${wanted} was selected as the preferred version.` };
  }
  const better = { id: selected.id, fromFeed: selected.fromFeed, version: selected.version };
  return {
    explanation: { kind: 'ranked-lower', subject, better, key: 'version' },
    text: `${row.version} is ranked lower than ${selected.version}: newer versions are preferred`,
  };
}

/** Why a program has no solution: a library that is asked for in a version that does not exist. */
export function conflictOf(world: World, root: InterfaceUri): Conflict {
  const view = solveView(world, root);
  const problem = view.components.find((row) => row.version === null);
  if (problem === undefined) return { status: 'solved' };
  const role = { interface: root, isSource: false };
  const target = { interface: problem.interface, isSource: false };
  return {
    status: 'conflict',
    obstacles: [
      { kind: 'wanted', role, command: null, hasVersions: true, notes: [] },
      {
        kind: 'requires',
        role,
        versions: [view.components[0]?.version ?? '1'],
        command: null,
        target,
        isEssential: true,
        restrictions: ['version 4..'],
        commands: [],
        targetHasVersions: true,
        notes: [],
      },
    ],
    names: { [root]: view.name, [problem.interface]: problem.name },
    isMinimal: true,
    resolutions: resolutionsOf(world, root, problem),
    missingFeeds: [],
    report: view.report ?? '',
  };
}

/** In this world, rating a version of the library that stands in the way is all it takes. */
function resolutionsOf(world: World, root: InterfaceUri, { interface: uri, name }: SolveView['components'][number]) {
  const [row] = versionsOf(world, uri);
  if (row === undefined) return [];
  const version = { id: row.id, fromFeed: row.fromFeed, version: row.version };
  const draft: Draft = { ratings: { [row.fromFeed]: { [row.id]: 'testing' } } };
  const role = { interface: uri, isSource: false };
  const preview: Comparison = {
    ...compareWith(world, root, draft),
    changes: [{ role, name, from: null, to: version }],
    fetchBytes: { before: 0, after: 1_400_000 },
  };
  const remedy = { kind: 'rate', role, version, level: 'buggy', rating: 'testing' } as const;
  return [{ remedies: [remedy], draft, preview }];
}

/** What ratings and policies of a draft would change. */
export function compareWith(world: World, root: InterfaceUri, draft: Draft): TrialResult {
  const ratings = new Map(world.ratings);
  for (const [feed, rated] of Object.entries(draft.ratings ?? {})) {
    for (const [id, rating] of Object.entries(rated)) {
      if (rating === null) ratings.delete(`${feed} ${id}`);
      else ratings.set(`${feed} ${id}`, rating);
    }
  }
  const settings = { ...world.settings, helpWithTesting: draft.helpWithTesting ?? world.settings.helpWithTesting };
  const before = solveView(world, root);
  const unsolvable = draft.ratings === undefined ? world.unsolvable : new Set<InterfaceUri>();
  const after = solveView({ ...world, ratings, settings, unsolvable }, root);
  return {
    before: outcomeOf(before),
    after: outcomeOf(after),
    changes: before.components.flatMap(({ interface: uri, name }) => {
      const [from, to] = [before, after].map((view) => versionIn(view, uri));
      if (from?.id === to?.id) return [];
      return [{ role: { interface: uri, isSource: false }, name, from: from ?? null, to: to ?? null }];
    }),
    fetchBytes: { before: before.downloadBytes, after: after.downloadBytes },
    missingFeeds: [],
    untrustedDomains: [],
  };
}

function outcomeOf(view: SolveView): Comparison['before'] {
  return view.isSolved ? { status: 'solved' } : { status: 'no-solution', report: view.report ?? '' };
}

function versionIn(view: SolveView, uri: InterfaceUri) {
  const row = view.components.find((one) => one.interface === uri);
  if (row === undefined || row.version === null || row.id === null || row.fromFeed === null) return null;
  return { id: row.id, fromFeed: row.fromFeed, version: row.version };
}
