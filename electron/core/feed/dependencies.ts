import { compareBytes } from '../byte-order.ts';
import { TextMemo } from '../text-memo.ts';
import { type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { commandOf, isBinding, readDependencyBinding } from './bindings.ts';
import {
  absolutePath,
  describe,
  type FeedContext,
  reject,
  remember,
  requiredAttribute,
  restrictionOf,
  versionOf,
} from './context.ts';
import type { Binding, Dependency, Restriction } from './model.ts';

const none: readonly never[] = [];
/** Of `<version>` elements, by what they say. */
const ranges = new TextMemo<Restriction>();

/** Whether an element in a group or implementation says that something else is needed, or only which versions may be. */
export function isDependency(element: XmlElement): boolean {
  return (element.name === 'requires' || element.name === 'restricts') && element.namespace === zeroInstallNamespace;
}

/** The same inside a `<command>`, where also the program that runs it stands. */
export function isCommandDependency(element: XmlElement): boolean {
  return isDependency(element) || (element.name === 'runner' && element.namespace === zeroInstallNamespace);
}

/**
 * Reads `<requires>`, `<restricts>` or `<runner>`. `element` of the result has the absolute name of the interface.
 *
 * @throws AppError `bad-feed`
 * @see feeds.md 8.2
 */
export function readDependency(context: FeedContext, element: XmlElement): Dependency {
  if (!isPlain(element)) return read(context, element);
  // The groups of a feed mostly need the same as each other.
  const { interface: name = '', version } = element.attributes;
  const sameInterface = context.plainDependencies.get(name) ?? new Map<string | undefined, Dependency>();
  const known = sameInterface.get(version);
  if (known !== undefined) return known;
  context.plainDependencies.set(name, sameInterface);
  return remember(sameInterface, version, read(context, element));
}

/** Whether nothing but the interface and perhaps the version is given. */
function isPlain({ name, attributes, children }: XmlElement): boolean {
  if (name !== 'requires' || children.length > 0 || attributes['interface'] === undefined) return false;
  for (const attribute in attributes) if (attribute !== 'interface' && attribute !== 'version') return false;
  return true;
}

function read(context: FeedContext, element: XmlElement): Dependency {
  const { attributes } = element;
  const kind = element.name === 'restricts' || element.name === 'runner' ? element.name : 'requires';
  const bindings = readBindings(context, element);
  const source = attributes['source'] ?? 'false';
  if (source !== 'true' && source !== 'false') {
    throw reject(context, `Invalid 'source' value '${source}' on ${describe(context, element)}`);
  }
  const written = requiredAttribute(context, element, 'interface');
  const name = absoluteInterface(context, written);
  const os = attributes['os'] ?? '*';
  return {
    kind,
    interface: name,
    isSource: source === 'true',
    importance: (attributes['importance'] ?? 'essential') === 'essential' ? 'essential' : 'recommended',
    os: os === '*' ? null : os,
    use: attributes['use'] ?? null,
    restrictions: readRestrictions(context, element),
    bindings,
    commands: neededCommands(bindings, kind === 'runner' ? (attributes['command'] ?? 'run') : null),
    element: name === written ? element : { ...element, attributes: { ...attributes, interface: name } },
  };
}

function absoluteInterface(context: FeedContext, name: string): string {
  // Only with a leading dot; without one it is taken literally and refused when it is looked up.
  if (!name.startsWith('.')) return name;
  if (!context.isLocal) throw reject(context, `Relative interface URI '${name}' in non-local feed`);
  return absolutePath(context, name);
}

function readBindings(context: FeedContext, element: XmlElement): readonly Binding[] {
  if (element.children.length === 0) return none;
  const elements = element.children.filter(isBinding);
  return elements.length === 0 ? none : elements.map((child) => readDependencyBinding(context, child));
}

function neededCommands(bindings: readonly Binding[], own: string | null): readonly string[] {
  if (own === null && bindings.length === 0) return none;
  const commands = new Set(bindings.map(commandOf).filter((command) => command !== null));
  if (own !== null) commands.add(own);
  return commands.size === 0 ? none : [...commands].sort(compareBytes);
}

function readRestrictions(context: FeedContext, element: XmlElement): readonly Restriction[] {
  const { distribution, version } = element.attributes;
  if (distribution === undefined && element.children.length === 0) {
    return version === undefined ? none : [restrictionOf(context, version)];
  }
  const restrictions: Restriction[] = [];
  if (distribution !== undefined) restrictions.push(distributionRestriction(distribution));
  if (version !== undefined) restrictions.push(restrictionOf(context, version));
  for (const child of element.children) {
    if (child.name === 'version' && child.namespace === zeroInstallNamespace) {
      restrictions.push(versionRestriction(context, child));
    }
  }
  // A list that has grown has room for sixteen more.
  return restrictions.length === 0 ? none : restrictions.slice();
}

function distributionRestriction(text: string): Restriction {
  return { type: 'distribution', text: `distribution:${text}`, names: text.split(' ').filter((name) => name !== '') };
}

/** The old form, `<version not-before before>`; unlike in the attribute, a bad number rejects the feed. */
function versionRestriction(context: FeedContext, element: XmlElement): Restriction {
  const { before, 'not-before': from } = element.attributes;
  // No text is remembered with a line end in it.
  const key = `${from ?? '\n'} ${before ?? '\n'}`;
  const known = ranges.get(key);
  if (known !== undefined) return known;
  const end = before === undefined ? null : versionOf(context, before);
  const start = from === undefined ? null : versionOf(context, from);
  const text = `version ${from ?? ''}..${before === undefined ? '' : `!${before}`}`;
  return ranges.set(key, {
    type: 'version',
    text: start === null && end === null ? '(no restriction)' : text,
    ranges: [{ type: 'range', from: start, before: end }],
  });
}
