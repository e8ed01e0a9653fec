import type { TreeDiff } from '../manifest/diff.ts';
import type { Growth } from './http.ts';

/** Implementations on disk. See `spec/store.md`. */
export interface StorePort {
  /** In search order; the first is the user's. */
  directories(): readonly StoreDirectory[];
  /** The directory of the first digest name found, or null. Digests outer loop, stores inner (`store.md` 1.3). */
  lookup(digests: readonly string[]): Promise<StoredImplementation | null>;
  /** All entries of all stores by name, temporary and foreign ones included. Sizes come from `measure`. */
  list(): Promise<readonly StoreEntry[]>;
  /**
   * The same for one directory, which need not be one of the stores; `storeIndex` is then -1.
   * @throws AppError `file-missing` if there is no such directory
   */
  listDirectory(path: string): Promise<readonly StoreEntry[]>;
  /** What entries take and what deleting them would free; a file with several names counts once. */
  measure(entries: readonly StoreEntry[], signal?: AbortSignal): Promise<StoreMeasure>;
  /**
   * Unpacks into a private temporary directory, checks the digest, makes the tree visible under its name.
   * Success too if somebody else was faster. On any failure or abort nothing is left.
   * @throws AppError `wrong-digest`, `archive-*`, `recipe-failed`, `tree-illegal`, `disk-full`, `digest-unsupported`, `cancelled`
   */
  add(request: AddRequest): Promise<StoredImplementation>;
  /**
   * Copies an implementation, a directory named by its digest and with its manifest, into a directory of others. It is
   * checked while it is copied. Success too if it is there already.
   * @param target null for the user's store, which is made if it is missing
   * @throws AppError `bad-digest`, `not-allowed` for `sha1`, `file-missing`, `wrong-digest`, and what `add` throws
   */
  copy(source: string, target: string | null, signal?: AbortSignal): Promise<StoredImplementation>;
  /**
   * Moves an implementation of the user's store to the shared one: directly where we may write there, else through its helper.
   * @returns false if it is not in the user's store, or the shared store does not take it
   * @throws AppError `share-failed` if the helper does not work, `cancelled`
   */
  share(digest: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * Makes files that are the same in several implementations of one store one file with several names.
   * @throws AppError `not-allowed` if the directory is not called `implementations`, `file-missing`, `permission-denied`
   */
  optimise(store: string, options: OptimiseOptions): Promise<OptimiseResult>;
  /** How one directory becomes another, from their manifests where these can be relied upon. @throws AppError as `digest` */
  diff(before: string, after: string, signal?: AbortSignal): Promise<TreeDiff>;
  /**
   * To be asked before an archive is downloaded.
   * @throws AppError `archive-unsupported`, `archive-tool-missing`
   */
  checkArchive(archive: { readonly name: string; readonly mimeType: string }): Promise<void>;
  /** Compares a tree with a digest name (default: its directory name). @see store.md 4 */
  verify(path: string, expected?: string, signal?: AbortSignal): Promise<VerifyResult>;
  /** Renames away, makes writable, deletes; returns bytes really freed. Only inside a store. */
  remove(entry: StoreEntry): Promise<number>;
  /** Digest (directory name) and manifest of any directory. */
  digest(
    path: string,
    algorithm: string,
    signal?: AbortSignal,
  ): Promise<{ readonly digest: string; readonly manifest: string }>;
  /** Digest and manifest of what an archive unpacks to; nothing stays. */
  digestArchive(request: DigestArchiveRequest): Promise<{ readonly digest: string; readonly manifest: string }>;
  /** Bytes free where the user's store is; null if unknown. */
  freeBytes(): Promise<number | null>;
}

export interface StoreDirectory {
  readonly path: string;
  /** `user`, `shared` or the path of a custom directory. */
  readonly name: string;
  readonly isWritable: boolean;
}

export interface StoredImplementation {
  readonly path: string;
  readonly store: string;
}

export interface StoreEntry {
  /** Index in `directories()`. */
  readonly storeIndex: number;
  readonly name: string;
  readonly path: string;
  readonly kind: 'implementation' | 'temporary' | 'foreign';
  readonly modifiedAt: string | null;
  /** Temporary, and nobody alive works on it. */
  readonly isLeftOver: boolean;
}

/** Sizes in bytes, as files are long. */
export interface StoreMeasure {
  /** In the order of the entries. */
  readonly items: readonly {
    /** By its manifest, with the manifest; else of all files found by walking. */
    readonly sizeBytes: number;
    /** What deleting this one alone would free. */
    readonly freedBytes: number;
  }[];
  /** Everything, each file once. */
  readonly totalBytes: number;
  /** What deleting all of them would free. */
  readonly freedBytes: number;
}

export interface OptimiseOptions {
  readonly isDryRun: boolean;
  readonly signal?: AbortSignal;
  /** Number of entries looked at. */
  readonly onProgress?: (count: number) => void;
}

/** @see store.md 8 */
export interface OptimiseResult {
  /** Of all files but those that were names of another one already. */
  readonly originalBytes: number;
  /** Of those. */
  readonly savedBytes: number;
  readonly freedBytes: number;
  /** Not part of the others. */
  readonly manifestBytes: number;
  readonly problems: readonly OptimiseProblem[];
}

/** Something that was left as it is: for a reason, or since two files differ that should not. */
export type OptimiseProblem =
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: string }
  | { readonly kind: 'unequal'; readonly path: string; readonly other: string };

