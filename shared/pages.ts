/** Pages of the rail, in order: the first opens by Ctrl+1. */
export const pages = ['apps', 'downloads', 'timeline', 'storage', 'sharing', 'preferences'] as const;
/** Besides those of the rail, the page about updates, which belongs to the apps. */
export type Page = (typeof pages)[number] | 'updates';
