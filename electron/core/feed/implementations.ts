import type { Stability } from '../../../shared/model/stability.ts';
import type { Arch } from '../arch/arch.ts';
import type { Version } from '../version/model.ts';
import { type Attributes, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import {
  absolutePath,
  archOf,
  describe,
  type FeedContext,
  languagesOf,
  reject,
  requiredAttribute,
  versionOf,
} from './context.ts';
import { readDigests } from './digests.ts';
import { addParts, allAttributes, type AttributeLayer, enterGroup, type Inherited, outermost } from './inherited.ts';
import type {
  Binding,
  Command,
  Dependency,
  DigestName,
  Implementation,
  Language,
  PackageImplementation,
  RetrievalMethod,
} from './model.ts';
import { readRetrievalMethods } from './retrieval.ts';
import { isFeedStability, isStability } from './stability.ts';

/** The versions of a feed, in document order. */
export interface Candidates {
  readonly implementations: readonly Implementation[];
  readonly packages: readonly PackageImplementation[];
}

interface Walk {
  readonly context: FeedContext;
  readonly ids: Set<string>;
  readonly implementations: Implementation[];
  readonly packages: PackageImplementation[];
  last: Common | null;
}

const none: readonly never[] = [];

/**
 * Walks the groups of a feed and gives every member what it inherits.
 *
 * @throws AppError `bad-feed`: one bad member spoils the whole feed
 * @see feeds.md 5 to 7
 */
export function readCandidates(context: FeedContext, root: XmlElement): Candidates {
  const walk: Walk = { context, ids: new Set(), implementations: [], packages: [], last: null };
  visitMembers(walk, root, outermost(context, root));
  return { implementations: walk.implementations, packages: walk.packages };
}

function visitMembers(walk: Walk, parent: XmlElement, inherited: Inherited): void {
  for (const element of parent.children) {
    if (element.namespace !== zeroInstallNamespace) continue;
    switch (element.name) {
      case 'group':
        visitMembers(walk, element, enterGroup(walk.context, element, inherited));
        break;
      case 'implementation':
        walk.implementations.push(new FeedImplementation(walk, element, inherited));
        break;
      case 'package-implementation':
        walk.packages.push(readPackage(walk.context, element, inherited));
        break;
    }
  }
}

/** What an implementation has in common with others of its group: mostly all of this. */
interface Common {
  readonly fromFeed: string;
  readonly kind: 'local' | 'stored';
  readonly localPath: string | null;
  readonly arch: Arch;
  readonly langs: readonly Language[];
  readonly parts: Inherited;
}

/**
 * One version as read. There are very many of these, so each holds little besides what it has for itself. Its attributes are
 * put together when somebody asks for them: of most versions nobody does.
 */
class FeedImplementation implements Implementation {
  // Only declared: as fields they would all be written twice.
  declare readonly id: string;
  declare readonly version: Version;
  declare readonly stability: Stability;
  declare readonly digests: readonly DigestName[];
  declare readonly retrievalMethods: readonly RetrievalMethod[];
  readonly #own: Attributes;
  readonly #common: Common;
  #attributes: Attributes | null = null;

  constructor(walk: Walk, element: XmlElement, inherited: Inherited) {
    const { context } = walk;
    const parts = addParts(context, element, inherited);
    const own = element.attributes;
    const outer = inherited.attributes;
    this.id = requiredAttribute(context, element, 'id');
    this.version = readVersion(context, element, outer);
    const localPath = readLocalPath(context, element, { id: this.id, path: own['local-path'] ?? outer.localPath });
    this.stability = readStability(context, own['stability'] ?? outer.stability);
    const arch = archOf(context, own['arch'] ?? outer.arch, element);
    const others = walk.ids.size;
    if (walk.ids.add(this.id).size === others) {
      throw reject(context, `Duplicate ID '${this.id}' in: ${describe(context, element)}`);
    }
    const isStored = localPath === null;
    this.digests = isStored ? readDigests(this.id, element.children) : none;
    this.retrievalMethods = isStored ? readRetrievalMethods(context, element.children) : none;
    this.#own = own;
    this.#common = commonOf(walk, { localPath, arch, langs: languagesOf(context, own['langs'] ?? outer.langs), parts });
  }

  get fromFeed(): string {
    return this.#common.fromFeed;
  }

  get kind(): 'local' | 'stored' {
    return this.#common.kind;
  }

  get localPath(): string | null {
    return this.#common.localPath;
  }

  get os(): string | null {
    return this.#common.arch.os;
  }

  get cpu(): string | null {
    return this.#common.arch.cpu;
  }

  get langs(): readonly Language[] {
    return this.#common.langs;
  }

  get commands(): ReadonlyMap<string, Command> {
    return this.#common.parts.commands;
  }

  get dependencies(): readonly Dependency[] {
    return this.#common.parts.dependencies;
  }

  get bindings(): readonly Binding[] {
    return this.#common.parts.bindings;
  }

  get released(): string | null {
    return this.#own['released'] ?? this.#common.parts.attributes.released ?? null;
  }

  get versionText(): string {
    return this.version.text;
  }

  get attributes(): Attributes {
    if (this.#attributes !== null) return this.#attributes;
    const attributes = allAttributes(this.#own, this.#common.parts);
    if (attributes['version-modifier'] !== undefined) {
      delete attributes['version-modifier'];
      attributes['version'] = this.version.text;
    }
    if (this.localPath !== null) attributes['local-path'] = this.localPath;
    this.#attributes = attributes;
    return attributes;
  }
}

/** What the member before has in common with it, if it has the same. */
function commonOf(walk: Walk, { localPath, arch, langs, parts }: Omit<Common, 'fromFeed' | 'kind'>): Common {
  const { last } = walk;
  if (last?.parts === parts && last.localPath === localPath && last.arch === arch && last.langs === langs) return last;
  const kind = localPath === null ? 'stored' : 'local';
  walk.last = { fromFeed: walk.context.name, kind, localPath, arch, langs, parts };
  return walk.last;
}

function readVersion(context: FeedContext, element: XmlElement, outer: AttributeLayer): Version {
  const version = element.attributes['version'] ?? outer.version;
  const versionModifier = element.attributes['version-modifier'] ?? outer.versionModifier;
  if (version === undefined) {
    throw reject(context, `Missing attribute 'version' on ${describe(context, element)}`);
  }
  return versionOf(context, versionModifier === undefined ? version : version + versionModifier);
}

/** The directory of a local implementation, or null if it is a stored one. */
function readLocalPath(
  context: FeedContext,
  element: XmlElement,
  { id, path }: { readonly id: string; readonly path: string | undefined },
): string | null {
  if (path === undefined) {
    const isPath = context.isLocal && (id.startsWith('.') || id.startsWith('/'));
    return isPath ? absolutePath(context, id) : null;
  }
  if (!context.isLocal) throw reject(context, `local-path in non-local feed!  ${describe(context, element)}`);
  return absolutePath(context, path);
}

function readStability(context: FeedContext, text: string): Stability {
  if (!isStability(text)) throw reject(context, `Unknown stability level '${text}'`);
  if (!isFeedStability(text)) throw reject(context, `Stability '${text}' not allowed here`);
  return text;
}

function readPackage(context: FeedContext, element: XmlElement, inherited: Inherited): PackageImplementation {
  const { commands, dependencies, bindings } = addParts(context, element, inherited);
  const attributes = allAttributes(element.attributes, inherited);
  return {
    packageName: attributes['package'] ?? null,
    distributions: (attributes['distributions'] ?? '').split(' ').filter((name) => name !== ''),
    // Only its own: an inherited version number belongs to the implementations beside it.
    versionExpression: element.attributes['version'] ?? null,
    main: attributes['main'] ?? null,
    fromFeed: `distribution:${context.name}`,
    attributes,
    // The package manager knows these.
    os: null,
    cpu: null,
    langs: languagesOf(context, attributes['langs']),
    commands,
    dependencies,
    bindings,
    element,
  };
}
