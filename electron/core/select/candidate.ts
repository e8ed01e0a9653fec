import type { Stability } from '../../../shared/model/stability.ts';
import { stabilities } from '../../../shared/model/stability-levels.ts';
import type {
  Binding,
  Command,
  Dependency,
  DigestName,
  Implementation,
  Language,
  RetrievalMethod,
} from '../feed/model.ts';
import type { Version } from '../version/model.ts';
import type { Attributes } from '../xml/element.ts';
import type { NativePackage } from './native-packages.ts';

/** Anything a role can be filled with. An `Implementation` of a feed is one as it stands. */
export interface Selectable {
  readonly kind: 'local' | 'stored' | 'package' | 'compile';
  readonly id: string;
  readonly version: Version;
  /** As it goes into selections documents. */
  readonly versionText: string;
  readonly fromFeed: string;
  readonly attributes: Attributes;
  /** What the feed says, or `packaged`. */
  readonly stability: Stability;
  readonly released: string | null;
  readonly os: string | null;
  readonly cpu: string | null;
  readonly langs: readonly Language[];
  readonly commands: ReadonlyMap<string, Command>;
  /** In the order in which they are decided. */
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
  readonly localPath: string | null;
  readonly digests: readonly DigestName[];
  readonly retrievalMethods: readonly RetrievalMethod[];
  /** For kind `package`. */
  readonly native?: NativePackage;
  /** For kind `compile`: the source it would be built from. */
  readonly source?: Implementation;
}

/** Something that could fill a role, with what the machine and the person add to it. */
export interface Candidate {
  readonly implementation: Selectable;
  readonly userRating: Stability | null;
  /** The rating, else what the feed says, as its place in the order of levels. */
  readonly stability: number;
  /** Whether it could be used without getting anything. */
  readonly isAvailable: boolean;
  /** Orders versions. */
  readonly versionKey: string;
  /** Orders candidates before, and then after, their versions; the lower the better. */
  readonly head: number;
  readonly tail: number;
}

export interface RejectedCandidate {
  readonly candidate: Candidate;
  /** In the words of selection.md 7.3. */
  readonly reason: string;
}

/** Place of a level in the order, lowest first. */
export const stabilityRank = (stability: Stability): number => stabilities.indexOf(stability);
