import type { Selections } from '../selections/model.ts';
import type { Language, RetrievalMethod } from '../feed/model.ts';
import type { Draft } from '../../../shared/model/decision.ts';
import type { NetworkUse } from '../../../shared/model/settings.ts';
import type { Stability } from '../../../shared/model/stability.ts';
import type { PackageReplies } from './native-packages.ts';

/** What is wanted. @see selection.md 4 */
export interface Requirements {
  readonly interface: string;
  /** `null` = only the implementation. */
  readonly command: string | null;
  readonly isSource: boolean;
  readonly mayCompile: boolean;
  /** `null` = this machine. */
  readonly os: string | null;
  readonly cpu: string | null;
  /** Interface → version expression. */
  readonly restrictions: Readonly<Record<string, string>>;
}

/** The person's global policy, as far as it changes the answer. */
export interface SelectPolicy {
  readonly networkUse: NetworkUse;
  readonly helpWithTesting: boolean;
  /** Languages of programs, best first; without them those of the host. */
  readonly languages?: readonly Language[];
  /** Languages in which feeds tell about programs; without them those of the host. */
  readonly textLanguages?: readonly Language[];
}

/** Changes tried without writing them (what-if). */
export type Overrides = Draft;

export interface SelectQuery {
  readonly requirements: Requirements;
  readonly policy: SelectPolicy;
  readonly overrides?: Overrides;
  /** What the package manager has been asked about; without it only installed packages count. */
  readonly packageReplies?: PackageReplies;
}

/** A role: an interface, as binary or as source. */
export interface Role {
  readonly interface: string;
  readonly isSource: boolean;
}

/** The answer as plain data (crosses from the worker). */
export type SelectAnswer = {
  /** Every feed looked at, present or not. */
  readonly usedFeeds: readonly string[];
  /** Names of native packages in those feeds, for asking the package manager. */
  readonly packageNames: readonly string[];
  /** Problems with single feeds and settings, in order. */
  readonly warnings: readonly string[];
  /** Depth first, each role once, as `selection.md` 16.1; of the closest match if there is no solution. */
  readonly tree: readonly TreeRow[];
  /** Whether the root's main feed has `<needs-terminal>`. */
  readonly needsTerminal: boolean;
} & (
  | { readonly status: 'solved'; readonly selections: Selections }
  /** `report` is the complete text of selection.md 13. */
  | { readonly status: 'no-solution'; readonly report: string }
  /** A feed or setting made selecting impossible; `reason` may have several lines. */
  | { readonly status: 'failed'; readonly reason: string }
);

/** A row of the component tree with what the window and the fetcher need to know. */
export interface TreeRow {
  readonly role: Role;
  readonly depth: number;
  /** Feed's name, else the last part of the URI. */
  readonly name: string;
  readonly summary: string;
  /** `null` = problem. */
  readonly implementation: ChosenImplementation | null;
  /** Lines of the failure report about this role. */
  readonly problem: readonly string[];
}

export interface ChosenImplementation {
  readonly id: string;
  readonly fromFeed: string;
  readonly version: string;
  readonly released: string | null;
  /** What the feed says. */
  readonly stability: Stability;
  readonly userRating: Stability | null;
  readonly arch: string | null;
  readonly langs: string | null;
  readonly availability: Availability;
  /** Empty unless `stored`. */
  readonly digests: readonly string[];
  readonly retrievalMethods: readonly RetrievalMethod[];
}

/** Where its files are. `sizeBytes` is the sum of the downloads of the first usable method. */
export type Availability =
  | { readonly kind: 'cached'; readonly path: string; readonly store: string }
  | { readonly kind: 'local'; readonly path: string }
  | { readonly kind: 'package' }
  | { readonly kind: 'install'; readonly sizeBytes: number | null }
  | { readonly kind: 'compile' }
  | { readonly kind: 'download'; readonly sizeBytes: number }
  | { readonly kind: 'none' };

/** All versions of one component, as seen from a program. */
export interface VersionsQuery extends SelectQuery {
  readonly role: Role;
}

export interface VersionsAnswer {
  readonly name: string;
  readonly policy: Stability | null;
  /** Usable ones best first (the ranking of selection.md 7.5), then the rejected ones, highest version first. */
  readonly rows: readonly VersionCandidate[];
  /** Feeds of this interface in order: main, imports, extra ones. */
  readonly feeds: readonly {
    readonly name: string;
    readonly origin: 'main' | 'imported' | 'user' | 'native' | 'site-package';
    readonly arch: string | null;
    readonly isUsed: boolean;
    readonly status: 'ready' | 'missing' | 'bad';
    readonly reason: string | null;
    readonly title: string | null;
    readonly summary: string | null;
    readonly description: string | null;
    readonly homepages: readonly string[];
  }[];
}

export interface VersionCandidate extends ChosenImplementation {
  /** Why it cannot be used (texts of selection.md 7.3), or null. */
  readonly reason: string | null;
  readonly isSelected: boolean;
}

/** A question why a version of one component was (not) chosen. */
export interface ExplainQuery extends SelectQuery {
  readonly role: Role;
  /** An implementation, or every one that has this text as its version or id. */
  readonly which: { readonly fromFeed: string; readonly id: string } | { readonly text: string };
}

/** A question what a change would do. */
export interface CompareQuery extends SelectQuery {
  readonly draft: Overrides;
}

/** Which program or library a stored directory belongs to. */
export interface StoredOwner {
  /** The feed that lists it. */
  readonly interface: string;
  /** Unique in that feed. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
}
