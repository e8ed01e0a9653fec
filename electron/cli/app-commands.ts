import type { CommandSpec, OptionSpec } from './options.ts';

/** The commands about the past of apps, about what they are kept from, and about taking them elsewhere. */
export const appCommands = (sandboxOptions: readonly OptionSpec[], offline: OptionSpec): readonly CommandSpec[] => [
  {
    words: ['history'],
    usage: 'NAME',
    summary: 'show every change of what an app is started with',
    options: [],
    argCount: [1, 1],
  },
  {
    words: ['rollback'],
    usage: 'NAME [NUMBER]',
    summary: 'start an app with what it had before',
    options: [{ names: ['undo'], values: 0, help: 'take the last rollback back' }],
    argCount: [1, 2],
  },
  {
    words: ['bisect'],
    usage: 'NAME [ARGS]',
    summary: 'find the update that broke an app',
    options: [
      {
        names: ['good'],
        values: 1,
        placeholder: 'NUMBER',
        help: 'an entry of the history that works (default: the first)',
      },
      { names: ['bad'], values: 1, placeholder: 'NUMBER', help: 'a later one that does not (default: the last)' },
      { names: ['exit-status'], values: 0, help: 'it works if it ends with status 0; nothing is asked' },
    ],
    argCount: [1, Infinity],
  },
  {
    words: ['hold'],
    usage: 'NAME',
    summary: 'keep an app at its versions, or from one that is not wanted',
    options: [
      { names: ['skip'], values: 1, placeholder: 'VERSION', help: 'only never take this version' },
      {
        names: ['until'],
        values: 1,
        placeholder: 'DAY | VERSION',
        help: 'until this day; with --skip also none before this version',
      },
      { names: ['off'], values: 0, help: 'take every update again' },
      { names: ['list'], values: 0, help: 'only show what is kept back' },
    ],
    argCount: [1, 1],
  },
  {
    words: ['sandbox'],
    usage: 'NAME',
    summary: 'always run an app apart from the rest of the computer',
    options: [{ names: ['off'], values: 0, help: 'no longer do so' }, ...sandboxOptions],
    argCount: [1, 1],
  },
  {
    words: ['export-profile'],
    usage: 'FILE',
    summary: 'write apps, ratings, integrations and trusted keys into a file',
    options: [{ names: ['bundle'], values: 0, help: 'a folder with all that is needed to use it without network' }],
    argCount: [1, 1],
  },
  {
    words: ['import-profile'],
    usage: 'FILE | FOLDER',
    summary: 'show what such a file would add, and add it',
    options: [
      { names: ['replace'], values: 0, help: 'also what is different here' },
      { names: ['trust'], values: 0, help: 'also trust its keys' },
      { names: ['y', 'yes'], values: 0, help: 'do not ask first' },
      offline,
    ],
    argCount: [1, 1],
  },
];
