/** Pages of the rail, in order: the first opens by Ctrl+1. */
export const pages = ['apps', 'downloads', 'timeline', 'storage', 'sharing', 'map', 'preferences'] as const;
/** Besides those of the rail, the page about updates, which belongs to the apps. */
export type Page = (typeof pages)[number] | 'updates';

/** Whether a word names a page. */
export function isPage(word: string): word is Page {
  return word === 'updates' || pages.some((page) => page === word);
}
