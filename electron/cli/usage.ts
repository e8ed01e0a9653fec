import { commands, commonOptions } from './option-table.ts';
import type { CommandSpec, OptionSpec } from './options.ts';

/** Usage of one command. */
export function commandUsage(command: CommandSpec): string {
  const title = ['0desk', ...command.words, '[OPTIONS]', command.usage].filter(Boolean).join(' ');
  return `Usage: ${title}\n\nOptions:\n${optionLines([...commonOptions, ...command.options])}`;
}

/** Usage of the whole program, or of the commands that begin with a word such as `store`. */
export function generalUsage(group?: string): string {
  const shown = commands.filter(({ words }) => (group === undefined ? true : words[0] === group));
  const width = Math.max(...shown.map(({ words }) => words.join(' ').length));
  const lines = shown.map(({ words, summary }) => `  0desk ${words.join(' ').padEnd(width)}  ${summary}`);
  const version: OptionSpec = { names: ['V', 'version'], values: 0, help: 'show the version of this program' };
  return [
    'Usage: 0desk COMMAND [OPTIONS]',
    '',
    'Try --help with one of these:',
    '',
    ...lines,
    '',
    'Options:',
    optionLines([version, ...commonOptions]),
  ].join('\n');
}

function optionLines(options: readonly OptionSpec[]): string {
  const rows = options.map((option) => [optionLabel(option), option.help] as const);
  const width = Math.min(24, Math.max(...rows.map(([label]) => label.length)));
  return rows
    .map(([label, help]) =>
      label.length > width ? `  ${label}\n${' '.repeat(width + 4)}${help}` : `  ${label.padEnd(width)}  ${help}`,
    )
    .join('\n');
}

function optionLabel({ names, placeholder }: OptionSpec): string {
  return names
    .map((name) => {
      if (name.length === 1) return placeholder ? `-${name} ${placeholder}` : `-${name}`;
      return placeholder ? `--${name}=${placeholder}` : `--${name}`;
    })
    .join(', ');
}
