import { type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { describe, type FeedContext, reject } from './context.ts';
import type { Binding } from './model.ts';

/** Elements that tell a program where something is. */
const bindingNames = new Set(['environment', 'executable-in-path', 'executable-in-var', 'binding', 'overlay']);

const modes = ['prepend', 'append', 'replace'] as const;

/** Whether an element is a binding. */
export function isBinding(element: XmlElement): boolean {
  return bindingNames.has(element.name) && element.namespace === zeroInstallNamespace;
}

/**
 * Reads a binding. One with a mistake is of type `invalid`, with the reference's reason.
 *
 * @see feeds.md 8.3
 */
export function readBinding(context: FeedContext, element: XmlElement): Binding {
  const { attributes } = element;
  switch (element.name) {
    case 'environment':
      return readEnvironment(context, element);
    case 'executable-in-path':
    case 'executable-in-var': {
      const where = element.name === 'executable-in-path' ? 'path' : 'var';
      const { name } = attributes;
      if (name === undefined) return missingName(context, element);
      return { type: 'executable', where, name, command: attributes['command'] ?? 'run', element };
    }
    default:
      return { type: 'generic', command: attributes['command'] ?? null, element };
  }
}

/**
 * Reads a binding inside a dependency, where a mistake makes the whole feed unusable.
 *
 * @throws AppError `bad-feed`
 */
export function readDependencyBinding(context: FeedContext, element: XmlElement): Binding {
  const binding = readBinding(context, element);
  if (binding.type === 'invalid') throw reject(context, binding.reason);
  return binding;
}

/** The command a binding needs of what it binds. */
export function commandOf(binding: Binding): string | null {
  return binding.type === 'executable' || binding.type === 'generic' ? binding.command : null;
}

function readEnvironment(context: FeedContext, element: XmlElement): Binding {
  const { name, insert, value, separator, default: initial } = element.attributes;
  const mode = element.attributes['mode'] ?? 'prepend';
  const invalid = (reason: string): Binding => ({ type: 'invalid', reason, element });
  const place = describe(context, element);
  // The two blanks are the reference's.
  if (insert === undefined && value === undefined) return invalid(`Missing 'insert' or 'value' on  ${place}`);
  if (insert !== undefined && value !== undefined)
    return invalid(`Can't use 'insert' and 'value' together on  ${place}`);
  const knownMode = modes.find((known) => known === mode);
  if (knownMode === undefined) return invalid(`Unknown mode '${mode}' on ${place}`);
  if (name === undefined) return missingName(context, element);
  return {
    type: 'environment',
    name,
    mode: knownMode,
    insert: insert ?? null,
    value: value ?? null,
    separator: separator ?? null,
    default: initial ?? null,
    element,
  };
}

function missingName(context: FeedContext, element: XmlElement): Binding {
  return { type: 'invalid', reason: `Missing attribute 'name' on ${describe(context, element)}`, element };
}
