import type { Attributes, XmlElement } from '../xml/element.ts';
import type { Version, VersionRange } from '../version/model.ts';
import type { Stability } from '../../../shared/model/stability.ts';

/** A feed as the solver and the window need it: everything inherited, nothing resolved against the machine. */
export interface Feed {
  /** Its URL, or the absolute path of a local feed. */
  readonly name: string;
  readonly isLocal: boolean;
  readonly title: string;
  readonly summaries: readonly LocalizedText[];
  readonly descriptions: readonly LocalizedText[];
  readonly homepages: readonly string[];
  readonly categories: readonly { readonly name: string; readonly type: string | null }[];
  readonly icons: readonly { readonly href: string; readonly type: string | null }[];
  readonly needsTerminal: boolean;
  readonly imports: readonly FeedImport[];
  /** Interfaces this feed says it is for, as written. */
  readonly feedFor: readonly string[];
  readonly replacedBy: string | null;
  readonly entryPoints: readonly EntryPoint[];
  readonly capabilities: readonly XmlElement[];
  /** In document order. */
  readonly implementations: readonly Implementation[];
  readonly packages: readonly PackageImplementation[];
  /** Problems that did not stop reading, for the log. */
  readonly warnings: readonly string[];
}

/** A text with the language it is written in (`xml:lang` as written, `en` if absent). */
export interface LocalizedText {
  readonly lang: string;
  readonly text: string;
}

/** `<feed src>`: another feed with implementations of the same interface. */
export interface FeedImport {
  readonly src: string;
  /** `null` means any. */
  readonly os: string | null;
  readonly cpu: string | null;
}

/** `<entry-point>`: a command described for people. */
export interface EntryPoint {
  readonly command: string;
  readonly binaryName: string | null;
  readonly names: readonly LocalizedText[];
  readonly summaries: readonly LocalizedText[];
  readonly needsTerminal: boolean;
}

/** A natural language: lower-case language and country. */
export interface Language {
  readonly language: string;
  readonly country: string | null;
}

/** What implementations and native packages have in common. Arrays are shared between members of one `<group>`. */
interface Candidate {
  readonly fromFeed: string;
  /** Every attribute, inherited ones included; `local-path` is absolute. */
  readonly attributes: Attributes;
  readonly os: string | null;
  readonly cpu: string | null;
  readonly langs: readonly Language[];
  readonly commands: ReadonlyMap<string, Command>;
  /** Outer groups first, document order; shared by identity within a group. */
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
}

/** `<implementation>`: one version that can be stored or lies in a local directory. */
export interface Implementation extends Candidate {
  readonly kind: 'local' | 'stored';
  readonly id: string;
  readonly version: Version;
  /** As in the feed, `version-modifier` appended. */
  readonly versionText: string;
  /** What the feed says. */
  readonly stability: Stability;
  readonly released: string | null;
  /** Absolute directory, for kind `local` only. */
  readonly localPath: string | null;
  /** Directory names under which a store may have it (`sha256new_…`), in feed order. */
  readonly digests: readonly DigestName[];
  readonly retrievalMethods: readonly RetrievalMethod[];
}

/** A digest: algorithm and value, and the directory name they make. */
export interface DigestName {
  readonly algorithm: string;
  readonly value: string;
  /** `sha256new_VALUE`, `sha1new=VALUE`, … */
  readonly directory: string;
}

/** `<package-implementation>`: stands for zero or more native packages. */
export interface PackageImplementation extends Candidate {
  readonly packageName: string | null;
  readonly distributions: readonly string[];
  /** The element's own `version` expression, not inherited. */
  readonly versionExpression: string | null;
  readonly main: string | null;
  readonly element: XmlElement;
}

/** A way to get an implementation. */
export type RetrievalMethod =
  | ArchiveStep
  | FileStep
  | { readonly type: 'recipe'; readonly steps: readonly RecipeStep[] }
  /** A recipe with a step we do not know, or a malformed method. It counts as retrievable but cannot be used. */
  | { readonly type: 'unusable'; readonly reason: string; readonly isFatal: boolean };

/** `<archive>`. */
export interface ArchiveStep {
  readonly type: 'archive';
  readonly href: string;
  /** Bytes of the archive proper, without `startOffset`. */
  readonly sizeBytes: number;
  readonly extract: string | null;
  readonly dest: string | null;
  readonly mimeType: string | null;
  readonly startOffset: number;
}

/** `<file>`. */
export interface FileStep {
  readonly type: 'file';
  readonly href: string;
  readonly sizeBytes: number;
  readonly dest: string;
  readonly executable: boolean;
}

/** A step of a `<recipe>`. */
export type RecipeStep =
  | ArchiveStep
  | FileStep
  | { readonly type: 'rename'; readonly source: string; readonly dest: string }
  | { readonly type: 'remove'; readonly path: string }
  | { readonly type: 'copy-from'; readonly id: string; readonly source: string | null; readonly dest: string | null };

/** `<command>`, or one made from `main`, `self-test` or `compile:command`. */
export interface Command {
  readonly name: string;
  readonly path: string | null;
  /** `<requires>`, `<restricts>` and `<runner>`, document order. */
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
  readonly element: XmlElement;
}

/** `<requires>`, `<restricts>` or `<runner>`. */
export interface Dependency {
  readonly kind: 'requires' | 'restricts' | 'runner';
  /** URL or absolute path. */
  readonly interface: string;
  readonly isSource: boolean;
  readonly importance: 'essential' | 'recommended';
  readonly os: string | null;
  readonly use: string | null;
  /** All must hold: distribution, version attribute, `<version>` children, in that order. */
  readonly restrictions: readonly Restriction[];
  readonly bindings: readonly Binding[];
  /** Commands needed of the dependency, in byte order, each once. */
  readonly commands: readonly string[];
  readonly element: XmlElement;
}

/** A condition on the implementation that fills a role; `text` is how reports show it. */
export type Restriction =
  | { readonly type: 'version'; readonly text: string; readonly ranges: readonly VersionRange[] }
  | { readonly type: 'exact'; readonly text: string; readonly feed: string; readonly id: string }
  | { readonly type: 'distribution'; readonly text: string; readonly names: readonly string[] }
  | { readonly type: 'impossible'; readonly text: string; readonly reason: string };

/** How a program is told where something is. */
export type Binding = (
  | {
      readonly type: 'environment';
      readonly name: string;
      readonly mode: 'prepend' | 'append' | 'replace';
      readonly insert: string | null;
      readonly value: string | null;
      readonly separator: string | null;
      readonly default: string | null;
    }
  | { readonly type: 'executable'; readonly where: 'path' | 'var'; readonly name: string; readonly command: string }
  /** `<binding>` and `<overlay>`: no effect at run time, but may need a command. */
  | { readonly type: 'generic'; readonly command: string | null }
  /** Malformed outside a dependency: fatal once its owner enters the solver. */
  | { readonly type: 'invalid'; readonly reason: string }
) & { readonly element: XmlElement };
