import { type Capabilities, type FileExtension, itemMark, type OpenVerb, readCapabilities } from './capabilities.ts';
import { type EntryGroup, formatEntry, needsQuotes, quoteExec } from './entry-text.ts';
import { checkTarget, type DesktopProgram, identityOf, type TranslatedText } from './program.ts';

/** What is on the computer that an entry is for. */
export interface EntryContext {
  /** What starts our command line: a name in `PATH`, or an absolute path. */
  readonly command: string;
  /** Whether `0launch` is there. Its list of programs then shows ours too. */
  readonly hasReference: boolean;
  /** Name of the icon in the theme; null = none. */
  readonly icon: string | null;
}

/** The files and addresses that are opened in one way. */
export interface Opening {
  readonly verb: OpenVerb;
  /** Types of files, and `x-scheme-handler/SCHEME`. */
  readonly mimeTypes: readonly string[];
  readonly isForAddresses: boolean;
}

/** The entry that shows a program in menus. @throws AppError `bad-url` @see execution.md 9.2 */
export function menuEntry(program: DesktopProgram, context: EntryContext): string {
  const { target, actions } = program;
  checkTarget(target);
  // Who opens only files is given paths, also of what is elsewhere.
  const opensAddresses = readCapabilities(program.capabilities, 'Linux').protocols.length > 0;
  return formatEntry([
    mainGroup(program, context, [
      ...startLines(program, context, opensAddresses ? '%U' : '%F'),
      ...listLine('Categories', program.categories),
      ...listLine(
        'Actions',
        actions.map((_, index) => actionId(index)),
      ),
    ]),
    ...actions.map(({ command, name }, index) => ({
      name: `Desktop Action ${actionId(index)}`,
      lines: [
        ...textLines('Name', name),
        ['Exec', quoteExec([context.command, 'run', `--command=${command}`, '--', identityOf(target)])],
      ] as const,
    })),
  ]);
}

/** The entry that starts a program when a session begins. @throws AppError `bad-url` */
export function autostartEntry(program: DesktopProgram, context: EntryContext): string {
  checkTarget(program.target);
  return formatEntry([mainGroup(program, context, startLines(program, context))]);
}

/**
 * An entry that no menu shows: it offers a program for files and addresses, and opens them as the program wants it.
 *
 * @returns null if what is opened would stand inside a quoted argument, where launchers do not put it
 * @throws AppError `bad-url`
 */
export function openingEntry(program: DesktopProgram, opening: Opening, context: EntryContext): string | null {
  checkTarget(program.target);
  const exec = openingExec(program, opening, context);
  if (exec === null) return null;
  return formatEntry([
    mainGroup(program, context, [
      ['TryExec', context.command],
      ['Exec', exec],
      ['NoDisplay', 'true'],
      ...listLine('MimeType', opening.mimeTypes),
    ]),
  ]);
}

/**
 * Groups what a program opens by how it does.
 *
 * @param typeOf the MIME type of an ending; null = none
 */
export function openingsOf(
  { fileTypes, protocols }: Capabilities,
  typeOf: (extension: FileExtension) => string | null,
): readonly Opening[] {
  const groups = new Map<string, { verb: OpenVerb; mimeTypes: Set<string>; isForAddresses: boolean }>();
  const add = (verb: OpenVerb, isForAddresses: boolean, type: string): void => {
    const key = JSON.stringify([verb.command, isForAddresses, ...verb.args]);
    const group = groups.get(key) ?? { verb, mimeTypes: new Set(), isForAddresses };
    groups.set(key, group);
    group.mimeTypes.add(type);
  };
  for (const { verb, extensions } of fileTypes) {
    for (const type of extensions.map(typeOf)) if (type !== null) add(verb, false, type);
  }
  for (const { scheme, verb } of protocols) add(verb, true, `x-scheme-handler/${scheme}`);
  return [...groups.values()].map((group) => ({ ...group, mimeTypes: [...group.mimeTypes] }));
}

type Lines = EntryGroup['lines'];

function mainGroup(program: DesktopProgram, { icon }: EntryContext, lines: Lines): EntryGroup {
  const { target, needsTerminal } = program;
  return {
    name: 'Desktop Entry',
    lines: [
      ['Type', 'Application'],
      ['Version', '1.1'],
      ...textLines('Name', program.name),
      ...(program.summary.text === '' ? [] : textLines('Comment', program.summary)),
      ...(icon === null ? [] : ([['Icon', icon]] as const)),
      ...lines,
      ['Terminal', String(needsTerminal)],
      ['X-ZeroInstall-URI', target.uri],
      ...(target.app === null ? [] : ([['X-ZeroInstall-App', target.app]] as const)),
    ],
  };
}

/** The reference looks for its command and takes the next word as it stands, so what needs quoting is left to ours. */
function startLines({ target }: DesktopProgram, context: EntryContext, fieldCode?: '%F' | '%U'): Lines {
  const isForReference =
    context.hasReference && target.app === null && !target.uri.includes('%') && !needsQuotes(target.uri);
  const args = isForReference ? ['0launch', '--', target.uri] : [context.command, 'run', '--', identityOf(target)];
  return [
    ['TryExec', args[0] ?? ''],
    ['Exec', quoteExec(args, fieldCode)],
  ];
}

function openingExec(
  { target }: DesktopProgram,
  { verb, isForAddresses }: Opening,
  { command }: EntryContext,
): string | null {
  const marked = verb.args.filter((arg) => arg.includes(itemMark));
  const isLast = marked.length === 1 && verb.args.at(-1) === itemMark;
  // Only what stands alone can be many at once.
  const code = `%${isLast ? (isForAddresses ? 'U' : 'F') : isForAddresses ? 'u' : 'f'}`;
  const words: string[] = [];
  for (const arg of verb.args) {
    const pieces = arg.split(itemMark);
    if (pieces.length > 1 && pieces.some((piece) => piece !== '' && needsQuotes(piece))) return null;
    words.push(pieces.length > 1 ? pieces.map((piece) => piece.replaceAll('%', '%%')).join(code) : quoteExec([arg]));
  }
  const named = verb.command === 'run' ? [] : [`--command=${verb.command}`];
  return [quoteExec([command, 'run', ...named, '--', identityOf(target)]), ...words].join(' ');
}

function textLines(key: string, { text, translations }: TranslatedText): Lines {
  return [[key, text], ...[...translations].map(([locale, other]) => [`${key}[${locale}]`, other] as const)];
}

/** `;` is what separates them, so none of them may have one. */
function listLine(key: string, values: readonly string[]): Lines {
  const usable = values.filter((value) => !value.includes(';'));
  return usable.length === 0 ? [] : [[key, usable.map((value) => `${value};`).join('')]];
}

function actionId(index: number): string {
  return `action-${index + 1}`;
}
