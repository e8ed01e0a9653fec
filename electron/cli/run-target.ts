import type { Selections } from '../core/selections/model.ts';
import { findApp, selectionsOfApp } from './apps.ts';
import type { CommandContext } from './context.ts';
import { readRequirements } from './requirements.ts';
import { readSelectionsFile } from './read-selections.ts';
import { fetchForConsole, selectForConsole } from './select-and-fetch.ts';
import type { Session } from './session.ts';
import { resolveTarget } from './target.ts';

/**
 * What is to be started, all of it on this computer: of an app what it remembers, of a selections document what it says, else what
 * is selected now.
 *
 * @param text as it was typed
 */
export async function selectionsToRun(text: string, session: Session, context: CommandContext): Promise<Selections> {
  const app = await findApp(text, session, context);
  if (app) return selectionsOfApp(app, session, context);
  const target = resolveTarget(text);
  const ready = target.startsWith('/') ? await readSelectionsFile(target) : null;
  if (ready) return fetchSelections(ready, session, context);
  const selected = await selectForConsole(
    { requirements: readRequirements(target, context.options), mode: 'run' },
    session,
    context,
  );
  if (!context.options.has('dry-run')) await fetchForConsole(selected, session, context);
  return selected.selections;
}

/** A selections document is run as it is; what is missing comes from the feeds it names. @see execution.md 7 */
async function fetchSelections(selections: Selections, session: Session, { out }: CommandContext): Promise<Selections> {
  const { engine, signal, ask, isOffline } = session;
  const items = [];
  for (const selection of selections.selections) {
    if (selection.kind !== 'stored' || (await engine.store.lookup(selection.digests))) continue;
    let implementation = await engine.solver.find(selection.fromFeed, selection.id);
    if (!implementation && !isOffline) {
      await engine.feeds.refresh(selection.fromFeed, { signal, ask });
      implementation = await engine.solver.find(selection.fromFeed, selection.id);
    }
    const { interface: uri, version } = selection;
    if (implementation) items.push({ key: uri, interface: uri, name: uri, implementation });
    else out.complain(`No implementation '${selection.id}' (${version}) in ${selection.fromFeed}\n`);
  }
  const policy = await engine.select.policy(isOffline);
  await engine.fetch.fetch(items, { signal, isOffline: policy.networkUse === 'off-line' });
  return selections;
}
