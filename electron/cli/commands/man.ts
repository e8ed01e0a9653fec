import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Selections } from '../../core/selections/model.ts';
import { findApp } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { manualPage } from '../manual-page.ts';
import { withEngine, type Session } from '../session.ts';

const folders = ['man', 'share/man', 'usr/man', 'usr/share/man'];
const sections = ['1', '6', '8'];
/** A page lies near the top. */
const maxDepth = 6;
const maxFiles = 20_000;

/**
 * `man NAME`: the manual page of an app; what is no app is left to the program `man`. `man --self` prints our own page.
 *
 * @see execution.md 10
 */
export const runMan: CommandRunner = async (context) => {
  const { args, options, out, program } = context;
  if (!options.has('self')) return showPageOfApp(context);
  if (args.length > 0) throw new AppError('usage', { message: '--self takes no name.', hint: 'try --help' });
  out.print(manualPage(program.version));
  return 0;
};

const showPageOfApp: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args } = context;
    const [name = ''] = args;
    const app = args.length === 1 ? await findApp(name, session, context) : null;
    if (!app) return showPage(args, {});
    const root = await rootOf(app.selections, session);
    const directory = folders.map((folder) => path.join(root.directory, folder)).find((folder) => existsSync(folder));
    const pages = [...new Set([root.program, name].filter((page) => page !== null))];
    if (directory !== undefined) {
      for (const page of pages) {
        if (await findPage(directory, page)) return showPage([page], { MANPATH: directory });
      }
    }
    for (const page of pages) {
      const file = await findPage(root.directory, page);
      if (file) return showPage([file], {});
    }
    context.out.print(`No matching manpage was found for '${name}' (${app.requirements.interface})\n`);
    return 1;
  });

/** The directory of the program itself, and the name of the file that is started. */
async function rootOf(
  selections: Selections,
  { engine }: Session,
): Promise<{ readonly directory: string; readonly program: string | null }> {
  const root = selections.selections.find(({ interface: uri }) => uri === selections.interface);
  const directory =
    root?.kind === 'local' ? root.localPath : ((await engine.store.lookup(root?.digests ?? []))?.path ?? null);
  if (!root || directory === null) {
    throw new AppError('implementation-missing', { interface: selections.interface, version: root?.version ?? '' });
  }
  const command = root.children.find(
    ({ name, attributes }) => name === 'command' && attributes['name'] === (selections.command ?? 'run'),
  );
  const program = command?.attributes['path'];
  return { directory, program: program === undefined ? null : path.basename(program) };
}

/** The first file that is a manual page of this name. */
async function findPage(directory: string, page: string): Promise<string | null> {
  const wanted = new Set(sections.flatMap((section) => [`${page}.${section}`, `${page}.${section}.gz`]));
  let left = maxFiles;
  const search = async (folder: string, depth: number): Promise<string | null> => {
    const inside: string[] = [];
    for await (const entry of await opendir(folder)) {
      if (left-- <= 0) return null;
      if (entry.isFile() && wanted.has(entry.name)) return path.join(folder, entry.name);
      if (entry.isDirectory()) inside.push(entry.name);
    }
    for (const name of depth === 0 ? [] : inside.sort()) {
      const found = await search(path.join(folder, name), depth - 1);
      if (found) return found;
    }
    return null;
  };
  return search(directory, maxDepth);
}

function showPage(args: readonly string[], env: Readonly<Record<string, string>>): number {
  const { status, error } = spawnSync('man', args, { stdio: 'inherit', env: { ...process.env, ...env } });
  if (error) throw new AppError('program-missing', { path: 'man' });
  return status ?? 1;
}
