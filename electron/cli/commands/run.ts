import type { Selections } from '../../core/selections/model.ts';
import { findApp, selectionsOfApp } from '../apps.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { readRequirements } from '../requirements.ts';
import { readSelectionsFile } from '../read-selections.ts';
import { fetchForConsole, selectForConsole } from '../select-and-fetch.ts';
import { withEngine, type Session } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `run URI ARGS`: select, fetch what is missing, become the program. The status is the program's. */
export const runProgram: CommandRunner = async (context) => {
  const { options, out, args } = context;
  const [target = '', ...programArgs] = args;
  const { plan, processes } = await withEngine(context, async (session) => {
    const { engine } = session;
    const selections = await chooseSelections(target, session, context);
    const main = lastValue(options, 'main');
    const wrapper = lastValue(options, 'wrapper');
    const launch = await engine.launch.plan(selections, {
      args: programArgs,
      isDryRun: options.has('dry-run'),
      ...(main !== undefined && { main }),
      ...(wrapper !== undefined && { wrapper }),
    });
    if (!options.has('dry-run')) {
      const digests = selections.selections.flatMap((selection) => selection.digests);
      engine.runLog.note({ interface: selections.interface, digests });
    }
    return { plan: launch, processes: engine.processes };
  });
  if (options.has('dry-run')) {
    out.print(
      out.isJson ? `${JSON.stringify({ argv: plan.argv })}\n` : `[dry-run] would execute: ${plan.argv.join(' ')}\n`,
    );
    return 0;
  }
  out.close();
  return processes.run(plan);
};

async function chooseSelections(text: string, session: Session, context: CommandContext): Promise<Selections> {
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
