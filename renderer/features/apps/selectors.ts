import type { AppList, AppSummary, ImpactRow, InterfaceUri } from '../../../shared/model/index.ts';

/** The worst that is known of a version that a program uses. */
export function flawsByProgram(rows: readonly ImpactRow[]): ReadonlyMap<InterfaceUri, ImpactRow['now']> {
  const map = new Map<InterfaceUri, ImpactRow['now']>();
  for (const { program, now } of rows) if (map.get(program.interface) !== 'insecure') map.set(program.interface, now);
  return map;
}

/** How the person narrows the programs. */
export interface AppFilter {
  readonly search: string;
  readonly category: string | null;
  readonly showsCommandLineApps: boolean;
}

/** The programs that the page shows. */
export interface AppGroups {
  readonly mine: readonly AppSummary[];
  readonly catalogue: readonly AppSummary[];
  /** Command-line programs of the catalogue that the other filters let through. */
  readonly commandLineCount: number;
}

/**
 * Main categories of the desktop, in the order of menus.
 * @see https://specifications.freedesktop.org/menu-spec/latest/category-registry.html
 */
export const mainCategories = [
  'AudioVideo',
  'Development',
  'Education',
  'Game',
  'Graphics',
  'Network',
  'Office',
  'Science',
  'Settings',
  'System',
  'Utility',
] as const;
export type MainCategory = (typeof mainCategories)[number];

/** Those main categories that some program has. */
export function categoriesOf(list: AppList): readonly MainCategory[] {
  const present = new Set(list.apps.flatMap((app) => app.categories));
  return mainCategories.filter((category) => present.has(category));
}

/** A program with what it is found and ordered by. */
export interface IndexedApp {
  readonly app: AppSummary;
  readonly name: string;
  readonly summary: string;
}

/** Prepares programs for searching, by name: once for a list, not for each letter that is typed. */
export function indexApps(list: AppList): readonly IndexedApp[] {
  return list.apps
    .map((app) => ({ app, name: fold(app.name), summary: fold(app.summary) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Divides and narrows the programs; names that begin with the searched text come first, then by name. */
export function groupApps(index: readonly IndexedApp[], filter: AppFilter): AppGroups {
  const words = fold(filter.search)
    .split(/\s+/)
    .filter((word) => word !== '');
  const byRank: AppSummary[][] = [];
  for (const one of index) {
    if (filter.category !== null && !one.app.categories.includes(filter.category)) continue;
    const rank = rankOf(one, words);
    if (rank >= 0) (byRank[rank] ??= []).push(one.app);
  }
  const found = byRank.flat();
  const others = found.filter((app) => !app.isMine);
  return {
    mine: found.filter((app) => app.isMine),
    catalogue: filter.showsCommandLineApps ? others : others.filter((app) => !app.needsTerminal),
    commandLineCount: others.filter((app) => app.needsTerminal).length,
  };
}

/** Every word must stand in the name or the summary. @returns less is better, below zero is no match */
function rankOf({ name, summary }: IndexedApp, words: readonly string[]): number {
  let rank = 0;
  for (const word of words) {
    if (name.startsWith(word)) continue;
    if (name.includes(word)) rank += 1;
    else if (summary.includes(word)) rank += 2;
    else return -1;
  }
  return rank;
}

const isPlain = /^[\u0000-\u007f]*$/;

/** Small letters without accents, so that "resume" finds "Résumé". */
function fold(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
