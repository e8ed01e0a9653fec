import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { DesktopTarget } from '../../core/desktop/program.ts';
import type { IntegrationKind } from '../../core/desktop/integration-plan.ts';
import type { Integration } from '../../core/ports/desktop.ts';
import { createIntegrations, createOwnIntegration } from '../../integrations.ts';
import type { IntegrateService } from '../../services/integrate-service.ts';
import { findApp } from '../apps.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { readRequirements } from '../requirements.ts';
import { fetchForConsole, selectForConsole } from '../select-and-fetch.ts';
import { type Session, withEngine } from '../session.ts';
import { resolveTarget } from '../target.ts';

const kindOptions: readonly IntegrationKind[] = ['menu', 'autostart', 'file-types', 'alias'];

/** `integrate URI|APP`: makes a program appear outside of our window, lists where it does, and undoes it. */
export const runIntegrate: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, program } = context;
    const [text] = args;
    const service = createIntegrations(session.engine, program.cliDir, { isOffline: session.isOffline });
    if (options.has('self')) return integrateSelf(session, context);
    const asked = kindOptions.filter((kind) => options.has(kind));
    const kinds = asked.length === 0 ? null : asked;
    if (options.has('list')) {
      const all = text === undefined ? await service.list() : await service.find(namesOf(text), null);
      return printIntegrations(kinds === null ? all : all.filter(({ kind }) => kinds.includes(kind)), context);
    }
    if (text === undefined) throw new AppError('usage', { message: 'integrate needs a program.', hint: 'try --help' });
    if (options.has('remove')) return remove(text, kinds, { service, context });
    return integrate(text, kinds ?? ['menu'], { service, session, context });
  });

/** Zerodesk itself. */
async function integrateSelf({ engine }: Session, { args, options, program, out }: CommandContext): Promise<number> {
  if (args.length > 0) throw new AppError('usage', { message: '--self takes no program.', hint: 'try --help' });
  const own = createOwnIntegration(engine, program.cliDir);
  if (own === null) throw new AppError('not-allowed', { reason: 'there is nothing here that could open the window' });
  if (options.has('dry-run')) {
    out.print(`[dry-run] would ${options.has('remove') ? 'remove' : 'write'} the entry of Zerodesk\n`);
    return 0;
  }
  const path = await (options.has('remove') ? own.remove() : own.write());
  out.print(out.isJson ? `${JSON.stringify({ path })}\n` : `${path}\n`);
  return 0;
}

async function integrate(
  text: string,
  kinds: readonly IntegrationKind[],
  { service, session, context }: { service: IntegrateService; session: Session; context: CommandContext },
): Promise<number> {
  const { options, out } = context;
  const app = await findApp(text, session, context);
  const target: DesktopTarget =
    app === null ? { uri: resolveTarget(text), app: null } : { uri: app.requirements.interface, app: app.name };
  // What is clicked on later has no place to ask or to show a download.
  if (app === null) {
    const requirements = readRequirements(target.uri, new Map());
    const selected = await selectForConsole({ requirements, mode: 'download' }, session, context);
    if (!options.has('dry-run')) await fetchForConsole(selected, session, context);
  }
  if (options.has('dry-run')) {
    for (const kind of kinds) out.print(`[dry-run] would integrate ${app?.name ?? target.uri} (${kind})\n`);
    return 0;
  }
  const written = await service.integrate(target, { kinds, alias: lastValue(options, 'alias') ?? null });
  printIntegrations(written, context);
  const missing = kinds.filter((kind) => !written.some((each) => each.kind === kind));
  if (missing.length === 0) return 0;
  out.complain(
    `This program says of no files and addresses that it opens them, so there is nothing to be done for: ${missing.join(', ')}\n`,
  );
  return 1;
}

async function remove(
  text: string,
  kinds: readonly IntegrationKind[] | null,
  { service, context }: { service: IntegrateService; context: CommandContext },
): Promise<number> {
  const { options, out } = context;
  const alias = lastValue(options, 'alias');
  const found = (await service.find(namesOf(text), kinds)).filter(
    ({ kind, name }) => kind !== 'alias' || alias === undefined || name === alias,
  );
  if (found.length === 0) throw new AppError('not-integrated', { name: text });
  if (options.has('dry-run')) {
    for (const { path } of found) out.print(`[dry-run] would remove ${path}\n`);
    return 0;
  }
  return printIntegrations(await service.remove(found), context);
}

/** By what it may be known: what was typed, and the address that it stands for. The feed may be gone by now. */
function namesOf(text: string): readonly string[] {
  try {
    return [text, resolveTarget(text)];
  } catch (error) {
    if (isAppError(error, 'usage')) return [text];
    throw error;
  }
}

function printIntegrations(all: readonly Integration[], { out }: CommandContext): number {
  if (out.isJson) {
    out.print(`${JSON.stringify(all)}\n`);
    return 0;
  }
  for (const { kind, name, uri, app, path } of all) {
    out.print(`${[kind.padEnd(10), name, app ?? uri ?? '', path].map(oneLine).join('  ')}\n`);
  }
  return 0;
}

/** Entries may be anybody's. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
