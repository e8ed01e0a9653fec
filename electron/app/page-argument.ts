import { fileURLToPath } from 'node:url';
import { isAppError } from '../../shared/errors/app-error.ts';
import { isPage } from '../../shared/pages.ts';
import { parseHttpUrl } from '../core/trust/url.ts';

const prefix = '--page=';
const link = /^(?:zero-install|web\+zeroinstall):(.*)$/s;

/**
 * What a start asks to be shown: a page (`--page=storage`), or the question whether to add the program of a link
 * (`zero-install:https://…`) or of a feed on this computer (`file:///…`); null for nothing. Anybody can start the program
 * with anything, so nothing happens before the person says so.
 *
 * @returns what goes behind `#` in the address of our page
 */
export function pageFromArguments(argv: readonly string[]): string | null {
  const feed = argv.map(feedOf).findLast((each) => each !== null);
  if (feed !== undefined) return `add=${encodeURIComponent(feed)}`;
  const page = argv.findLast((word) => word.startsWith(prefix))?.slice(prefix.length);
  return page !== undefined && isPage(page) ? page : null;
}

/** The address of our page, open at one of its pages. */
export function addressOf(base: string, page: string | null): string {
  return page === null ? base : `${base}#${page}`;
}

/** The URL or path of a feed that a word names; null if it names none. */
function feedOf(word: string): string | null {
  const address = link.exec(word)?.[1];
  try {
    if (address !== undefined) {
      parseHttpUrl(address);
      return address;
    }
    const path = word.startsWith('file:///') ? fileURLToPath(word) : '';
    return path === '' || /\p{Cc}/u.test(path) ? null : path;
  } catch (error) {
    // What is no path: `file:///%E0`.
    if (isAppError(error) || error instanceof TypeError || error instanceof URIError) return null;
    throw error;
  }
}
