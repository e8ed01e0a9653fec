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

/** Divides and narrows the programs; names that begin with the searched text come first, then by name. */
export function groupApps(list: AppList, filter: AppFilter): AppGroups {
  const words = fold(filter.search)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = list.apps
    .filter((app) => filter.category === null || app.categories.includes(filter.category))
    .map((app) => ({ app, name: fold(app.name), rank: rankOf(app, words) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .map(({ app }) => app);
  const others = found.filter((app) => !app.isMine);
  return {
    mine: found.filter((app) => app.isMine),
    catalogue: filter.showsCommandLineApps ? others : others.filter((app) => !app.needsTerminal),
    commandLineCount: others.filter((app) => app.needsTerminal).length,
  };
}

/** Every word must stand in the name or the summary. @returns less is better, below zero is no match */
function rankOf(app: AppSummary, words: readonly string[]): number {
  if (words.length === 0) return 0;
  const name = fold(app.name);
  const summary = fold(app.summary);
  let rank = 0;
  for (const word of words) {
    if (name.startsWith(word)) continue;
    if (name.includes(word)) rank += 1;
    else if (summary.includes(word)) rank += 2;
    else return -1;
  }
  return rank;
}

/** Small letters without accents, so that "resume" finds "Résumé". */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
