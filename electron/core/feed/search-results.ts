import { AppError } from '../../../shared/errors/app-error.ts';
import type { XmlElement } from '../xml/element.ts';

/** A program that a search found. Nothing of it is signed: it only says where to look. */
export interface SearchResult {
  readonly uri: string;
  readonly name: string;
  readonly summary: string;
  /** How well it fits, 0 to 100. */
  readonly score: number;
}

const maxResults = 1000;

/**
 * Reads the answer of a search. Entries that name no program are left out.
 *
 * @throws AppError `bad-feed` if it is no such answer
 * @see trust-and-download.md 11
 */
export function parseSearchResults(root: XmlElement, source: string): readonly SearchResult[] {
  if (root.name !== 'results') {
    throw new AppError('bad-feed', { feed: source, reason: `Expected <results>, not <${root.name}>` });
  }
  return root.children
    .filter(({ name, attributes }) => name === 'result' && /^https?:\/\/[^/]+\//.test(attributes['uri'] ?? ''))
    .slice(0, maxResults)
    .map(({ attributes, children }) => ({
      uri: attributes['uri'] ?? '',
      name: attributes['name'] ?? '',
      summary: children.find(({ name }) => name === 'summary')?.text.trim() ?? '',
      score: Math.min(100, Math.max(0, Math.round(Number(attributes['score'] ?? 0)) || 0)),
    }));
}
