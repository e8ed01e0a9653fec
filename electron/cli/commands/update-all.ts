import { AppError, isAppError, toErrorData, type ErrorData } from '../../../shared/errors/app-error.ts';
import { rootVersion } from '../../core/apps/update-report.ts';
import type { StoredApp } from '../../core/ports/app-store.ts';
import { formatChange, selectionChanges, type SelectionChange } from '../../core/selections/changes.ts';
import { needsFetch } from '../../services/solve-view.ts';
import { openApps } from '../apps.ts';
import type { CommandContext } from '../context.ts';
import { fetchForConsole, selectForConsole } from '../select-and-fetch.ts';
import type { Session } from '../session.ts';
import { rulesOf } from '../update-rules.ts';
import { sizeText } from '../size-text.ts';

/** What became of one app. */
interface Outcome {
  readonly name: string;
  readonly version: string | null;
  readonly changes: readonly SelectionChange[];
  /** To be downloaded, or that was. */
  readonly bytes: number;
  readonly error: ErrorData | null;
}

/** `update --all`: each app in turn; one that fails does not stop the others. @returns the exit status */
export async function updateAll(session: Session, context: CommandContext): Promise<number> {
  const { options, out } = context;
  const isBackground = options.has('background');
  if (isBackground && (await rulesOf(session).obstacle()) !== null) return 0;
  const { apps, past, appStore } = await openApps(session, context);
  const outcomes: Outcome[] = [];
  for (const name of await appStore.names()) {
    try {
      const app = await apps.find(name);
      if (!app || (isBackground && !(await apps.isLookDue(app)))) continue;
      if (isBackground) await apps.noteAttempt(app);
      outcomes.push(await updateOne(await past.lift(app), session, context));
    } catch (error) {
      if (isAppError(error, 'cancelled')) throw error;
      outcomes.push({ name, version: null, changes: [], bytes: 0, error: toErrorData(error) });
    }
    const last = outcomes.at(-1);
    if (last && !out.isJson && !isBackground) await show(last, context);
  }
  if (isBackground) return 0;
  if (outcomes.length === 0)
    throw new AppError('usage', { message: 'There are no apps yet.', hint: 'Make one with: 0desk add NAME URI' });
  const isDryRun = options.has('dry-run');
  if (out.isJson) out.print(`${JSON.stringify({ isDryRun, apps: outcomes })}\n`);
  else {
    const changed = outcomes.filter(({ changes }) => changes.length > 0).length;
    const failed = outcomes.filter(({ error }) => error !== null).length;
    const what = isDryRun ? 'would be updated' : 'updated';
    out.print(`${changed} of ${outcomes.length} ${what}${failed === 0 ? '' : `, ${failed} failed`}\n`);
  }
  return outcomes.some(({ error }) => error !== null) ? 1 : 0;
}

async function updateOne(app: StoredApp, session: Session, context: CommandContext): Promise<Outcome> {
  const { requirements, selections: before, name } = app;
  const selected = await selectForConsole({ requirements, mode: 'download', isRefresh: true }, session, context);
  const missing = selected.answer.tree.filter(needsFetch);
  const bytes = missing.reduce((sum, { implementation }) => {
    const availability = implementation?.availability;
    return sum + (availability?.kind === 'download' ? availability.sizeBytes : 0);
  }, 0);
  if (!context.options.has('dry-run')) {
    await fetchForConsole(selected, session, context);
    const { apps } = await openApps(session, context);
    await apps.update(app, requirements, selected.selections);
  }
  const changes = selectionChanges(before, selected.selections);
  return { name, version: rootVersion(selected.selections), changes, bytes, error: null };
}

async function show({ name, version, changes, bytes, error }: Outcome, { out }: CommandContext): Promise<void> {
  if (error) {
    const { problemText } = await import('../problem-text.ts');
    out.complain(`${name}: ${await problemText(error)}\n`);
  } else if (changes.length === 0) out.print(`${name}: nothing new (${version ?? ''})\n`);
  else {
    out.print(`${name}: ${version ?? ''}${bytes === 0 ? '' : `, ${sizeText(bytes)}`}\n`);
    for (const change of changes) out.print(`  ${formatChange(change)}\n`);
  }
}
