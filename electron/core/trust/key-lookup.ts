import type { KeyHint } from '../../../shared/model/job.ts';
import type { XmlElement } from '../xml/element.ts';
import { harmlessText } from './key-file.ts';

/** Largest answer of a key information server we take: 64 KiB. */
export const maxKeyLookupBytes = 64 * 1024;

/** Hints of one answer that we show. */
const maxHints = 16;

/** Where a key information server is asked; `null` if its address is no http(s) URL. */
export function keyLookupUrl(server: string, fingerprint: string): string | null {
  if (!/^https?:\/\/[^/]/.test(server)) return null;
  return `${server.replace(/\/+$/, '')}/key/${fingerprint}`;
}

/**
 * Reads the answer of a key information server. Anything but `vote="good"` is bad.
 *
 * @returns `null` if it is no such answer
 * @see trust-and-download.md 4.4
 */
export function parseKeyLookup(root: XmlElement): readonly KeyHint[] | null {
  if (root.namespace !== '' || root.name !== 'key-lookup') return null;
  return root.children
    .filter(({ namespace, name }) => namespace === '' && name === 'item')
    .slice(0, maxHints)
    .map(({ attributes, text }) => ({
      vote: attributes['vote'] === 'good' ? 'good' : 'bad',
      text: harmlessText(text, 500),
    }));
}
