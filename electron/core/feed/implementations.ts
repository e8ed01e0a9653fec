import type { Stability } from '../../../shared/model/stability.ts';
import type { Version } from '../version/model.ts';
import { type Attributes, compileNamespace, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { isBinding, readBinding } from './bindings.ts';
import { makeCommand, readCommand } from './commands.ts';
import {
  archOf,
  describe,
  type FeedContext,
  languagesOf,
  reject,
  requiredAttribute,
  spendParts,
  versionOf,
} from './context.ts';
import { readDependency } from './dependencies.ts';
import { readDigests } from './digests.ts';
import type { Binding, Command, Dependency, Implementation, PackageImplementation } from './model.ts';
import { resolvePath } from './paths.ts';
import { readRetrievalMethods } from './retrieval.ts';
import { isFeedStability, isStability } from './stability.ts';

/** What members of a group take over. Lists that a member adds nothing to are handed on as they are. */
interface Inherited {
  readonly attributes: Attributes;
  /** How many attributes groups have added, a repeated one counted again. */
  readonly attributeCount: number;
  readonly commands: ReadonlyMap<string, Command>;
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
}

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
}

const compileCommand = `{${compileNamespace}}command`;
const none: readonly never[] = [];
const noCommands: ReadonlyMap<string, Command> = new Map();

/**
 * Walks the groups of a feed and gives every member what it inherits.
 *
 * @throws AppError `bad-feed`: one bad member spoils the whole feed
 * @see feeds.md 5 to 7
 */
export function readCandidates(context: FeedContext, root: XmlElement): Candidates {
  const walk: Walk = { context, ids: new Set(), implementations: [], packages: [] };
  const main = root.attributes['main'];
  visitMembers(walk, root, {
    attributes: { stability: 'testing', 'from-feed': context.name },
    attributeCount: 2,
    commands: main === undefined ? noCommands : new Map([['run', makeCommand(context, 'run', main)]]),
    dependencies: none,
    bindings: none,
  });
  return { implementations: walk.implementations, packages: walk.packages };
}

function visitMembers(walk: Walk, parent: XmlElement, inherited: Inherited): void {
  for (const element of parent.children) {
    if (element.namespace !== zeroInstallNamespace) continue;
    switch (element.name) {
      case 'group':
        visitMembers(walk, element, enter(walk.context, element, inherited));
        break;
      case 'implementation':
        walk.implementations.push(readImplementation(walk, element, enter(walk.context, element, inherited)));
        break;
      case 'package-implementation':
        walk.packages.push(readPackage(walk.context, element, enter(walk.context, element, inherited)));
        break;
    }
  }
}

function enter(context: FeedContext, element: XmlElement, outer: Inherited): Inherited {
  let dependencies: Dependency[] | undefined;
  let bindings: Binding[] | undefined;
  let commands = madeCommands(context, element, outer);
  for (const child of element.children) {
    if (child.namespace !== zeroInstallNamespace) continue;
    switch (child.name) {
      case 'requires':
      case 'restricts':
        (dependencies ??= [...outer.dependencies]).push(readDependency(context, child));
        break;
      case 'command': {
        const command = readCommand(context, child);
        (commands ??= new Map(outer.commands)).set(command.name, command);
        break;
      }
      default:
        if (isBinding(child)) (bindings ??= [...outer.bindings]).push(readBinding(context, child));
    }
  }
  // What the element has itself, the document's own size limits.
  spendParts(
    context,
    outer.attributeCount +
      (dependencies === undefined ? 0 : outer.dependencies.length) +
      (bindings === undefined ? 0 : outer.bindings.length) +
      (commands === undefined ? 0 : outer.commands.size),
  );
  return {
    // Seven times as fast as spreading both, and this is done for every version there is.
    attributes: Object.assign({}, outer.attributes, element.attributes),
    attributeCount: outer.attributeCount + (element.name === 'group' ? Object.keys(element.attributes).length : 0),
    commands: commands ?? outer.commands,
    dependencies: dependencies ?? outer.dependencies,
    bindings: bindings ?? outer.bindings,
  };
}

