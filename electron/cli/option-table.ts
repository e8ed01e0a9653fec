import { appCommands } from './app-commands.ts';
import type { CommandSpec, OptionSpec } from './options.ts';
import { storeCommands } from './store-commands.ts';

/** Options every command knows. */
export const commonOptions: readonly OptionSpec[] = [
  { names: ['c', 'console'], values: 0, help: 'never open a window' },
  { names: ['dry-run'], values: 0, help: 'only say what would be done' },
  { names: ['h', 'help'], values: 0, help: 'show this help and exit' },
  { names: ['json'], values: 0, help: 'print results and errors as JSON' },
  { names: ['v', 'verbose'], values: 0, help: 'tell more; twice for every step' },
  { names: ['with-store'], values: 1, placeholder: 'DIR', help: 'also look into this implementation store' },
];

/** What is to be selected. */
export const selectionOptions: readonly OptionSpec[] = [
  { names: ['before'], values: 1, placeholder: 'VERSION', help: 'choose a version before this one' },
  { names: ['command'], values: 1, placeholder: 'COMMAND', help: 'command to select; empty for none' },
  { names: ['cpu'], values: 1, placeholder: 'CPU', help: 'processor to select for' },
  { names: ['message'], values: 1, placeholder: 'TEXT', help: 'why this is needed, shown with questions' },
  { names: ['not-before'], values: 1, placeholder: 'VERSION', help: 'choose this version or a later one' },
  { names: ['os'], values: 1, placeholder: 'OS', help: 'operating system to select for' },
  { names: ['r', 'refresh'], values: 0, help: 'fetch all used feeds again' },
  { names: ['s', 'source'], values: 0, help: 'select source code' },
  { names: ['version'], values: 1, placeholder: 'RANGE', help: "only these versions (such as '3' or '3..!4')" },
  { names: ['version-for'], values: 2, placeholder: 'URI RANGE', help: 'the same for one of the libraries' },
  { names: ['sat'], values: 1, placeholder: 'ENGINE', help: 'own (default) or logic-solver' },
];

const sandboxOptions: readonly OptionSpec[] = [
  { names: ['allow'], values: 1, placeholder: 'DIR', help: 'in a sandbox: a folder it may change' },
  { names: ['allow-network'], values: 0, help: 'in a sandbox: let it use the network' },
  { names: ['allow-read'], values: 1, placeholder: 'DIR', help: 'in a sandbox: a folder it may read' },
];

const offline: OptionSpec = { names: ['o', 'offline'], values: 0, help: 'do not use the network' };
const mayCompile: OptionSpec = {
  names: ['may-compile'],
  values: 0,
  help: 'also consider versions that must be compiled',
};
const xml: OptionSpec = { names: ['xml'], values: 0, help: 'print the selections as XML' };

