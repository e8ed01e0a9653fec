import { capabilitiesNamespace, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { parseXml } from '../xml/parse.ts';
import { applyConditions, checkProgramVersion, conditionAttribute } from './conditions.ts';
import {
  archOf,
  createFeedContext,
  describe,
  type FeedContext,
  programVersion,
  reject,
  requiredAttribute,
} from './context.ts';
import { readCandidates } from './implementations.ts';
import { childrenNamed, localizedTexts, readCommonMetadata } from './metadata.ts';
import type { Feed, FeedImport } from './model.ts';
import { resolvePath } from './paths.ts';

/** Of `conditionAttribute`: a text is searched fastest for what does not begin with a frequent letter. */
const rareEnd = conditionAttribute.slice(conditionAttribute.indexOf('-'));

/** Which feed a document should be. */
export interface ParseFeedOptions {
  /** The URL it was asked for by, or the absolute path of a local feed. */
  readonly name: string;
  readonly isLocal: boolean;
  /** What messages call the document, if not by its name: the file of a cached feed. */
  readonly source?: string;
  /** What feeds may ask for with `if-0install-version` and `min-injector-version`. */
  readonly programVersion?: string;
}

/**
 * Reads a feed document.
 *
 * @throws AppError `bad-xml` if it is not well-formed, `bad-feed` with the reference's reason if it cannot be used
 * @see feeds.md 2
 */
export function parseFeed(text: string, options: ParseFeedOptions): Feed {
  return readFeed(parseFeedDocument(text, options.source ?? options.name), options);
}

/** A well-formed document that may be a feed. */
export interface FeedDocument {
  readonly root: XmlElement;
  /** Known from the text alone, this spares a walk through the whole tree. */
  readonly mayHaveConditions: boolean;
}

/** @throws AppError `bad-xml` */
export function parseFeedDocument(text: string, source: string): FeedDocument {
  return { root: parseXml(text, { source }), mayHaveConditions: text.includes(rareEnd) };
}

/**
 * Reads a feed from its document.
 *
 * @throws AppError `bad-feed`
 */
export function readFeed({ root, mayHaveConditions }: FeedDocument, options: ParseFeedOptions): Feed {
  const context = createFeedContext(options);
  const program = options.programVersion ?? programVersion;
  const element = mayHaveConditions ? applyConditions(context, root, program) : root;
  if (element === null) {
    const condition = root.attributes[conditionAttribute] ?? '';
    const place = describe(context, root);
    throw reject(context, `Feed requires 0install version ${condition} (we are ${program}): ${place}`);
  }
  checkRoot(context, element);
  checkProgramVersion(context, element, program);
  checkHasName(context, element);

  const title = childrenNamed(element, 'name').at(-1)?.text.trim();
  const replacedBy = readReplacement(context, element);
  const imports = childrenNamed(element, 'feed').map((child) => readImport(context, child));
  const candidates = readCandidates(context, element);
  if (title === undefined) throw reject(context, `Missing <name> in ${describe(context, element)}`);
  checkSameName(context, element);
  return {
    name: context.name,
    isLocal: context.isLocal,
    title,
    summaries: localizedTexts(element, 'summary'),
    descriptions: localizedTexts(element, 'description'),
    ...readCommonMetadata(element),
    imports,
    feedFor: childrenNamed(element, 'feed-for').flatMap((child) => child.attributes['interface'] ?? []),
    replacedBy,
    capabilities: element.children.filter(
      (child) => child.name === 'capabilities' && child.namespace === capabilitiesNamespace,
    ),
    implementations: candidates.implementations,
    packages: candidates.packages,
    warnings: [...context.warnings],
  };
}

function checkRoot(context: FeedContext, root: XmlElement): void {
  if (root.namespace !== zeroInstallNamespace) {
    throw reject(context, `Element not in namespace ${zeroInstallNamespace}: ${describe(context, root)}`);
  }
  if (root.name === 'interface' || root.name === 'feed') return;
  throw reject(context, `Expected <interface>, not ${describe(context, root)}`);
}

function checkHasName(context: FeedContext, root: XmlElement): void {
  if (context.isLocal || root.attributes['uri'] !== undefined) return;
  throw reject(context, `Missing 'uri' attribute on non-local feed: ${describe(context, root)}`);
}

/** Only once the feed is read: of several mistakes the reference reports this one last. */
function checkSameName(context: FeedContext, root: XmlElement): void {
  const { uri = '' } = root.attributes;
  if (!context.isLocal && uri !== context.name) {
    throw reject(context, `Incorrect URL in cached feed - expected '${context.name}' but found '${uri}'`);
  }
}

function readReplacement(context: FeedContext, root: XmlElement): string | null {
  const [first, second] = childrenNamed(root, 'replaced-by').map((child) => ({
    child,
    target: absoluteName(context, child, requiredAttribute(context, child, 'interface')),
  }));
  if (second !== undefined) throw reject(context, `Multiple replacements! ${describe(context, second.child)}`);
  if (first?.target !== context.name) return first?.target ?? null;
  context.warnings.add(`Interface ${context.name} replaced-by itself!`);
  return null;
}

function readImport(context: FeedContext, element: XmlElement): FeedImport {
  const src = absoluteName(context, element, requiredAttribute(context, element, 'src'));
  return { src, ...archOf(context, element.attributes['arch'] ?? '', null) };
}

/** The name of another feed; in a local feed it may be relative to it, though not absolute. */
function absoluteName(context: FeedContext, element: XmlElement, name: string): string {
  if (/^https?:\/\//.test(name)) return name;
  if (!context.isLocal) {
    throw reject(context, `Relative URI '${name}' in non-local feed ${describe(context, element)}`);
  }
  if (name.startsWith('/')) throw reject(context, `Attempt to append absolute path: ${context.directory} + ${name}`);
  return resolvePath(context.directory, name);
}
