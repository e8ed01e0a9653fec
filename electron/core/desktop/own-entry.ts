import { formatEntry, quoteExec } from './entry-text.ts';
import { ownMimeTypes } from './mime-package.ts';

/** What the files of Zerodesk itself are called, without an ending. */
export const ownName = 'net.zerodesk.Zerodesk';

/** Links to programs. An address behind it is only asked about. @see gui.md C4 */
const schemes = ['zero-install', 'web+zeroinstall'];

/** Zerodesk's own entry: in the menu, for feeds, and for links to programs. @param window what opens the window */
export function ownEntry(window: readonly [string, ...string[]], hasIcon: boolean): string {
  const types = [
    ...ownMimeTypes.slice(0, 1).map(({ name }) => name),
    ...schemes.map((name) => `x-scheme-handler/${name}`),
  ];
  const action = (page: string, name: string) => ({
    name: `Desktop Action ${page}`,
    lines: [
      ['Name', name],
      ['Exec', quoteExec([...window, `--page=${page}`])],
    ] as const,
  });
  return formatEntry([
    {
      name: 'Desktop Entry',
      lines: [
        ['Type', 'Application'],
        ['Version', '1.1'],
        ['Name', 'Zerodesk'],
        ['GenericName', 'Programs'],
        ['Comment', 'Run any program in any version'],
        ...(hasIcon ? ([['Icon', ownName]] as const) : []),
        ['TryExec', window[0]],
        ['Exec', quoteExec(window, '%U')],
        ['Categories', 'Settings;PackageManager;'],
        ['Keywords', 'install;software;version;feed;'],
        ['MimeType', types.map((name) => `${name};`).join('')],
        ['StartupNotify', 'true'],
        ['Actions', 'downloads;storage;'],
      ],
    },
    action('downloads', 'Downloads'),
    action('storage', 'Storage'),
  ]);
}
