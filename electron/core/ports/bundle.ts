/** What is imported: a profile alone, or a folder with all that it needs. */
export interface OpenedProfile {
  /** Name of the file or folder. */
  readonly name: string;
  /** The profile's own text. */
  readonly text: string;
  /** null: a profile alone. */
  readonly bundle: OpenedBundle | null;
}

/** A folder from anywhere; whatever is taken from it is verified by those who take it. */
export interface OpenedBundle {
  readonly feeds: readonly string[];
  readonly keys: readonly string[];
  readonly archives: readonly { readonly path: string; readonly digest: string }[];
  /** @throws AppError `file-missing`, `permission-denied`, `file-failed` */
  read(path: string): Promise<Uint8Array>;
}

/** Files of profiles and bundles. */
export interface BundlePort {
  /** @param path a profile, or a folder with one. @throws AppError `file-missing`, `permission-denied`, `file-failed` */
  open(path: string): Promise<OpenedProfile>;
  /** Replaces a profile as a whole. */
  writeProfile(path: string, text: string): Promise<void>;
  /**
   * Makes a folder that appears under its name when it is complete.
   *
   * @throws AppError `not-allowed` if there is one, `disk-full`, `permission-denied`, `file-failed`
   */
  writeBundle(path: string, contents: BundleContents, signal?: AbortSignal): Promise<void>;
}

/** What a bundle has besides its profile. */
export interface BundleContents {
  readonly profile: string;
  /** By the addresses of the feeds, as signed. */
  readonly feeds: ReadonlyMap<string, Uint8Array>;
  /** By id of 16 digits, beside the feeds, where also other programs look for them. */
  readonly keys: ReadonlyMap<string, Uint8Array>;
  /** Directories of implementations by digest. */
  readonly implementations: ReadonlyMap<string, string>;
}
