import { shellQuote } from '../../core/launch/shell-quote.ts';
import type { CommandRunner } from '../context.ts';
import { selectionsToRun } from '../run-target.ts';
import { settingsOfApp } from '../sandbox.ts';
import { withEngine } from '../session.ts';

/**
 * `env APP | URI`: what a program is started with, the variables it gets and its command line; nothing is started. As JSON also
 * which component set each, and what an app that is always run apart may use.
 */
export const runEnv: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, out } = context;
    const [target = '', ...programArgs] = args;
    const selections = await selectionsToRun(target, session, context);
    const { argv, env, cwd, bindings } = await session.engine.launch.plan(selections, { args: programArgs });
    const sandbox = await settingsOfApp(target, session, context);
    const changed = Object.entries(env).filter(([name, value]) => process.env[name] !== value);
    if (out.isJson)
      out.print(`${JSON.stringify({ argv, cwd, env: Object.fromEntries(changed), bindings, sandbox })}\n`);
    else {
      // As a shell reads it.
      for (const [name, value] of changed) out.print(`export ${name}=${shellQuote(value)}\n`);
      out.print(`${argv.map(shellQuote).join(' ')}\n`);
    }
    return 0;
  });
