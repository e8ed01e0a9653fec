import { applyConditions, conditionAttribute } from '../feed/conditions.ts';
import { isBinding, readBinding } from '../feed/bindings.ts';
import { isCommand, makeCommand, readCommand } from '../feed/commands.ts';
import { archOf, createFeedContext, programVersion, type FeedContext } from '../feed/context.ts';
import { isDependency, readDependency } from '../feed/dependencies.ts';
import type { Binding, Command, Dependency, Feed, Implementation, Language } from '../feed/model.ts';
import { compileNamespace, type Attributes, type XmlElement } from '../xml/element.ts';
import type { Selectable } from './candidate.ts';
import type { Host } from './world.ts';

const inCompile = (name: string): string => `{${compileNamespace}}${name}`;

const english: readonly Language[] = [{ language: 'en', country: null }];

/**
 * The binary that would come out of compiling some source code.
 *
 * @returns `no-command` if the source cannot be compiled, null if its template is not for this program
 * @throws AppError `bad-feed` if the template has a mistake
 * @see selection.md 7.4
 */
export function toPotentialBinary(source: Implementation, feed: Feed, host: Host): Selectable | 'no-command' | null {
  const compile = source.commands.get('compile');
  if (compile === undefined) return 'no-command';
  // Names in a template are relative to the source code, not to the feed.
  const { localPath } = source;
  const context = { ...createFeedContext(feed), isLocal: localPath !== null, directory: localPath ?? '' };
  const written = compile.element.children.find(
    (child) => child.name === 'implementation' && child.namespace === compileNamespace,
  );
  const template =
    written === undefined ? null : applyConditions(context, withPlainConditions(written), programVersion);
  if (written !== undefined && template === null) return null;

  const attributes = attributesOf(source, template?.attributes ?? {}, host);
  const parts = readParts(context, template, attributes['main']);
  const included = source.dependencies.flatMap(includedDependency);
  // The template is checked although the machine is always the host.
  if (attributes['arch'] !== undefined) archOf(context, attributes['arch'], template);
  return {
    kind: 'compile',
    id: source.id,
    version: source.version,
    versionText: source.versionText,
    fromFeed: source.fromFeed,
    attributes,
    stability: source.stability,
    released: attributes['released'] ?? null,
    os: host.os,
    cpu: host.cpu,
    langs: english,
    commands: parts.commands,
    // The order of the reference, which decides which dependency gets its best version.
    dependencies: [...included, ...parts.dependencies].reverse(),
    bindings: parts.bindings,
    localPath: source.localPath,
    digests: [],
    retrievalMethods: [],
    source,
  };
}

function attributesOf(source: Implementation, template: Attributes, host: Host): Attributes {
  const { main = source.attributes[inCompile('binary-main')] } = template;
  const { license = source.attributes['license'] } = template;
  const mappings = source.attributes[inCompile('binary-lib-mappings')];
  const { arch = `${host.os}-${host.cpu}`, ...others } = template;
  return {
    ...others,
    ...(main === undefined ? {} : { main }),
    ...(license === undefined ? {} : { license }),
    ...(mappings === undefined ? {} : { [inCompile('lib-mappings')]: mappings }),
    ...(arch === '*-*' ? {} : { arch }),
  };
}

interface Parts {
  readonly commands: ReadonlyMap<string, Command>;
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
}

function readParts(context: FeedContext, template: XmlElement | null, main: string | undefined): Parts {
  const children = template?.children ?? [];
  const commands = children.filter(isCommand).map((child) => readCommand(context, child));
  const made = main === undefined ? [] : [makeCommand(context, 'run', main)];
  return {
    commands: new Map([...made, ...commands].map((command) => [command.name, command])),
    dependencies: children.filter(isDependency).map((child) => readDependency(context, child)),
    bindings: children.filter(isBinding).map((child) => readBinding(context, child)),
  };
}

function includedDependency(dependency: Dependency): readonly Dependency[] {
  const { [inCompile('include-binary')]: mark, ...attributes } = dependency.element.attributes;
  return mark === 'true' ? [{ ...dependency, element: { ...dependency.element, attributes } }] : [];
}

function withPlainConditions(element: XmlElement): XmlElement {
  const { [inCompile(conditionAttribute)]: condition, ...others } = element.attributes;
  const attributes = condition === undefined ? others : { ...others, [conditionAttribute]: condition };
  return { ...element, attributes, children: element.children.map(withPlainConditions) };
}
