/** The directory part of an absolute path. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Joins a relative path to a directory and removes `.`, `..` and empty parts as text, without looking at any disk. */
export function resolvePath(directory: string, relative: string): string {
  // Nearly always a file beside the feed, in a directory that is plain already.
  if (/^\.\/[^/.][^/]*$/.test(relative) && !/\/(?:\.|\/|$)/.test(directory)) return `${directory}${relative.slice(1)}`;
  const parts: string[] = [];
  for (const part of `${directory}/${relative}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