function madeCommands(context: FeedContext, element: XmlElement, outer: Inherited): Map<string, Command> | undefined {
  const { main, 'self-test': test, [compileCommand]: compile } = element.attributes;
  if (main === undefined && test === undefined && compile === undefined) return undefined;
  const commands = new Map(outer.commands);
  if (main !== undefined) commands.set('run', makeCommand(context, 'run', main));
  if (test !== undefined) commands.set('test', makeCommand(context, 'test', test));
  if (compile !== undefined) commands.set('compile', makeCommand(context, 'compile', compile));
  return commands;
}

function readImplementation(walk: Walk, element: XmlElement, inherited: Inherited): Implementation {
  const { context } = walk;
  const id = requiredAttribute(context, element, 'id');
  const { version, versionText, attributes: numbered } = readVersion(context, element, inherited.attributes);
  const localPath = readLocalPath(context, element, { id, attributes: numbered });
  const attributes = localPath === null ? numbered : { ...numbered, 'local-path': localPath };
  const stability = readStability(context, attributes['stability'] ?? 'testing');
  const arch = archOf(context, attributes['arch'] ?? '', element);
  if (walk.ids.has(id)) throw reject(context, `Duplicate ID '${id}' in: ${describe(context, element)}`);
  walk.ids.add(id);
  const isStored = localPath === null;
  return {
    kind: isStored ? 'stored' : 'local',
    id,
    version,
    versionText,
    stability,
    released: attributes['released'] ?? null,
    localPath,
    digests: isStored ? readDigests(id, element.children) : none,
    retrievalMethods: isStored ? readRetrievalMethods(context, element.children) : none,
    fromFeed: context.name,
    attributes,
    os: arch.os,
    cpu: arch.cpu,
    langs: languagesOf(context, attributes['langs']),
    commands: inherited.commands,
    dependencies: inherited.dependencies,
    bindings: inherited.bindings,
    element,
  };
}

function readVersion(
  context: FeedContext,
  element: XmlElement,
  attributes: Attributes,
): { readonly version: Version; readonly versionText: string; readonly attributes: Attributes } {
  const { version: plain, 'version-modifier': modifier } = attributes;
  if (plain === undefined) {
    throw reject(context, `Missing attribute 'version' on ${describe(context, element)}`);
  }
  if (modifier === undefined) {
    const version = versionOf(context, plain);
    return { version, versionText: version.text, attributes };
  }
  const version = versionOf(context, plain + modifier);
  const { 'version-modifier': _, ...others } = attributes;
  return { version, versionText: version.text, attributes: { ...others, version: version.text } };
}

/** The directory of a local implementation, or null if it is a stored one. */
function readLocalPath(
  context: FeedContext,
  element: XmlElement,
  own: { readonly id: string; readonly attributes: Attributes },
): string | null {
  const path = own.attributes['local-path'];
  if (path === undefined) {
    const isPath = context.isLocal && (own.id.startsWith('.') || own.id.startsWith('/'));
    return isPath ? absolutePath(context, own.id) : null;
  }
  if (!context.isLocal) throw reject(context, `local-path in non-local feed!  ${describe(context, element)}`);
  return absolutePath(context, path);
}

function absolutePath(context: FeedContext, path: string): string {
  return path.startsWith('/') ? path : resolvePath(context.directory, path);
}

function readStability(context: FeedContext, text: string): Stability {
  if (!isStability(text)) throw reject(context, `Unknown stability level '${text}'`);
  if (!isFeedStability(text)) throw reject(context, `Stability '${text}' not allowed here`);
  return text;
}

function readPackage(context: FeedContext, element: XmlElement, inherited: Inherited): PackageImplementation {
  const { attributes } = inherited;
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
    commands: inherited.commands,
    dependencies: inherited.dependencies,
    bindings: inherited.bindings,
    element,
  };
}
