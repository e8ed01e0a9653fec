import { AppError, isAppError, toErrorData } from '../../shared/errors/app-error.ts';
import type { CommandContext, CommandRunner, Console, Program } from './context.ts';
import { createConsole } from './console.ts';
import { commonOptions, findCommand, commands } from './option-table.ts';
import { parseLine, type CommandSpec, type OptionSpec, type ParsedLine } from './options.ts';
import { commandUsage, generalUsage } from './usage.ts';

/** Brings the code of one command only. */
const runners: Readonly<Record<string, () => Promise<CommandRunner>>> = {
  select: async () => (await import('./commands/select.ts')).runSelect,
  download: async () => (await import('./commands/select.ts')).runSelect,
  run: async () => (await import('./commands/run.ts')).runProgram,
  update: async () => (await import('./commands/update.ts')).runUpdate,
  add: async () => (await import('./commands/apps.ts')).runAdd,
  destroy: async () => (await import('./commands/apps.ts')).runDestroy,
  integrate: async () => (await import('./commands/integrate.ts')).runIntegrate,
  whatchanged: async () => (await import('./commands/whatchanged.ts')).runWhatchanged,
  history: async () => (await import('./commands/history.ts')).runHistory,
  rollback: async () => (await import('./commands/history.ts')).runRollback,
  bisect: async () => (await import('./commands/history.ts')).runBisect,
  'export-profile': async () => (await import('./commands/profile.ts')).runExportProfile,
  'import-profile': async () => (await import('./commands/profile.ts')).runImportProfile,
  hold: async () => (await import('./commands/hold.ts')).runHold,
  sandbox: async () => (await import('./commands/sandbox.ts')).runSandbox,
  explain: async () => (await import('./commands/explain.ts')).runExplain,
  show: async () => (await import('./commands/show.ts')).runShow,
  config: async () => (await import('./commands/config.ts')).runConfig,
  import: async () => (await import('./commands/feeds.ts')).runImport,
  list: async () => (await import('./commands/feeds.ts')).runList,
  'add-feed': async () => (await import('./commands/extra-feeds.ts')).runAddFeed,
  'remove-feed': async () => (await import('./commands/extra-feeds.ts')).runRemoveFeed,
  'list-feeds': async () => (await import('./commands/extra-feeds.ts')).runListFeeds,
  search: async () => (await import('./commands/search.ts')).runSearch,
  man: async () => (await import('./commands/man.ts')).runMan,
  digest: async () => (await import('./commands/digest.ts')).runDigest,
  'store list': async () => (await import('./commands/store.ts')).runStoreList,
  'store find': async () => (await import('./commands/store.ts')).runStoreFind,
  'store verify': async () => (await import('./commands/store.ts')).runStoreVerify,
  'store manifest': async () => (await import('./commands/store.ts')).runStoreManifest,
  'store audit': async () => (await import('./commands/store-audit.ts')).runStoreAudit,
  'store add': async () => (await import('./commands/store-add.ts')).runStoreAdd,
  'store copy': async () => (await import('./commands/store-add.ts')).runStoreCopy,
  'store secure-add': async () => (await import('./commands/secure-add.ts')).runSecureAdd,
  'store optimise': async () => (await import('./commands/store-optimise.ts')).runStoreOptimise,
  'store diff': async () => (await import('./commands/store-diff.ts')).runStoreDiff,
  'store manage': async () => (await import('./commands/store-manage.ts')).runStoreManage,
  'share setup': async () => (await import('./commands/share.ts')).runShareSetup,
  'share status': async () => (await import('./commands/share.ts')).runShareStatus,
  'share undo': async () => (await import('./commands/share.ts')).runShareUndo,
  'share list': async () => (await import('./commands/share.ts')).runShareList,
  'share log': async () => (await import('./commands/share.ts')).runShareLog,
  'share move': async () => (await import('./commands/share.ts')).runShareMove,
  'share register': async () => (await import('./commands/share.ts')).runShareRegister,
  'share serve': async () => (await import('./commands/share-nearby.ts')).runShareServe,
  'share nearby': async () => (await import('./commands/share-nearby.ts')).runShareNearby,
  'share service': async () => (await import('./commands/share-service.ts')).runShareService,
  'share clean': async () => (await import('./commands/share.ts')).runShareClean,
  env: async () => (await import('./commands/env.ts')).runEnv,
  gui: async () => (await import('./commands/gui.ts')).runGui,
  completion: async () => (await import('./commands/completion.ts')).runCompletion,
  slave: async () => (await import('./commands/slave.ts')).runSlave,
  why: async () => (await import('./commands/why.ts')).runWhy,
  gc: async () => (await import('./commands/gc.ts')).runGc,
};