export interface AddRequest {
  /** Directory names from the feed, best algorithm is checked. */
  readonly digests: readonly string[];
  readonly steps: readonly PreparedStep[];
  /**
   * Path of a damaged copy, which does not count as being there: it is deleted once the new one is complete, or left if it
   * may not be deleted.
   */
  readonly replaces?: string;
  /** Instead of the usual ones, for this implementation. */
  readonly limits?: Partial<UnpackLimits>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (state: {
    readonly phase: 'unpacking' | 'verifying' | 'storing';
    readonly bytes: number;
  }) => void;
}

/** A recipe step whose downloads are on disk, or on their way there: then with their `growth`. `name` is for messages. */
export type PreparedStep =
  | {
      readonly type: 'archive';
      readonly file: string;
      readonly growth?: Growth | undefined;
      readonly name: string;
      /** `type` attribute, else guessed from the href; see `guessMimeType` in core/feed. */
      readonly mimeType: string;
      readonly extract: string | null;
      readonly dest: string | null;
      readonly startOffset: number;
    }
  | {
      readonly type: 'file';
      readonly file: string;
      readonly growth?: Growth | undefined;
      readonly dest: string;
      readonly executable: boolean;
    }
  | { readonly type: 'rename'; readonly source: string; readonly dest: string }
  | { readonly type: 'remove'; readonly path: string }
  | {
      readonly type: 'copy-from';
      readonly directory: string;
      readonly source: string | null;
      readonly dest: string | null;
    };

export type VerifyResult =
  | { readonly isOk: true; readonly digest: string }
  /** `report` has the expected and actual digests, the explanation and the differences, as the reference prints them. */
  | { readonly isOk: false; readonly expected: string; readonly actual: string; readonly report: string };

export interface DigestArchiveRequest {
  readonly file: string;
  readonly mimeType: string;
  readonly extract: string | null;
  readonly algorithm: string;
  readonly signal?: AbortSignal;
}

/** How far an archive may go before it is stopped with `archive-limit`. @see store.md 5.9 */
export interface UnpackLimits {
  /** Of everything an archive holds. */
  readonly unpackedBytes: number;
  readonly entries: number;
  /** Of a path inside the archive. */
  readonly pathBytes: number;
  /** Of a symbolic link's target. */
  readonly linkBytes: number;
  /** Unpacked bytes for each byte of the archive; looked at once `ratioFromBytes` are unpacked. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}
