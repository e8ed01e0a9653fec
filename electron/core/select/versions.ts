import { AppError } from '../../../shared/errors/app-error.ts';
import { chooseText } from '../feed/languages.ts';
import type { Language } from '../feed/model.ts';
import type { Candidate } from './candidate.ts';
import { findCandidates, type RoleCandidates } from './candidates.ts';
import { createSelectContext, type SelectContext } from './context.ts';
import { describeCandidate, formatArch, nameOf } from './describe.ts';
import type { VersionCandidate, VersionsAnswer, VersionsQuery } from './model.ts';
import type { RoleFeed } from './role-feeds.ts';
import { failureReason } from './select-failure.ts';
import { solve, type SelectOptions, type Solved } from './select.ts';
import type { SelectWorld } from './world.ts';

/**
 * Lists every version of one component, as seen from a program: those that can be used, best first, then the others.
 *
 * @throws AppError `cancelled`, or `solve-failed` if a mistake in a feed makes it impossible
 * @see selection.md 16.3
 */
export function listVersions(query: VersionsQuery, world: SelectWorld, options: SelectOptions = {}): VersionsAnswer {
  const context = createSelectContext(query, world);
  const { table, answer } = solveOrFail(context, options);
  const entry = table.find(query.role);
  const choice = answer.status === 'solved' ? answer.choice : answer.closest;
  const selected = entry?.accepted[choice[entry.question] ?? -1];
  const candidates = entry ?? findCandidates(query.role, context);
  return {
    name: nameOf(candidates),
    policy: context.userPolicy(query.role.interface),
    rows: rowsOf(candidates, selected, context),
    feeds: inDocumentOrder(candidates.feeds).map((feed) => feedRow(feed, world, context.textLanguages)),
  };
}

function solveOrFail(context: SelectContext, options: SelectOptions): Solved {
  try {
    return solve(context, options);
  } catch (error) {
    const reason = failureReason(error);
    if (reason === null) throw error;
    throw new AppError('solve-failed', { interface: context.query.requirements.interface, reason }, { cause: error });
  }
}

function rowsOf(
  { accepted, rejected }: RoleCandidates,
  selected: Candidate | undefined,
  { availability }: SelectContext,
): readonly VersionCandidate[] {
  const row = (candidate: Candidate, reason: string | null): VersionCandidate => ({
    ...describeCandidate(candidate, availability),
    reason,
    isSelected: candidate === selected,
  });
  const unusable = [...rejected].sort((one, other) => byVersion(one.candidate, other.candidate));
  return [
    ...accepted.map((candidate) => row(candidate, null)),
    ...unusable.map(({ candidate, reason }) => row(candidate, reason)),
  ];
}

function byVersion(one: Candidate, other: Candidate): number {
  if (one.versionKey === other.versionKey) return 0;
  return one.versionKey > other.versionKey ? -1 : 1;
}

/** Imports are read from the last to the first. */
function inDocumentOrder(feeds: readonly RoleFeed[]): readonly RoleFeed[] {
  const imports = feeds.filter(({ origin }) => origin === 'imported');
  return [...feeds.slice(0, 1), ...imports.reverse(), ...feeds.slice(1 + imports.length)];
}

function feedRow(
  { name, origin, os, cpu, isUsed, lookup }: RoleFeed,
  world: SelectWorld,
  languages: readonly Language[],
): VersionsAnswer['feeds'][number] {
  const found = lookup ?? world.feed(name);
  const feed = found.status === 'ready' ? found.feed : null;
  return {
    name,
    origin,
    arch: formatArch(os, cpu),
    isUsed,
    status: found.status,
    reason: found.status === 'bad' ? found.reason : null,
    title: feed?.title ?? null,
    summary: feed === null ? null : chooseText(feed.summaries, languages),
    description: feed === null ? null : chooseText(feed.descriptions, languages),
    homepages: feed?.homepages ?? [],
  };
}
