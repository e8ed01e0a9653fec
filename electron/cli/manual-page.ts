import { commands, commonOptions } from './option-table.ts';
import type { OptionSpec } from './options.ts';

/** The manual page of the command line in the language of `man`, made of the same table as `--help`. */
export function manualPage(version: string): string {
  return [
    `.TH 0DESK 1 "" "Zerodesk ${roff(version)}" "User Commands"`,
    '.SH NAME',
    '0desk \\- run any program in any version with Zero Install',
    '.SH SYNOPSIS',
    '.B 0desk',
    '\\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]',
    '.SH DESCRIPTION',
    'A program is named by the URL of its feed. Its versions are chosen by your policy, downloaded, verified, stored under the',
    'digest of their content, and started with everything they need. It reads and writes the same files as',
    '.BR 0install (1),',
    'and the commands that both have mean the same.',
    '.SH OPTIONS OF EVERY COMMAND',
    ...commonOptions.flatMap(optionLines),
    '.SH COMMANDS',
    ...commands.flatMap(({ words, usage, summary, options }) => [
      `.SS "0desk ${roff([...words, usage].filter(Boolean).join(' '))}"`,
      roff(sentence(summary)),
      ...options.flatMap(optionLines),
    ]),
    '.SH EXIT STATUS',
    '0 if all went well, otherwise 1. \\fB0desk run\\fR ends as the program does.',
    '.SH ENVIRONMENT',
    ...variables.flatMap(([name, text]) => ['.TP', `.B ${name}`, roff(text)]),
    '.SH FILES',
    ...files.flatMap(([name, text]) => ['.TP', `.I ${roff(name)}`, roff(text)]),
    '.SH SEE ALSO',
    '.BR 0install (1)',
    '',
  ].join('\n');
}

const variables = [
  ['NO_COLOR', 'If set, nothing is coloured.'],
  ['ZEROINSTALL_PORTABLE_BASE', 'A folder for everything that is kept, instead of the folders of the user.'],
  ['XDG_CONFIG_HOME, XDG_CACHE_HOME, XDG_DATA_HOME, XDG_STATE_HOME', 'Where the folders of the user are.'],
  ['ZERODESK_NODE', 'The Node.js that runs 0desk, instead of the one it comes with.'],
] as const;

const files = [
  ['~/.config/0install.net/', 'Settings, trusted keys, ratings, and apps.'],
  ['~/.cache/0install.net/implementations/', 'Stored versions, each under its digest.'],
  ['~/.local/state/zerodesk/', 'What only Zerodesk knows, such as when something was last used.'],
] as const;

function optionLines({ names, placeholder, help }: OptionSpec): readonly string[] {
  const spelled = names.map((name) => {
    const dashes = name.length === 1 ? `\\-${name}` : `\\-\\-${roff(name)}`;
    const separator = name.length === 1 ? ' ' : '=';
    return placeholder === undefined
      ? `\\fB${dashes}\\fR`
      : `\\fB${dashes}\\fR${separator}\\fI${roff(placeholder)}\\fR`;
  });
  return ['.TP', spelled.join(', '), roff(sentence(help))];
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Text as text: `man` reads backslashes, dashes, and dots and quotes at the start of lines in its own way. */
function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
