import { AppError } from '../../../shared/errors/app-error.ts';
import { afterTrial, nextTrial, type Bisection } from '../../../shared/bisection.ts';
import type { HistoryStep } from '../../core/apps/history.ts';
import { rootVersion } from '../../core/apps/update-report.ts';
import type { StoredApp } from '../../core/ports/app-store.ts';
import { formatChange } from '../../core/selections/changes.ts';
import { findApp, openApps } from '../apps.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { withEngine, type Session } from '../session.ts';

/** `history NAME`: every change of what an app is started with. */
export const runHistory: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { out } = context;
    const { app, steps } = await open(session, context);
    if (out.isJson) {
      const entries = steps.map((step) => ({ ...step, version: rootVersion(step.selections) }));
      out.print(`${JSON.stringify({ name: app.name, entries })}\n`);
      return 0;
    }
    for (const step of steps) out.print(describe(step));
    out.print(`\nTo go back to one of them, use:\n0desk rollback ${app.name} NUMBER\n`);
    return 0;
  });

/** `rollback NAME [NUMBER]`: start with what it had before, without network; `--undo` takes that back. */
export const runRollback: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const { app, steps } = await open(session, context);
    const { past } = await openApps(session, context);
    if (options.has('undo')) {
      const entry = await past.undoGoBack(app);
      out.print(`${app.name} is started with version ${rootVersion(entry.selections)} again.\n`);
      return 0;
    }
    const entry = args[1] === undefined ? steps.at(-2) : find(steps, args[1]);
    if (!entry) throw usage(`There is nothing to go back to: ${app.name} has not changed yet.`);
    await past.goBack(app, entry);
    const version = rootVersion(entry.selections);
    out.print(`${app.name} is started with version ${version} from now on, and stays with it.\n`);
    out.print(`To undo this, use:\n0desk rollback --undo ${app.name}\n`);
    return 0;
  });

/** `bisect NAME`: finds the update that broke a program, by starting it in between. */
export const runBisect: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { options, out } = context;
    const { app, steps } = await open(session, context);
    const indexOf = (option: string, fallback: number): number => {
      const text = lastValue(options, option);
      return text === undefined ? fallback : steps.indexOf(find(steps, text));
    };
    let range: Bisection = { good: indexOf('good', 0), bad: indexOf('bad', steps.length - 1) };
    if (range.bad <= range.good) throw usage('The entry that works must be older than the one that does not.');
    let trials = 0;
    for (let index = nextTrial(range); index !== null; index = nextTrial(range)) {
      const step = steps[index];
      if (!step) break;
      trials += 1;
      out.complain(`Trying ${describe(step)}`);
      range = afterTrial(range, index, await doesWork(step, session, context));
    }
    const bad = steps[range.bad];
    const good = steps[range.good];
    if (out.isJson) out.print(`${JSON.stringify({ bad: bad?.number, good: good?.number, trials })}\n`);
    else if (bad && good) {
      out.print(`This update broke it, found by ${trials} ${trials === 1 ? 'start' : 'starts'}:\n${describe(bad)}`);
      out.print(`\nTo go back to the last one that works, use:\n0desk rollback ${app.name} ${good.number}\n`);
    }
    return 0;
  });

/** Runs the program as it was then. With `--exit-status` its status tells, else the person. */
async function doesWork(
  step: HistoryStep,
  { engine }: Session,
  { args, options, out }: CommandContext,
): Promise<boolean> {
  const plan = await engine.launch.plan(step.selections, { args: args.slice(1) });
  const status = await engine.processes.run(plan);
  if (options.has('exit-status')) return status === 0;
  for (;;) {
    const answer = (await out.ask('Does it work? [y/n] '))?.trim().toLowerCase();
    if (answer === undefined) throw new AppError('cancelled', {});
    if (answer === 'y' || answer === 'yes') return true;
    if (answer === 'n' || answer === 'no') return false;
  }
}

async function open(
  session: Session,
  context: CommandContext,
): Promise<{ readonly app: StoredApp; readonly steps: readonly HistoryStep[] }> {
  const [name = ''] = context.args;
  const app = await findApp(name, session, context);
  if (!app) throw new AppError('app-missing', { name });
  const { steps, lost } = await (await openApps(session, context)).past.history(app);
  for (const { path, reason } of lost)
    context.out.complain(`An entry cannot be read and is left out: ${path}: ${reason}\n`);
  return { app, steps };
}

function describe({ number, at, cause, selections, changes }: HistoryStep): string {
  const date = Date.parse(at) === 0 ? '(unknown date)  ' : at.slice(0, 16).replace('T', ' ');
  const lines = changes.map((change) => `        ${formatChange(change)}\n`).join('');
  return `${String(number).padStart(4)}  ${date}  ${cause.padEnd(8)}  ${rootVersion(selections)}\n${lines}`;
}

function find(steps: readonly HistoryStep[], text: string): HistoryStep {
  const found = steps.find(({ number }) => String(number) === text);
  if (!found) throw usage(`There is no entry ${text}. They are: ${steps.map(({ number }) => number).join(', ')}`);
  return found;
}

function usage(message: string): AppError {
  return new AppError('usage', { message, hint: '' });
}
