import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { openApps, warnOfReplacement } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { registerNeeds } from '../register-needs.ts';
import { readRequirements } from '../requirements.ts';
import { readSelectionsFile } from '../read-selections.ts';
import { fetchForConsole, selectForConsole } from '../select-and-fetch.ts';
import { withEngine } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `add NAME URI`: downloads a program and makes a command that starts it. */
export const runAdd: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [name = '', target = ''] = args;
    const { apps } = await openApps(session, context);
    const { path, isInPath } = await apps.checkNew(name);
    const requirements = readRequirements(await interfaceOf(target), options);
    const selected = await selectForConsole({ requirements, mode: 'download' }, session, context);
    if (options.has('dry-run')) {
      out.print(`[dry-run] would create app ${name}\n[dry-run] would write launcher script ${path}\n`);
      return 0;
    }
    await fetchForConsole(selected, session, context);
    warnOfReplacement(requirements.interface, session, context);
    const app = await apps.add(name, requirements, selected.selections);
    if (out.isJson) out.print(`${JSON.stringify({ name, directory: app.directory, command: path })}\n`);
    else if (!isInPath) {
      out.complain(
        `The command ${path} was made, but its folder is not in PATH. Add it: export PATH="$HOME/bin:$PATH"\n`,
      );
    }
    return 0;
  });

/** `destroy NAME`: removes an app and its command. What it needed stays stored. */
export const runDestroy: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [name = ''] = args;
    const { apps, appStore } = await openApps(session, context);
    if (options.has('dry-run')) {
      const directory = await appStore.directoryOf(name);
      if (directory === null) throw new AppError('app-missing', { name });
      out.print(`[dry-run] would delete directory ${directory}\n`);
      return 0;
    }
    const foreign = await apps.remove(name);
    await registerNeeds(session.engine, context, 'changed');
    if (foreign !== null) out.complain(`${foreign} is not a command that we made, so it stays.\n`);
    return 0;
  });

/** An interface: neither a selections document nor an app. */
async function interfaceOf(target: string): Promise<string> {
  const uri = resolveTarget(target);
  if (uri.startsWith('/') && (await isSelections(uri))) {
    throw new AppError('usage', {
      message: `'${target}' is a selections document, not an interface URI`,
      hint: 'give the address of the program',
    });
  }
  return uri;
}

async function isSelections(path: string): Promise<boolean> {
  try {
    return (await readSelectionsFile(path)) !== null;
  } catch (error) {
    if (isAppError(error, 'bad-xml')) return false;
    throw error;
  }
}
