import { isAppName } from '../core/apps/app-name.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { Selections } from '../core/selections/model.ts';
import type { createApps } from '../named-apps.ts';
import type { CommandContext } from './context.ts';
import { changeRequirements, hasSelectionOptions } from './requirements.ts';
import { startBeside } from './start-beside.ts';
import { fetchForConsole, selectForConsole } from './select-and-fetch.ts';
import type { Session } from './session.ts';

/** The parts for apps, which are loaded when they are needed. */
export async function openApps(
  { engine }: Pick<Session, 'engine'>,
  { program }: Pick<CommandContext, 'program'>,
): Promise<ReturnType<typeof createApps>> {
  const { createApps: create } = await import('../named-apps.ts');
  return create(engine, program.cliDir);
}

/** The app of a name that was typed for a program; null if it is something else. */
export async function findApp(text: string, session: Session, context: CommandContext): Promise<StoredApp | null> {
  if (!isAppName(text)) return null;
  return (await openApps(session, context)).apps.find(text);
}

/**
 * What an app is started with, all of it on this computer. An update that is due happens while the program runs.
 * With selection options it is a selection for this once.
 *
 * @throws AppError `no-solution`, `solve-failed`, `fetch-failed`
 */
export async function selectionsOfApp(app: StoredApp, session: Session, context: CommandContext): Promise<Selections> {
  const isDryRun = context.options.has('dry-run');
  if (hasSelectionOptions(context.options)) {
    const requirements = changeRequirements(app.requirements, context.options);
    const selected = await selectForConsole({ requirements, mode: 'run' }, session, context);
    if (!isDryRun) await fetchForConsole(selected, session, context);
    return selected.selections;
  }
  const { apps } = await openApps(session, context);
  const { selections, wantsUpdate } = await apps.check(app);
  if (selections === null) {
    const selected = await selectForConsole({ requirements: app.requirements, mode: 'download' }, session, context);
    if (isDryRun) return selected.selections;
    await fetchForConsole(selected, session, context);
    await apps.update(app, app.requirements, selected.selections);
    return selected.selections;
  }
  const { networkUse } = await session.engine.select.policy(session.isOffline);
  if (wantsUpdate && !isDryRun && networkUse !== 'off-line') {
    await apps.noteAttempt(app);
    startBeside(['update', '--console', '--background', '--', app.name], context);
  }
  return selections;
}

/** Says so if the publisher of a program has given it up for another one. */
export function warnOfReplacement(uri: string, { engine }: Session, { out }: CommandContext): void {
  const found = engine.readFeed(uri);
  const replacedBy = found.status === 'ready' ? found.feed.replacedBy : null;
  if (replacedBy === null || out.isJson) return;
  out.print(`Warning: interface ${uri} has been replaced by ${replacedBy}\n`);
}