/** Runs one command line. @returns the exit status: 0, 1 for any failure, after `run` that of the program */
export async function runCommandLine(argv: readonly string[], program: Program): Promise<number> {
  const isJson = argv.includes('--json');
  const out = createConsole({ isJson });
  try {
    const guess = findGuess(argv);
    const line = parseLine(argv, {
      specs: guess ? [...guess.options, ...commonOptions] : allOptions,
      endsAfter: (words) => (words[0] === 'run' || words[0] === 'env') && words.length >= 2,
    });
    const command = findCommand(line.words);
    if (!command) return unknownCommand(line, program.version, out);
    if (line.options.has('help')) {
      out.print(`${commandUsage(command)}\n`);
      return 0;
    }
    const args = line.words.slice(command.words.length);
    if (args.length < command.argCount[0] || args.length > command.argCount[1]) {
      out.complain(`${commandUsage(command)}\n`);
      return 1;
    }
    const context: CommandContext = { command, args, options: line.options, program, out };
    const run = runners[command.words.join(' ')];
    if (!run) throw new Error(`no code for command ${command.words.join(' ')}`);
    return await (
      await run()
    )(context);
  } catch (error) {
    if (isAppError(error, 'cancelled')) return 1;
    await complainOf(error, { isJson, isVerbose: argv.some((word) => /^-v+$|^--verbose$/.test(word)) }, out.complain);
    return 1;
  } finally {
    await out.close();
  }
}

const versionOption: OptionSpec = { names: ['V', 'version'], values: 'optional', help: '' };
const allOptions: readonly OptionSpec[] = [
  versionOption,
  ...commonOptions,
  ...commands.flatMap(({ options }) => options),
];

/** The command decides what `--version` and `-m` mean, but options may come before it: find it by its words first. */
function findGuess(argv: readonly string[]): CommandSpec | null {
  const words = argv.filter((word) => !word.startsWith('-'));
  for (let index = 0; index < words.length; index += 1) {
    const command = findCommand(words.slice(index));
    if (command) return command;
  }
  return null;
}

function unknownCommand(
  line: ParsedLine,
  version: string,
  { print, complain }: Pick<Console, 'print' | 'complain'>,
): number {
  const [word] = line.words;
  if (line.options.has('version')) {
    print(`0desk (zerodesk) ${version}\n`);
    return 0;
  }
  if (word === undefined || commands.some(({ words }) => words.length > 1 && words[0] === word)) {
    if (line.words.length > 1)
      throw new AppError('usage', {
        message: `Unknown 0desk sub-command '${line.words[1] ?? ''}'`,
        hint: 'try --help',
      });
    const text = `${generalUsage(word)}\n`;
    if (!line.options.has('help')) {
      complain(text);
      return 1;
    }
    print(text);
    return 0;
  }
  throw new AppError('usage', { message: `Unknown 0desk sub-command '${word}'`, hint: 'try --help' });
}

/** One sentence a problem, or the data for `--json`; a stack trace only for our own mistakes, and only when asked for. */
async function complainOf(
  error: unknown,
  { isJson, isVerbose }: { readonly isJson: boolean; readonly isVerbose: boolean },
  complain: (text: string) => void,
): Promise<void> {
  const data = toErrorData(error);
  if (isJson) {
    complain(`${JSON.stringify({ error: data })}\n`);
    return;
  }
  const { problemText } = await import('./problem-text.ts');
  complain(`${await problemText(data)}\n`);
  if (isVerbose && data.code === 'bug' && error instanceof Error) complain(`${error.stack ?? ''}\n`);
}
