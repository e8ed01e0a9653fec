import { AppError } from '../../../shared/errors/app-error.ts';
import { catalogNamespace, type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import { chooseText, userLanguages } from './languages.ts';
import { childrenNamed, localizedTexts, readCommonMetadata } from './metadata.ts';
import type { Language } from './model.ts';

/** A program as a catalogue lists it; everything else comes from its feed. */
export interface CatalogEntry {
  readonly uri: string;
  readonly name: string;
  /** In the person's language; '' if there is none. */
  readonly summary: string;
  readonly description: string;
  readonly homepage: string | null;
  readonly categories: readonly string[];
  /** Address of the first PNG icon. */
  readonly icon: string | null;
  readonly needsTerminal: boolean;
  /** Usual name of the executable. */
  readonly binaryName: string | null;
}

/** More programs than any person can look through are a mistake or an attack. */
const maxEntries = 100_000;

/**
 * Reads a catalogue. Entries without an http(s) address or a name are left out.
 *
 * @throws AppError `bad-feed` if it is no catalogue; `source` names it
 * @see feeds.md 13
 */
export function parseCatalog(
  root: XmlElement,
  source: string,
  languages: readonly Language[] = userLanguages({}),
): readonly CatalogEntry[] {
  if (root.name !== 'catalog' || root.namespace !== catalogNamespace) {
    throw new AppError('bad-feed', { feed: source, reason: `Expected <catalog>, not <${root.name}>` });
  }
  const feeds = root.children.filter(
    ({ name, namespace }) => (name === 'interface' || name === 'feed') && namespace === zeroInstallNamespace,
  );
  if (feeds.length > maxEntries) {
    throw new AppError('bad-feed', { feed: source, reason: `More than ${maxEntries} entries` });
  }
  return feeds.flatMap((feed) => readEntry(feed, languages));
}

function readEntry(feed: XmlElement, languages: readonly Language[]): readonly CatalogEntry[] {
  const uri = feed.attributes['uri'] ?? '';
  const name = childrenNamed(feed, 'name').at(-1)?.text.trim() ?? '';
  if (!/^https?:\/\/[^/]/.test(uri) || name === '') return [];
  const { homepages, categories, icons, needsTerminal, entryPoints } = readCommonMetadata(feed);
  const run = entryPoints.find(({ command }) => command === 'run');
  return [
    {
      uri,
      name,
      summary: chooseText(localizedTexts(feed, 'summary'), languages),
      description: chooseText(localizedTexts(feed, 'description'), languages),
      homepage: homepages.find((url) => /^https?:\/\//.test(url)) ?? null,
      categories: categories.map((category) => category.name),
      icon: icons.find(({ type, href }) => type === 'image/png' && /^https?:\/\//.test(href))?.href ?? null,
      needsTerminal: needsTerminal || run?.needsTerminal === true,
      binaryName: run?.binaryName ?? null,
    },
  ];
}
