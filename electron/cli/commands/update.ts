import { AppError } from '../../../shared/errors/app-error.ts';
import { updateReport, type KnownVersion } from '../../core/apps/update-report.ts';
import type { AppRequirements } from '../../core/apps/requirements-json.ts';
import type { Selections } from '../../core/selections/model.ts';
import { selectionChanges } from '../../core/selections/changes.ts';
import { findApp, openApps, warnOfReplacement } from '../apps.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { registerNeeds } from '../register-needs.ts';
import { changeRequirements, readRequirements } from '../requirements.ts';
import { fetchForConsole, selectForConsole } from '../select-and-fetch.ts';
import { withEngine, type Session } from '../session.ts';
import { resolveTarget } from '../target.ts';
import { rulesOf } from '../update-rules.ts';
import { updateAll } from './update-all.ts';

/** `update APP | URI`: fetches all feeds again and what they then select, and says what is new; `--all` does so for every app. */
export const runUpdate: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options } = context;
    if (options.has('all') === args.length > 0) {
      throw new AppError('usage', { message: 'Say what is to be updated: an app, an address, or --all.', hint: '' });
    }
    if (options.has('all')) return updateAll(session, context);
    const [target = ''] = args;
    const found = await findApp(target, session, context);
    const app = found && (await (await openApps(session, context)).past.lift(found));
    if (options.has('background') && (await rulesOf(session).obstacle()) !== null) return 0;
    // First of all, so that the next start does not look for an update as well.
    if (app && options.has('background')) await (await openApps(session, context)).apps.noteAttempt(app);
    const requirements = app
      ? changeRequirements(app.requirements, options)
      : readRequirements(resolveTarget(target), options);
    const before = app?.selections ?? (await selectionsAtHand(requirements, session));
    const selected = await selectForConsole({ requirements, mode: 'download', isRefresh: true }, session, context);
    if (!options.has('dry-run')) {
      await fetchForConsole(selected, session, context);
      if (app) await (await openApps(session, context)).apps.update(app, requirements, selected.selections);
      // Commands of apps start them without any of ours: this is when it is known that they are still used.
      await registerNeeds(session.engine, context, 'due');
    }
    if (!options.has('background')) warnOfReplacement(requirements.interface, session, context);
    await report({ requirements, before: before ?? selected.selections, after: selected.selections }, session, context);
    return 0;
  });

async function selectionsAtHand(requirements: AppRequirements, { engine }: Session): Promise<Selections | null> {
  const answer = await engine.select.local(requirements);
  return answer.status === 'solved' ? answer.selections : null;
}

async function report(
  update: { readonly requirements: AppRequirements; readonly before: Selections; readonly after: Selections },
  { engine }: Session,
  { options, out }: CommandContext,
): Promise<void> {
  if (options.has('background')) return;
  const { requirements, before, after } = update;
  if (out.isJson) {
    out.print(`${JSON.stringify({ changes: selectionChanges(before, after) })}\n`);
    return;
  }
  const policy = await engine.select.policy();
  const known = await engine.solver.versions({
    requirements,
    policy,
    packageReplies: engine.select.packageReplies(),
    role: { interface: requirements.interface, isSource: requirements.isSource },
  });
  const versions = known.rows.map(({ fromFeed, version, stability }): KnownVersion => {
    const isStable = stability === 'stable' || stability === 'preferred' || stability === 'packaged';
    return { fromFeed, version, isStable };
  });
  const { helpWithTesting } = policy;
  for (const line of updateReport({ before, after, versions, helpWithTesting })) out.print(`${line}\n`);
}
