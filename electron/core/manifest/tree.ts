/** A directory of a listed tree; what has been hashed is all that is known of the contents. */
export interface TreeDirectory {
  readonly type: 'directory';
  /** Whole seconds since 1970; only the old manifest format shows it. */
  readonly mtime: number;
  /** By leaf name, in any order. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
}

/** A regular file of a listed tree. */
export interface TreeFile {
  readonly type: 'file';
  /** Lower-case hex. */
  readonly hash: string;
  /** Whole seconds since 1970, cut toward zero. */
  readonly mtime: number;
  readonly sizeBytes: number;
  /** Whether any of the three execute bits is set. */
  readonly isExecutable: boolean;
}

/** A symbolic link of a listed tree. */
export interface TreeLink {
  readonly type: 'link';
  /** Of the target's bytes, lower-case hex. */
  readonly hash: string;
  /** Bytes of the target. */
  readonly sizeBytes: number;
}

/** What a directory can hold. */
export type TreeEntry = TreeDirectory | TreeFile | TreeLink;

/** The name under which a tree's manifest lies beside its contents, and which the contents may not use. */
export const manifestName = '.manifest';

/** Bytes of all files and link targets together. */
export function contentBytes(directory: TreeDirectory): number {
  let total = 0;
  for (const entry of directory.entries.values()) {
    total += entry.type === 'directory' ? contentBytes(entry) : entry.sizeBytes;
  }
  return total;
}
