import type { Growth } from './http.ts';

/** Implementations on disk. See `spec/store.md`. */
export interface StorePort {
  /** In search order; the first is the user's. */
  directories(): readonly StoreDirectory[];
  /** The directory of the first digest name found, or null. Digests outer loop, stores inner (`store.md` 1.3). */
  lookup(digests: readonly string[]): Promise<StoredImplementation | null>;
  /** All entries of all stores, temporary and foreign ones included. Sizes come from `size`. */
  list(): Promise<readonly StoreEntry[]>;
  /** Bytes of an entry: from its manifest, else by walking. */
  size(entry: StoreEntry): Promise<number>;
  /**
   * Unpacks into a private temporary directory, checks the digest, makes the tree visible under its name.
   * Success too if somebody else was faster. On any failure or abort nothing is left.
   * @throws AppError `wrong-digest`, `archive-*`, `recipe-failed`, `tree-illegal`, `disk-full`, `digest-unsupported`, `cancelled`
   */
  add(request: AddRequest): Promise<StoredImplementation>;
  /**
   * To be asked before an archive is downloaded.
   * @throws AppError `archive-unsupported`, `archive-tool-missing`
   */
  checkArchive(archive: { readonly name: string; readonly mimeType: string }): void;
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
}

export interface AddRequest {
  /** Directory names from the feed, best algorithm is checked. */
  readonly digests: readonly string[];
  readonly steps: readonly PreparedStep[];
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
