import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Arch } from '../arch/arch.ts';
import { splitArch } from '../arch/arch.ts';
import type { Version } from '../version/model.ts';
import { parseVersion } from '../version/version.ts';
import type { XmlElement } from '../xml/element.ts';
import { parseLanguage } from './languages.ts';
import { TextMemo } from '../text-memo.ts';
import type { Command, Dependency, Language, Restriction } from './model.ts';
import { directoryOf, resolvePath } from './paths.ts';
import { parseRestriction } from './restriction.ts';

/** The version of the reference whose format we implement; feeds ask for it. */
export const programVersion = '2.18';

/**
 * Attributes, dependencies and so on that members may inherit, all members together. A real feed stays below a hundredth;
 * a document made for it could otherwise fill any memory through nested groups.
 */
const maxInheritedParts = 20_000_000;

/** Of all feeds together: the same few texts are in many. */
const versions = new TextMemo<Version>();
const restrictions = new TextMemo<Restriction>();
/** Paths by themselves: where feeds name the same one it is the same string, which is looked up fastest. */
const paths = new TextMemo<string>();

// What nearly all versions are.
const onlyEnglish: readonly Language[] = [{ language: 'en', country: null }];
const anyArch: Arch = { os: null, cpu: null };

/**
 * What reading one feed needs everywhere: its name for messages and relative paths, and values already read, so that equal
 * texts become the same object.
 */
export interface FeedContext {
  readonly name: string;
  /** What messages call the document: its file, if it is in one. */
  readonly source: string;
  readonly isLocal: boolean;
  /** Of a local feed. */
  readonly directory: string;
  /** Problems that did not stop reading, each once. */
  readonly warnings: Set<string>;
  /** Dependencies that say nothing but this, by interface as written and version. */
  readonly plainDependencies: Map<string, Map<string | undefined, Dependency>>;
  /** Absolute paths by relative ones. */
  readonly paths: Map<string, string>;
  readonly archs: Map<string, Arch>;
  readonly languages: Map<string, readonly Language[]>;
  /** Commands made from `main` and such, by name and value. */
  readonly madeCommands: Map<string, Command>;
  inheritedParts: number;
}

/** Starts reading a feed, or the template of one of its binaries. */
export function createFeedContext(feed: {
  readonly name: string;
  readonly isLocal: boolean;
  readonly source?: string;
}): FeedContext {
  return {
    name: feed.name,
    source: feed.source ?? feed.name,
    isLocal: feed.isLocal,
    directory: feed.isLocal ? directoryOf(feed.name) : '',
    warnings: new Set(),
    plainDependencies: new Map(),
    paths: new Map(),
    archs: new Map(),
    languages: new Map([['', []]]),
    madeCommands: new Map(),
    inheritedParts: 0,
  };
}

/** The error that makes a feed unusable. */
export function reject(context: FeedContext, reason: string): AppError<'bad-feed'> {
  return new AppError('bad-feed', { feed: context.name, reason });
}

/** How messages name an element: `<TAG> at FILE:LINE:COLUMN`. */
export function describe(context: FeedContext, element: XmlElement): string {
  if (element.line === 0) return `<${element.name}> (generated)`;
  return `<${element.name}> at ${context.source}:${element.line}:${element.column}`;
}

/**
 * An attribute that must be there; it may be empty.
 *
 * @throws AppError `bad-feed`
 */
export function requiredAttribute(context: FeedContext, element: XmlElement, name: string): string {
  const value = element.attributes[name];
  if (value === undefined) throw reject(context, `Missing attribute '${name}' on ${describe(context, element)}`);
  return value;
}

/** A version number of this feed. @throws AppError `bad-feed` with the reason it is none */
export function versionOf(context: FeedContext, text: string): Version {
  return versions.get(text) ?? versions.set(text, readVersion(context, text));
}

/** The restriction of a `version` attribute; a bad one is impossible and noted. */
export function restrictionOf(context: FeedContext, text: string): Restriction {
  return restrictions.get(text) ?? readRestriction(context, text);
}

/** A path of a local feed: relative ones begin at its directory. */
export function absolutePath(context: FeedContext, path: string): string {
  if (path.startsWith('/')) return path;
  return context.paths.get(path) ?? remember(context.paths, path, joinPath(context, path));
}

function joinPath(context: FeedContext, relative: string): string {
  const path = resolvePath(context.directory, relative);
  return paths.get(path) ?? paths.set(path, path);
}

/** An `OS-CPU` text. `owner` ends the message. @throws AppError `bad-feed` */
export function archOf(context: FeedContext, text: string, owner: XmlElement | null): Arch {
  if (text === '') return anyArch;
  return context.archs.get(text) ?? remember(context.archs, text, readArch(context, text, owner));
}

/** The languages of a `langs` attribute. Unparsable ones are noted and dropped; an absent attribute means English. */
export function languagesOf(context: FeedContext, text = 'en'): readonly Language[] {
  if (text === 'en') return onlyEnglish;
  return context.languages.get(text) ?? remember(context.languages, text, readLanguages(context, text));
}

/** Counts parts that a member takes over. @throws AppError `bad-feed` when there are absurdly many */
export function spendParts(context: FeedContext, count: number): void {
  context.inheritedParts += count;
  if (context.inheritedParts > maxInheritedParts) {
    throw reject(context, `Groups inherit more than ${maxInheritedParts} parts`);
  }
}

/** Keeps a value for the next time and returns it. */
export function remember<K, T>(map: Map<K, T>, key: K, value: T): T {
  map.set(key, value);
  return value;
}

function readVersion(context: FeedContext, text: string): Version {
  try {
    return parseVersion(text);
  } catch (error) {
    if (!isAppError(error, 'bad-version')) throw error;
    throw reject(context, error.params.reason);
  }
}

function readRestriction(context: FeedContext, text: string): Restriction {
  const restriction = parseRestriction(text);
  if (restriction.type === 'impossible') {
    context.warnings.add(`Can't parse version restriction '${text}': ${restriction.reason}`);
    return restriction;
  }
  return restrictions.set(text, restriction);
}

function readArch(context: FeedContext, text: string, owner: XmlElement | null): Arch {
  try {
    return splitArch(text);
  } catch (error) {
    if (!isAppError(error, 'bad-arch')) throw error;
    const place = owner === null ? '' : `\n... processing ${describe(context, owner)}`;
    throw reject(context, `Invalid architecture '${text}'${place}`);
  }
}

function readLanguages(context: FeedContext, text: string): readonly Language[] {
  return text.split(' ').flatMap((name) => {
    const language = parseLanguage(name);
    if (language !== null) return [language];
    context.warnings.add(`Failed to parse locale '${name}'`);
    return [];
  });
}
