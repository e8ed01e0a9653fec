import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import type { FeedDocument } from '../../core/feed/parse-feed.ts';
import type { Attributes, XmlElement } from '../../core/xml/element.ts';
import { defaultXmlLimits } from '../../core/xml/limits.ts';
import { internedName } from '../../core/xml/string-tables.ts';
import { toFileError } from '../file-error.ts';
import type { Paths } from '../paths.ts';
import { cachedFeeds } from './feed-cache.ts';

/** Documents of feeds as trees, kept in files of our own. A process that has just begun reads such a file five times as fast. */
export interface KeptTrees {
  /**
   * The tree that was kept for a file, or else that of `parse`, which is kept then.
   *
   * @param version of the file, another one after each change
   * @throws only what `parse` throws: without its files this is nothing but slower
   */
  keep(path: string, version: string, parse: () => FeedDocument): FeedDocument;
}

/** Goes up with each change of the form below, or of what the scanner makes of a document. */
const format = 1;

/** Written so that nearly all of it is read by the engine itself. */
interface KeptFile {
  readonly version: string;
  readonly mayHaveConditions: boolean;
  /** Namespace and name, one after the other. */
  readonly tags: readonly string[];
  readonly root: KeptElement;
}

/** Tag (the place of its namespace), attributes (null only if damaged), children, text, line, column. */
type KeptElement = readonly [number, Attributes | null, readonly KeptElement[], string, number, number];

const ending = '.json';

/** Larger ones are none of ours: no feed is. */
const maxBytes = 4 * defaultXmlLimits.characters;

/** Where they are. */
export function keptTreesIn({ cache }: Pick<Paths, 'cache'>): string {
  return join(cache[0] ?? '', 'zerodesk-feeds');
}

/** @param directory for this alone; made on demand */
export function createKeptTrees(directory: string): KeptTrees {
  return {
    keep(path, version, parse) {
      const file = join(directory, `${basename(path)}${ending}`);
      const written = `${format} ${version}`;
      const known = readKept(file, written);
      if (known !== null) return known;
      const document = parse();
      writeKept(directory, file, JSON.stringify(pack(document, written)));
      return document;
    },
  };
}

/** Deletes what was kept for feeds that are no longer in the cache. @throws AppError `permission-denied`, `file-failed` */
export function removeStrayTrees(paths: Pick<Paths, 'cache'>): void {
  const directory = keptTreesIn(paths);
  const folders = cachedFeeds(paths.cache).map(({ folder }) => folder);
  try {
    for (const name of fs.existsSync(directory) ? fs.readdirSync(directory) : []) {
      const feed = name.endsWith(ending) ? name.slice(0, -ending.length) : null;
      if (feed !== null && folders.some((folder) => fs.existsSync(join(folder, feed)))) continue;
      fs.rmSync(join(directory, name), { force: true });
    }
  } catch (error) {
    throw toFileError(error, directory);
  }
}

function readKept(file: string, version: string): FeedDocument | null {
  try {
    const stats = fs.statSync(file, { throwIfNoEntry: false });
    if (stats === undefined || stats.size > maxBytes) return null;
    const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as KeptFile | null;
    if (kept?.version !== version) return null;
    return { root: unpack(kept.root, kept.tags.map(internedName)), mayHaveConditions: kept.mayHaveConditions };
  } catch {
    // Damaged or unreadable: it is written anew.
    return null;
  }
}

/** That it fails is no problem (no room, a cache that may not be written to): the next one parses again. */
function writeKept(directory: string, file: string, text: string): void {
  const temporary = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    fs.writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 });
    fs.renameSync(temporary, file);
  } catch {
    removeIfThere(temporary);
  }
}

function removeIfThere(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // Not even its directory is there.
  }
}

function pack({ root, mayHaveConditions }: FeedDocument, version: string): KeptFile {
  const tags: string[] = [];
  const places = new Map<string, number>();
  const placeOf = ({ namespace, name }: XmlElement): number => {
    const key = `${namespace}\n${name}`;
    let place = places.get(key);
    if (place === undefined) {
      place = tags.push(namespace, name) - 2;
      places.set(key, place);
    }
    return place;
  };
  const packed = (element: XmlElement): KeptElement => [
    placeOf(element),
    element.attributes,
    element.children.map(packed),
    element.text,
    element.line,
    element.column,
  ];
  return { version, mayHaveConditions, tags, root: packed(root) };
}

const noChildren: readonly XmlElement[] = [];

function unpack([tag, attributes, children, text, line, column]: KeptElement, tags: readonly string[]): XmlElement {
  const namespace = tags[tag];
  const name = tags[tag + 1];
  if (typeof namespace !== 'string' || typeof name !== 'string') throw new Error('no such tag');
  if (typeof attributes !== 'object' || attributes === null || typeof text !== 'string') throw new Error('no element');
  return {
    namespace,
    name,
    attributes,
    children: children.length === 0 ? noChildren : children.map((child) => unpack(child, tags)),
    text,
    line,
    column,
  };
}
