const prefix = '--page=';
const pages = ['apps', 'downloads', 'storage', 'preferences'];

/** The page that a start asks for (`--page=storage`), or null. Anybody can start the program with anything. */
export function pageFromArguments(argv: readonly string[]): string | null {
  const page = argv.findLast((word) => word.startsWith(prefix))?.slice(prefix.length);
  return page !== undefined && pages.includes(page) ? page : null;
}

/** The address of our page, open at one of its pages. */
export function addressOf(base: string, page: string | null): string {
  return page === null ? base : `${base}#${page}`;
}
