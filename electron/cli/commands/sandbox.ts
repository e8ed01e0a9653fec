import { AppError } from '../../../shared/errors/app-error.ts';
import { findApp, openApps } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { readSandboxSettings } from '../sandbox.ts';
import { withEngine } from '../session.ts';

/** `sandbox NAME`: from now on an app is run apart from the rest of the computer; `--off` ends that. */
export const runSandbox: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [name = ''] = args;
    const app = await findApp(name, session, context);
    if (!app) throw new AppError('app-missing', { name });
    const { apps, sandbox } = await openApps(session, context);
    const settings = options.has('off') ? null : readSandboxSettings(options);
    await sandbox.write(app, settings);
    // The command that starts it must not start it as before.
    await apps.check(app);
    if (out.isJson) out.print(`${JSON.stringify({ name, settings })}\n`);
    else if (settings === null) out.print(`${name} is run like other programs.\n`);
    else {
      const folders = [...settings.writable, ...settings.readable.map((folder) => `${folder} (to read)`)];
      out.print(
        `${name} is run apart: with a home of its own, ${settings.allowsNetwork ? 'with' : 'without'} network, ` +
          `${folders.length === 0 ? 'without your folders' : `with ${folders.join(', ')}`}.\n`,
      );
    }
    return 0;
  });
