import { type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { describe, type FeedContext } from './context.ts';
import type { ArchiveStep, FileStep, RecipeStep, RetrievalMethod } from './model.ts';

/** A mistake in a method: it is kept, so that the implementation stays, but cannot be used. */
class Malformed extends Error {}

const stepNames = new Set(['archive', 'file', 'rename', 'remove', 'copy-from']);

/**
 * The ways to get an implementation, in document order. Mistakes make a method `unusable` with the reference's reason.
 *
 * @see feeds.md 6.3
 */
export function readRetrievalMethods(
  context: FeedContext,
  children: readonly XmlElement[],
): readonly RetrievalMethod[] {
  const methods: RetrievalMethod[] = [];
  for (const child of children) {
    if (child.namespace !== zeroInstallNamespace) continue;
    if (child.name !== 'archive' && child.name !== 'file' && child.name !== 'recipe') continue;
    methods.push(readMethod(context, child));
  }
  return methods;
}

function readMethod(context: FeedContext, element: XmlElement): RetrievalMethod {
  try {
    if (element.name === 'archive') return readArchive(context, element);
    if (element.name === 'file') return readFile(context, element);
    const steps = element.children.filter((child) => child.namespace === zeroInstallNamespace);
    const unknown = steps.find((step) => !stepNames.has(step.name));
    if (unknown !== undefined) {
      return { type: 'unusable', reason: `Unknown recipe step ${describe(context, unknown)}`, isFatal: false };
    }
    return { type: 'recipe', steps: steps.map((step) => readStep(context, step)) };
  } catch (error) {
    if (error instanceof Malformed) return { type: 'unusable', reason: error.message, isFatal: true };
    throw error;
  }
}

// Where an element has several mistakes, the order here is that of the reference's messages.

function readStep(context: FeedContext, element: XmlElement): RecipeStep {
  const { attributes } = element;
  switch (element.name) {
    case 'archive':
      return readArchive(context, element);
    case 'file':
      return readFile(context, element);
    case 'rename': {
      const dest = required(context, element, 'dest');
      return { type: 'rename', source: required(context, element, 'source'), dest };
    }
    case 'remove':
      return { type: 'remove', path: required(context, element, 'path') };
    default: {
      const id = required(context, element, 'id');
      return { type: 'copy-from', id, source: attributes['source'] ?? null, dest: attributes['dest'] ?? null };
    }
  }
}

function readArchive(context: FeedContext, element: XmlElement): ArchiveStep {
  const { attributes } = element;
  const offset = attributes['start-offset'];
  const startOffset = offset === undefined ? 0 : wholeNumber(offset, 'offset');
  const sizeBytes = wholeNumber(required(context, element, 'size'), 'size');
  return {
    type: 'archive',
    href: required(context, element, 'href'),
    sizeBytes,
    extract: attributes['extract'] ?? null,
    dest: attributes['dest'] ?? null,
    mimeType: attributes['type'] ?? null,
    startOffset,
  };
}

function readFile(context: FeedContext, element: XmlElement): FileStep {
  const executable = element.attributes['executable'] ?? 'false';
  if (executable !== 'true' && executable !== 'false') {
    throw new Malformed(`Invalid 'executable' value '${executable}' on ${describe(context, element)}`);
  }
  const dest = required(context, element, 'dest');
  const sizeBytes = wholeNumber(required(context, element, 'size'), 'size');
  const href = required(context, element, 'href');
  return { type: 'file', href, sizeBytes, dest, executable: executable === 'true' };
}

function required(context: FeedContext, element: XmlElement, name: string): string {
  const value = element.attributes[name];
  if (value === undefined) throw new Malformed(`Missing attribute '${name}' on ${describe(context, element)}`);
  return value;
}

function wholeNumber(text: string, what: string): number {
  const value = /^[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new Malformed(`Invalid ${what} '${text}'`);
  return value;
}
