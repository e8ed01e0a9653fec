import { resolve } from 'node:path';
import type { ProfileItem } from '../../../shared/model/index.ts';
import { createJsonState } from '../../adapters/state/json-state.ts';
import { createIntegrations } from '../../integrations.ts';
import { createProfiles, type Profiles } from '../../profiles.ts';
import { createLibraryService } from '../../services/library-service.ts';
import { formatProfile } from '../../services/profile-export.ts';
import { openApps } from '../apps.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { fetchForConsole, selectForConsole } from '../select-and-fetch.ts';
import { withEngine, type Session } from '../session.ts';

/** `export-profile FILE`: apps and what was decided about them; `--bundle` makes a folder with all they need. */
export const runExportProfile: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const [name = ''] = args;
    const { exports, files } = await open(session, context);
    const isBundle = options.has('bundle');
    if (options.has('dry-run')) {
      out.print(`[dry-run] would write ${resolve(name)}\n`);
      return 0;
    }
    if (isBundle) await files.writeBundle(resolve(name), await exports.bundle(), session.signal);
    else {
      const text = formatProfile(await exports.profile());
      if (name === '-') out.print(text);
      else await files.writeProfile(resolve(name), text);
    }
    if (out.isJson && name !== '-') out.print(`${JSON.stringify({ path: resolve(name), isBundle })}\n`);
    return 0;
  });

/** `import-profile FILE | FOLDER`: shows what it would do, asks, and does it. */
export const runImportProfile: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const { args, options, out } = context;
    const { imports, files } = await open(session, context);
    const { name, text, bundle } = await files.open(resolve(args[0] ?? ''));
    const plan = await imports.plan(imports.parse(text, name));
    const items = plan.map(({ item }) => item);
    const wanted = items.filter((item) => isWanted(item, context));
    const isDryRun = options.has('dry-run');
    if (!out.isJson) for (const item of items) out.print(`${lineOf(item, wanted.includes(item))}\n`);
    if (isDryRun || wanted.length === 0) {
      if (out.isJson) out.print(`${JSON.stringify({ isBundle: bundle !== null, items })}\n`);
      return 0;
    }
    if (!options.has('yes')) {
      const answer = await out.ask(`Import the ${wanted.length} marked with *? [y/N] `);
      if (!/^y(es)?$/i.test(answer?.trim() ?? '')) return 1;
    }
    const { items: results, problems } = await imports.apply(plan, bundle, {
      wanted: new Set(wanted.map(({ id }) => id)),
      signal: session.signal,
      ask: session.ask,
      install: async (requirements) => {
        const selected = await selectForConsole({ requirements, mode: 'download' }, session, context);
        await fetchForConsole(selected, session, context);
        return selected.selections;
      },
    });
    if (out.isJson) out.print(`${JSON.stringify({ isBundle: bundle !== null, items: results, problems })}\n`);
    else {
      const { problemText } = await import('../problem-text.ts');
      for (const problem of problems) out.complain(`${await problemText(problem)}\n`);
      for (const { kind, subject, error } of results) {
        if (error) out.complain(`${kind} ${subject}: ${await problemText(error)}\n`);
      }
      out.print(`${results.filter(({ outcome }) => outcome === 'done').length} imported\n`);
    }
    return results.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
  });

/** A stranger's keys and what would replace something of one's own have to be asked for. */
function isWanted({ kind, status }: ProfileItem, { options }: CommandContext): boolean {
  if (status === 'conflict') return options.has('replace');
  return status === 'add' && (kind !== 'key' || options.has('trust'));
}

function lineOf({ status, kind, subject, wanted, present, reason }: ProfileItem, isMarked: boolean): string {
  const here = status === 'conflict' ? `  (here: ${present ?? ''})` : status === 'refused' ? `  (${reason ?? ''})` : '';
  return `${isMarked ? '*' : ' '} ${status.padEnd(8)}  ${kind.padEnd(11)}  ${subject}  ${wanted}${here}`;
}

async function open(session: Session, context: CommandContext): Promise<Profiles> {
  const { engine } = session;
  const library = createLibraryService({ state: createJsonState(engine.paths.state), clock: engine.clock });
  const integrations = createIntegrations(engine, context.program.cliDir, { isOffline: session.isOffline });
  return createProfiles(engine, { named: await openApps(session, context), library, integrations });
}
