import { spawnSync } from 'node:child_process';
import { AppError } from '../../../shared/errors/app-error.ts';
import { formatChange, selectionChanges, type SelectionChange } from '../../core/selections/changes.ts';
import type { AppSnapshot } from '../../core/ports/app-store.ts';
import { openApps } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { readSelectionsFile } from '../read-selections.ts';
import { withEngine } from '../session.ts';

/** `whatchanged NAME`: when an app was checked and updated, and what the last update changed. */
export const runWhatchanged: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [name = ''] = args;
    const { appStore } = await openApps(session, context);
    if ((await appStore.directoryOf(name)) === null) throw new AppError('app-missing', { name });
    const [latest, previous] = await appStore.history(name);
    const checkedMs = await appStore.stampedAt(name, 'last-checked');
    const changes = latest && previous ? await changesBetween(previous, latest) : [];
    if (out.isJson) {
      const checked = checkedMs === null ? null : new Date(checkedMs).toISOString();
      out.print(`${JSON.stringify({ lastChecked: checked, latest, previous, changes })}\n`);
      return 0;
    }
    if (checkedMs !== null) out.print(`Last checked    : ${formatTime(checkedMs)}\n`);
    if (latest) out.print(`Last update     : ${latest.date}\n`);
    if (!latest || !previous) {
      out.print('No previous history to compare against.\n');
      out.print(`Use "0desk show ${name}" to see the current selections.\n`);
      return 0;
    }
    out.print(`Previous update : ${previous.date}\n\n`);
    if (options.has('full')) out.print(differences(previous, latest));
    else if (changes.length === 0) out.print('Only metadata has changed. Use --full to see it.\n');
    else for (const change of changes) out.print(`${formatChange(change)}\n`);
    out.print(`\nTo run using the previous selections, use:\n0desk run ${previous.path}\n`);
    return 0;
  });

async function changesBetween(before: AppSnapshot, after: AppSnapshot): Promise<readonly SelectionChange[]> {
  const [old, current] = await Promise.all([readSelectionsFile(before.path), readSelectionsFile(after.path)]);
  return old && current ? selectionChanges(old, current) : [];
}

/** What the program `diff` says. */
function differences(before: AppSnapshot, after: AppSnapshot): string {
  const { status, stdout } = spawnSync('diff', ['-u', '--', before.path, after.path], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status === 0 || status === 1) return stdout;
  throw new AppError('usage', {
    message: "The program 'diff' is needed for --full.",
    hint: 'install it, or leave it out',
  });
}

/** `YYYY-MM-DD HH:MM` here. */
function formatTime(milliseconds: number): string {
  const date = new Date(milliseconds - new Date(milliseconds).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 16).replace('T', ' ');
}
