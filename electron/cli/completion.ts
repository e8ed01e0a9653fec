import { commands, commonOptions } from './option-table.ts';
import type { CommandSpec, OptionSpec } from './options.ts';

/** Shells that can complete our command lines. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The script that makes a shell complete commands, options, and files or the names of apps behind them. */
export function completionScript(shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bashScript();
    case 'zsh':
      // zsh understands the functions of bash.
      return `#compdef 0desk\nautoload -U +X bashcompinit && bashcompinit\n${bashScript()}`;
    case 'fish':
      return fishScript();
  }
}

/** Words of one level: the first words of commands, or the second ones behind such as `store`. */
function firstWords(): readonly string[] {
  return [...new Set(commands.map(({ words }) => words[0] ?? ''))];
}

function groups(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { words } of commands) {
    const [first = '', second] = words;
    if (second !== undefined) found.set(first, [...(found.get(first) ?? []), second]);
  }
  return found;
}

function optionWords({ options }: Pick<CommandSpec, 'options'>): readonly string[] {
  return [...options, ...commonOptions].flatMap(({ names, values }) =>
    names.map((name) => (name.length === 1 ? `-${name}` : values === 0 ? `--${name}` : `--${name}=`)),
  );
}

function bashScript(): string {
  const cases = commands.map((command) => {
    const pattern = command.words.join(' ');
    return `    '${pattern}') options='${optionWords(command).join(' ')}' ;;`;
  });
  const subcommands = [...groups()].map(([group, words]) => `    '${group}') words='${words.join(' ')}' ;;`);
  const apps = appCommands().join('|');
  return `_0desk() {
  local current=\${COMP_WORDS[COMP_CWORD]} command='' words='' options='' word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in -*) ;; *) command=\${command:+$command }$word ;; esac
    case $command in '' | ${[...groups().keys()].join(' | ')}) ;; *) break ;; esac
  done
  case $command in
    '') words='${firstWords().join(' ')}' ;;
${subcommands.join('\n')}
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    [[ \${COMPREPLY[0]} == *= ]] && compopt -o nospace
    return
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ -n $words ]] && return
  case $command in
    ${apps}) words=$(cd "\${XDG_CONFIG_HOME:-$HOME/.config}/0install.net/apps" 2>/dev/null && printf '%s\\n' *) ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}
complete -o filenames -F _0desk 0desk
`;
}

/** Commands that take the name of an app. */
function appCommands(): readonly string[] {
  return commands
    .filter(({ words, usage }) => words.length === 1 && /^(APP|NAME)\b/.test(usage) && words[0] !== 'add')
    .map(({ words }) => words.join(' '));
}

function fishScript(): string {
  const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = [
    'complete -c 0desk -f',
    ...commands.flatMap((command) => {
      const [first = '', second] = command.words;
      const place =
        second === undefined
          ? '__fish_use_subcommand'
          : `__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${(groups().get(first) ?? []).join(' ')}`;
      const word = second ?? first;
      return [`complete -c 0desk -n ${quote(place)} -a ${word} -d ${quote(command.summary)}`];
    }),
    ...[...groups().keys()].map((group) => `complete -c 0desk -n __fish_use_subcommand -a ${group}`),
    ...commands.flatMap((command) => {
      const seen = `__fish_seen_subcommand_from ${command.words.at(-1) ?? ''}`;
      const files = `complete -c 0desk -n ${quote(seen)} -F`;
      return [files, ...command.options.map((option) => fishOption(option, quote(seen), quote))];
    }),
    ...commonOptions.map((option) => fishOption(option, null, quote)),
  ];
  return `${lines.join('\n')}\n`;
}

function fishOption(
  { names, values, help }: OptionSpec,
  condition: string | null,
  quote: (text: string) => string,
): string {
  const spelled = names.map((name) => (name.length === 1 ? `-s ${name}` : `-l ${name}`)).join(' ');
  const where = condition === null ? '' : ` -n ${condition}`;
  return `complete -c 0desk${where} ${spelled}${values === 0 ? '' : ' -x'} -d ${quote(help)}`;
}