/** All commands. */
export const commands: readonly CommandSpec[] = [
  {
    words: ['select'],
    usage: 'APP | URI',
    summary: 'choose versions and show them',
    options: [offline, xml, ...selectionOptions, mayCompile],
    argCount: [1, 1],
  },
  {
    words: ['download'],
    usage: 'APP | URI',
    summary: 'choose versions and download them',
    options: [offline, { names: ['show'], values: 0, help: 'show where the parts are' }, xml, ...selectionOptions],
    argCount: [1, 1],
  },
  {
    words: ['run'],
    usage: 'APP | URI [ARGS]',
    summary: 'run a program',
    options: [
      offline,
      { names: ['m', 'main'], values: 1, placeholder: 'PATH', help: 'run this file of the implementation' },
      {
        names: ['w', 'wrapper'],
        values: 1,
        placeholder: 'COMMAND',
        help: 'shell text put in front, such as a debugger',
      },
      { names: ['sandbox'], values: 0, help: 'apart from the rest of the computer, with a home of its own' },
      ...sandboxOptions,
      ...selectionOptions,
    ],
    argCount: [1, Infinity],
  },
  {
    words: ['update'],
    usage: 'APP | URI | --all',
    summary: 'look for newer versions and download them',
    options: [
      offline,
      { names: ['all'], values: 0, help: 'every app; with --dry-run a list of what there is' },
      { names: ['background'], values: 0, help: 'ask nothing and say nothing' },
      ...selectionOptions,
      mayCompile,
    ],
    argCount: [0, 1],
  },
  {
    words: ['add'],
    usage: 'NAME URI',
    summary: 'make a command that runs a program',
    options: [offline, ...selectionOptions],
    argCount: [2, 2],
  },
  {
    words: ['destroy'],
    usage: 'NAME',
    summary: 'remove such a command',
    options: [],
    argCount: [1, 1],
  },
  {
    words: ['integrate'],
    usage: '[APP | URI]',
    summary: 'make a program appear in the menu, at the start of a session, for files, or as a command',
    options: [
      { names: ['menu'], values: 0, help: 'an entry in the menu (the default)' },
      { names: ['autostart'], values: 0, help: 'start it with every session' },
      { names: ['file-types'], values: 0, help: 'offer it for the files and addresses that it opens' },
      { names: ['alias'], values: 1, placeholder: 'NAME', help: 'a command that starts it' },
      { names: ['self'], values: 0, help: 'Zerodesk itself: in the menu, for feeds and zero-install: links' },
      { names: ['list'], values: 0, help: 'only show what there is' },
      { names: ['remove'], values: 0, help: 'undo all of this, or what the other options say' },
      offline,
    ],
    argCount: [0, 1],
  },
  {
    words: ['whatchanged'],
    usage: 'NAME',
    summary: 'show what the last update of an app changed',
    options: [{ names: ['full'], values: 0, help: 'show every difference of the selections' }],
    argCount: [1, 1],
  },
  ...appCommands(sandboxOptions, offline),
  {
    words: ['explain'],
    usage: 'URI [VERSION]',
    summary: 'tell why a version was chosen or not, or why none can be',
    options: [
      { names: ['component'], values: 1, placeholder: 'URI', help: 'VERSION is one of this component' },
      offline,
      ...selectionOptions,
      mayCompile,
    ],
    argCount: [1, 2],
  },
  {
    words: ['show'],
    usage: 'APP | SELECTIONS',
    summary: 'show an app or a selections document',
    options: [xml, { names: ['r', 'root-uri'], values: 0, help: 'only the URI of the program' }],
    argCount: [1, 1],
  },
  {
    words: ['config'],
    usage: '[NAME [VALUE]]',
    summary: 'show or change the settings',
    options: [],
    argCount: [0, 2],
  },
  {
    words: ['import'],
    usage: 'FEED',
    summary: 'take a signed feed from a file',
    options: [offline],
    argCount: [1, Infinity],
  },
  {
    words: ['list'],
    usage: '[TEXT]',
    summary: 'list the cached feeds',
    options: [],
    argCount: [0, 1],
  },
  {
    words: ['add-feed'],
    usage: '[INTERFACE] FEED',
    summary: 'take more versions of a program from another feed',
    options: [offline],
    argCount: [1, 2],
  },
  {
    words: ['remove-feed'],
    usage: '[INTERFACE] FEED',
    summary: 'no longer do so',
    options: [offline],
    argCount: [1, 2],
  },
  {
    words: ['list-feeds'],
    usage: 'URI',
    summary: 'list the feeds that were added to a program',
    options: [],
    argCount: [1, 1],
  },
  {
    words: ['search'],
    usage: 'QUERY',
    summary: 'look for programs by words',
    options: [offline],
    argCount: [1, Infinity],
  },
  {
    words: ['man'],
    usage: 'NAME',
    summary: 'show the manual page of an app',
    options: [{ names: ['self'], values: 0, help: 'print the manual page of 0desk itself, as man reads it' }],
    argCount: [0, Infinity],
  },
  {
    words: ['digest'],
    usage: 'DIRECTORY | ARCHIVE [EXTRACT]',
    summary: 'compute a digest',
    options: [
      { names: ['algorithm'], values: 1, placeholder: 'ALG', help: 'sha1, sha1new (default), sha256 or sha256new' },
      { names: ['m', 'manifest'], values: 0, help: 'print the manifest' },
      { names: ['d', 'digest'], values: 0, help: 'print the digest' },
    ],
    argCount: [1, 2],
  },
  ...storeCommands,
  {
    words: ['gui'],
    usage: '[URI]',
    summary: 'open the window; with a program, to add it there',
    options: [],
    argCount: [0, 1],
  },
  {
    words: ['env'],
    usage: 'APP | URI [ARGS]',
    summary: 'show the variables and the command line a program gets',
    options: [offline, ...selectionOptions],
    argCount: [1, Infinity],
  },
  {
    words: ['completion'],
    usage: 'bash | zsh | fish',
    summary: 'print what makes a shell complete commands and options',
    options: [],
    argCount: [1, 1],
  },
  {
    words: ['slave'],
    usage: 'VERSION',
    summary: 'serve another program over standard input and output',
    options: [offline],
    argCount: [1, 1],
  },
  {
    words: ['why'],
    usage: 'DIGEST | URI',
    summary: 'say which programs use a stored version or a component, and through what',
    options: [],
    argCount: [1, 1],
  },
  {
    words: ['gc'],
    usage: '',
    summary: 'delete stored implementations that nothing needs any more',
    options: [
      { names: ['keep'], values: 1, placeholder: 'N', help: 'also keep what the last N runs used (default 10)' },
    ],
    argCount: [0, 0],
  },
];

/** The command whose words begin the line, or null. */
export function findCommand(words: readonly string[]): CommandSpec | null {
  return commands.find((command) => command.words.every((word, index) => words[index] === word)) ?? null;
}
