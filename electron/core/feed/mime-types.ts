/** By ending; a later entry never hides an earlier one. `.tlz` is decided by content when it is opened. */
const byEnding: readonly (readonly [string, string])[] = [
  ['.tar', 'application/x-tar'],
  ['.tar.gz', 'application/x-compressed-tar'],
  ['.tgz', 'application/x-compressed-tar'],
  ['.tar.bz2', 'application/x-bzip-compressed-tar'],
  ['.tbz', 'application/x-bzip-compressed-tar'],
  ['.tbz2', 'application/x-bzip-compressed-tar'],
  ['.tar.xz', 'application/x-xz-compressed-tar'],
  ['.txz', 'application/x-xz-compressed-tar'],
  ['.tar.lzma', 'application/x-lzma-compressed-tar'],
  ['.tlzma', 'application/x-lzma-compressed-tar'],
  ['.tlz', 'application/x-lzma-compressed-tar'],
  ['.tar.lz', 'application/x-lzip-compressed-tar'],
  ['.tar.zst', 'application/x-zstd-compressed-tar'],
  ['.zip', 'application/zip'],
  ['.jar', 'application/zip'],
  ['.nupkg', 'application/zip'],
  ['.msix', 'application/zip'],
  ['.gem', 'application/x-ruby-gem'],
  ['.deb', 'application/x-deb'],
  ['.rpm', 'application/x-rpm'],
  ['.cab', 'application/vnd.ms-cab-compressed'],
  ['.dmg', 'application/x-apple-diskimage'],
  ['.7z', 'application/x-7z-compressed'],
  ['.rar', 'application/vnd.rar'],
  ['.msi', 'application/x-msi'],
];

/**
 * The type of an archive by the end of its address, without regard to case. A query string breaks the guess.
 *
 * @returns null if the ending says nothing
 * @see store.md 5.6
 */
export function guessMimeType(href: string): string | null {
  const lower = href.toLowerCase();
  return byEnding.find(([ending]) => lower.endsWith(ending))?.[1] ?? null;
}
