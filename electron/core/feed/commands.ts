import { type Attributes, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { isBinding, readBinding } from './bindings.ts';
import { type FeedContext, remember, requiredAttribute } from './context.ts';
import { isCommandDependency, readDependency } from './dependencies.ts';
import type { Command } from './model.ts';

const none: readonly never[] = [];

/** Whether an element is a `<command>`. */
export function isCommand(element: XmlElement): boolean {
  return element.name === 'command' && element.namespace === zeroInstallNamespace;
}

/**
 * Reads `<command>`. In `element` of the result the dependencies have absolute names.
 *
 * @throws AppError `bad-feed`
 * @see feeds.md 8.1
 */
export function readCommand(context: FeedContext, element: XmlElement): Command {
  const name = requiredAttribute(context, element, 'name');
  const path = element.attributes['path'] ?? null;
  // Most commands are a path and nothing else.
  if (element.children.length === 0) return { name, path, dependencies: none, bindings: none, element };
  const dependencies = element.children
    .filter(isCommandDependency)
    .map((child) => ({ child, dependency: readDependency(context, child) }));
  const resolved = new Map(dependencies.map(({ child, dependency }) => [child, dependency.element]));
  const isSame = dependencies.every(({ child, dependency }) => child === dependency.element);
  return {
    name,
    path,
    dependencies: dependencies.length === 0 ? none : dependencies.map(({ dependency }) => dependency),
    bindings: element.children.filter(isBinding).map((child) => readBinding(context, child)),
    element: isSame ? element : { ...element, children: element.children.map((child) => resolved.get(child) ?? child) },
  };
}

/**
 * The command that an obsolete attribute (`main`, `self-test`, `compile:command`) stands for.
 *
 * @see feeds.md 8.4
 */
export function makeCommand(context: FeedContext, name: 'run' | 'test' | 'compile', value: string): Command {
  const key = `${name}\n${value}`;
  const known = context.madeCommands.get(key);
  if (known !== undefined) return known;
  const isShellCommand = name === 'compile';
  const attributes: Attributes = { name, [isShellCommand ? 'shell-command' : 'path']: value };
  return remember(context.madeCommands, key, {
    name,
    path: isShellCommand ? null : value,
    dependencies: none,
    bindings: none,
    element: {
      namespace: zeroInstallNamespace,
      name: 'command',
      attributes,
      children: none,
      text: '',
      line: 0,
      column: 0,
    },
  });
}
