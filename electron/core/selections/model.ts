import type { Attributes, XmlElement } from '../xml/element.ts';

/** A selections document. Plain data. @see selection.md 15 */
export interface Selections {
  readonly interface: string;
  /** `null` = none wanted. */
  readonly command: string | null;
  readonly isSource: boolean;
  /** In role order: interface bytes, binary before source. */
  readonly selections: readonly Selection[];
}

/** One `<selection>`: the chosen implementation of a role. */
export interface Selection {
  readonly interface: string;
  readonly isSource: boolean;
  readonly id: string;
  readonly version: string;
  /** Feed it came from; the interface itself if not written. */
  readonly fromFeed: string;
  readonly kind: 'local' | 'package' | 'stored';
  /** For kind `local`. */
  readonly localPath: string | null;
  /** Directory names for kind `stored`. */
  readonly digests: readonly string[];
  readonly requiresCompilation: boolean;
  readonly attributes: Attributes;
  /** Commands, bindings, dependencies and digests in document order. */
  readonly children: readonly XmlElement[];
}
