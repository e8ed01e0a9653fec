import { AppError } from '../../../shared/errors/app-error.ts';
import { restrictionsOf } from '../../core/apps/holding.ts';
import { rootVersion } from '../../core/apps/update-report.ts';
import { findApp, openApps } from '../apps.ts';
import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { withEngine } from '../session.ts';

/** `hold NAME`: keeps an app from updates, from one of them, or from all until a day or a version; `--list` only says which. */
export const runHold: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [name = ''] = args;
    const app = await findApp(name, session, context);
    if (!app) throw new AppError('app-missing', { name });
    const { past, appStore } = await openApps(session, context);
    const until = lastValue(options, 'until') ?? null;
    const skipped = lastValue(options, 'skip') ?? null;
    if (options.has('off')) await past.release(app, 'all');
    else if (skipped !== null) {
      await past.skipVersions(app, [{ interface: app.requirements.interface, version: skipped, until }]);
    } else if (!options.has('list')) await past.hold(app, until === null ? null : dayOf(until));

    const present = (await appStore.read(name)) ?? app;
    const holding = await past.holding(present);
    const { hold, skips } = holding;
    if (out.isJson) {
      out.print(`${JSON.stringify({ name, hold, skips, restrictions: restrictionsOf(holding) })}\n`);
      return 0;
    }
    if (hold === null && skips.length === 0) out.print(`${name} takes every update.\n`);
    if (hold !== null) {
      const end = hold.until === null ? '' : ` until ${hold.until.slice(0, 10)}`;
      out.print(`${name} stays with version ${rootVersion(present.selections)}${end}.\n`);
    }
    for (const { interface: uri, version, until: next } of skips) {
      out.print(`${name} skips ${uri} ${version}${next === null ? '' : ` and all before ${next}`}.\n`);
    }
    return 0;
  });

/** A day as the end of it, here. @throws AppError `usage` */
function dayOf(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T23:59:59`) : null;
  if (day === null || Number.isNaN(day.getTime())) {
    throw new AppError('usage', { message: `'${text}' is no day.`, hint: 'write it as 2026-12-31' });
  }
  return day.toISOString();
}
