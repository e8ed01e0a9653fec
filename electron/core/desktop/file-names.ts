import { sha256Hex } from '../sha256.ts';

const maxLength = 60;

/**
 * The names that an entry may have, the nicest first; the later ones are for when another program has the earlier ones.
 *
 * @param identity what the entry starts: the later names depend on it
 * @returns names of files without an ending, of `a-z`, `0-9` and `-` alone
 * @see execution.md 9.2
 */
export function entryNames(title: string, identity: string): readonly [string, ...string[]] {
  const slug = slugOf(title);
  const digest = sha256Hex(identity);
  return [slug, `${slug}-${digest.slice(0, 6)}`, `${slug}-${digest}`];
}

function slugOf(title: string): string {
  const slug = title
    .toLowerCase()
    .replaceAll('/', '-')
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^-+/, '')
    .slice(0, maxLength)
    .replace(/-+$/, '');
  return slug === '' ? 'program' : slug;
}
