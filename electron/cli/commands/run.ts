import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { registerNeeds } from '../register-needs.ts';
import { selectionsToRun } from '../run-target.ts';
import { withSandbox } from '../sandbox.ts';
import { withEngine } from '../session.ts';

/** `run URI ARGS`: select, fetch what is missing, become the program. The status is the program's. */
export const runProgram: CommandRunner = async (context) => {
  const { options, out, args } = context;
  const [target = '', ...programArgs] = args;
  const { plan, processes } = await withEngine(context, async (session) => {
    const { engine } = session;
    const selections = await selectionsToRun(target, session, context);
    const main = lastValue(options, 'main');
    const wrapper = lastValue(options, 'wrapper');
    const plain = await engine.launch.plan(selections, {
      args: programArgs,
      isDryRun: options.has('dry-run'),
      ...(main !== undefined && { main }),
      ...(wrapper !== undefined && { wrapper }),
    });
    const launch = await withSandbox(plain, { selections, target }, { session, context });
    if (!options.has('dry-run')) {
      const digests = selections.selections.flatMap((selection) => selection.digests);
      engine.runLog.note({ interface: selections.interface, digests });
      await registerNeeds(engine, context, 'due');
    }
    return { plan: launch, processes: engine.processes };
  });
  if (options.has('dry-run')) {
    out.print(
      out.isJson ? `${JSON.stringify({ argv: plan.argv })}\n` : `[dry-run] would execute: ${plan.argv.join(' ')}\n`,
    );
    return 0;
  }
  await out.close();
  return processes.run(plan);
};
