/**
 * A parsed version. `parts` is what it consists of; `text` the way it was written.
 * Numbers are 64-bit in the format: those past 2^53 are kept as `bigint`.
 */
export interface Version {
  readonly text: string;
  readonly parts: readonly VersionPart[];
  /** A text whose plain order is the order of versions; equal versions have the same one. */
  readonly key: string;
}

/** A dotted list and the modifier that follows it. */
export interface VersionPart {
  readonly list: readonly (number | bigint)[];
  /** `-pre` 0, `-rc` 1, `-` 2, `-post` 3. */
  readonly modifier: 0 | 1 | 2 | 3;
}

/** One alternative of a version expression: from ≤ v < before, or v ≠ not. Absent ends are open. */
export type VersionRange =
  | { readonly type: 'range'; readonly from: Version | null; readonly before: Version | null }
  | { readonly type: 'equal'; readonly version: Version }
  | { readonly type: 'not'; readonly version: Version };
