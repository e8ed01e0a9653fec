import { type Attributes, compileNamespace, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { isBinding, readBinding } from './bindings.ts';
import { makeCommand, readCommand } from './commands.ts';
import { type FeedContext, spendParts } from './context.ts';
import { readDependency } from './dependencies.ts';
import type { Binding, Command, Dependency } from './model.ts';

/**
 * What members of a group take over. Lists that a member adds nothing to are handed on as they are, and attributes are not
 * copied: there are many members, and all attributes of one are wanted only when it is selected.
 *
 * @see feeds.md 5
 */
export interface Inherited {
  readonly attributes: AttributeLayer;
  readonly commands: ReadonlyMap<string, Command>;
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
}

/** Attributes of a group on top of those of the groups around it; what every member is asked for is looked up once. */
export interface AttributeLayer {
  readonly own: Attributes;
  readonly outer: AttributeLayer | null;
  /** Attributes of this and the layers below, a repeated one counted again, and the layers themselves. */
  readonly size: number;
  readonly version: string | undefined;
  readonly versionModifier: string | undefined;
  readonly stability: string;
  readonly arch: string;
  readonly langs: string | undefined;
  readonly released: string | undefined;
  readonly localPath: string | undefined;
}

const compileCommand = `{${compileNamespace}}command`;
const none: readonly never[] = [];
const noCommands: ReadonlyMap<string, Command> = new Map();

/** What everything in a feed starts from. */
export function outermost(context: FeedContext, root: XmlElement): Inherited {
  const main = root.attributes['main'];
  return {
    attributes: {
      own: { stability: 'testing', 'from-feed': context.name },
      outer: null,
      size: 2,
      version: undefined,
      versionModifier: undefined,
      stability: 'testing',
      arch: '',
      langs: undefined,
      released: undefined,
      localPath: undefined,
    },
    commands: main === undefined ? noCommands : new Map([['run', makeCommand(context, 'run', main)]]),
    dependencies: none,
    bindings: none,
  };
}

/** What members of a group inherit. @throws AppError `bad-feed` */
export function enterGroup(context: FeedContext, element: XmlElement, outer: Inherited): Inherited {
  return { ...addParts(context, element, outer), attributes: addLayer(element, outer.attributes) };
}

/**
 * What a member has in the end, except for its own attributes.
 *
 * @throws AppError `bad-feed`
 */
export function addParts(context: FeedContext, element: XmlElement, outer: Inherited): Inherited {
  // Only its own. Lists are joined at the end, because one that grows leaves room for sixteen more.
  let dependencies: Dependency[] | undefined;
  let bindings: Binding[] | undefined;
  let commands = madeCommands(context, element, outer);
  for (const child of element.children) {
    if (child.namespace !== zeroInstallNamespace) continue;
    switch (child.name) {
      case 'requires':
      case 'restricts':
        (dependencies ??= []).push(readDependency(context, child));
        break;
      case 'command': {
        const command = readCommand(context, child);
        (commands ??= new Map(outer.commands)).set(command.name, command);
        break;
      }
      default:
        if (isBinding(child)) (bindings ??= []).push(readBinding(context, child));
    }
  }
  // What the element has itself, the document's own size limits.
  spendParts(
    context,
    outer.attributes.size +
      (dependencies === undefined ? 0 : outer.dependencies.length) +
      (bindings === undefined ? 0 : outer.bindings.length) +
      (commands === undefined ? 0 : outer.commands.size),
  );
  if (dependencies === undefined && bindings === undefined && commands === undefined) return outer;
  return {
    attributes: outer.attributes,
    commands: commands ?? outer.commands,
    dependencies: dependencies === undefined ? outer.dependencies : outer.dependencies.concat(dependencies),
    bindings: bindings === undefined ? outer.bindings : outer.bindings.concat(bindings),
  };
}

/** All attributes of a member, inner ones over outer ones. */
export function allAttributes(own: Attributes, { attributes: outer }: Inherited): Record<string, string> {
  return Object.assign(mergeLayers(outer), own);
}

function mergeLayers({ own, outer }: AttributeLayer): Record<string, string> {
  return outer === null ? { ...own } : Object.assign(mergeLayers(outer), own);
}

function addLayer(element: XmlElement, outer: AttributeLayer): AttributeLayer {
  const own = element.attributes;
  return {
    own,
    outer,
    size: outer.size + Object.keys(own).length + 1,
    version: own['version'] ?? outer.version,
    versionModifier: own['version-modifier'] ?? outer.versionModifier,
    stability: own['stability'] ?? outer.stability,
    arch: own['arch'] ?? outer.arch,
    langs: own['langs'] ?? outer.langs,
    released: own['released'] ?? outer.released,
    localPath: own['local-path'] ?? outer.localPath,
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
