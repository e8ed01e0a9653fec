import english from '../../../assets/locales/en.json';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ShareHealth, ShareOverview, ShareStep } from '../../../shared/model/sharing.ts';
import { refusalWords, stepProblem, stepWords } from '../../../shared/i18n/describe-sharing.ts';
import { createIntl } from '../../../shared/i18n/translator.ts';
import { undoCommands } from '../../core/sharing/setup-plan.ts';
import { createCleanUp } from '../../clean-up.ts';
import { createSharing, neededOfShared } from '../../sharing.ts';
import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { withEngine } from '../session.ts';
import { sizeText } from '../size-text.ts';

const intl = createIntl('en', english);

/** `share status`: every step with what is wrong and what mends it, then what one has and what is private. */
export const runShareStatus: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out } = context;
    const overview = await createSharing(engine, context.program.cliDir).overview(signal);
    if (out.isJson) out.print(`${JSON.stringify(overview)}\n`);
    else out.print([...healthLines(overview.health), ...overviewLines(overview)].map((line) => `${line}\n`).join(''));
    return overview.health.state === 'broken' ? 1 : 0;
  });

/** `share setup [--apply]`: prints what root would type, or does it. */
export const runShareSetup: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { options, out, program } = context;
    const sharing = createSharing(engine, program.cliDir);
    const health = await sharing.health(signal);
    if (health.state === 'unsupported') throw unsupported(health);
    if (!options.has('apply') || options.has('dry-run')) {
      const commands = sharing.setupCommands();
      if (out.isJson) out.print(`${JSON.stringify({ commands })}\n`);
      else out.print(`# As root; or: sudo 0desk share setup --apply\n${commands.join('\n')}\n`);
      return 0;
    }
    checkRoot();
    await sharing.setUp((step) => {
      if (!out.isJson) out.print(`${stepWords(intl, step)}\n`);
    });
    const after = await sharing.health(signal);
    if (out.isJson) out.print(`${JSON.stringify({ health: after })}\n`);
    else
      out.print(
        healthLines(after)
          .map((line) => `${line}\n`)
          .join(''),
      );
    return after.state === 'ready' ? 0 : 1;
  });

/** `share undo [--apply] [--remove-store]`: takes it back; what was shared stays unless it is to go too. */
export const runShareUndo: CommandRunner = async (context) =>
  withEngine(context, async ({ engine }) => {
    const { options, out, program } = context;
    const isStoreRemoved = options.has('remove-store');
    if (!options.has('apply') || options.has('dry-run')) {
      const commands = undoCommands(isStoreRemoved);
      if (out.isJson) out.print(`${JSON.stringify({ commands })}\n`);
      else out.print(`# As root; or: sudo 0desk share undo --apply\n${commands.join('\n')}\n`);
      return 0;
    }
    checkRoot();
    if (isStoreRemoved) {
      throw new AppError('usage', {
        message: '--remove-store is only printed.',
        hint: 'Type these two lines yourself.',
      });
    }
    await createSharing(engine, program.cliDir).undo((step) => {
      if (!out.isJson) out.print(`${stepWords(intl, step)}\n`);
    });
    return 0;
  });

/** `share list`: what is in the shared store and how many users need it; root sees who. */
export const runShareList: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, program } = context;
    const { shared } = await createSharing(engine, program.cliDir).overview(signal);
    if (out.isJson) out.print(`${JSON.stringify(shared)}\n`);
    for (const item of out.isJson ? [] : shared) {
      const who = item.uids === null ? `${item.users}${item.isMine ? ', you among them' : ''}` : item.uids.join(', ');
      const name = item.name === null ? '' : `  ${item.name} ${item.version ?? ''}`;
      const size = item.bytes === null ? '' : `  ${sizeText(item.bytes)}`;
      out.print(
        `${clean(`${item.digest}${name}${size}  users: ${who || 'none'}  last needed ${item.usedAt.slice(0, 10)}`)}\n`,
      );
    }
    return 0;
  });

/** `share log`: what was stored, refused and removed, the newest first. */
export const runShareLog: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, program } = context;
    const { log } = await createSharing(engine, program.cliDir).overview(signal);
    if (out.isJson) out.print(`${JSON.stringify(log)}\n`);
    for (const entry of out.isJson ? [] : log) {
      const who = entry.isMine ? 'you' : entry.uid === null ? 'another user' : `user ${entry.uid}`;
      const what = entry.name === null ? entry.digest : `${entry.name} ${entry.version ?? ''} (${entry.digest})`;
      const more = [
        ...(entry.bytes === null ? [] : [sizeText(entry.bytes)]),
        ...(entry.reason === null ? [] : [refusalWords(intl, entry.reason)]),
      ];
      out.print(`${clean([entry.at, entry.action, what, `by ${who}`, ...more].join('  '))}\n`);
    }
    return 0;
  });

/** `share move [DIGEST…]`: private copies to the shared store; without a digest all that can be shared. */
export const runShareMove: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { args, out, options, program } = context;
    const sharing = createSharing(engine, program.cliDir);
    const { private: items } = await sharing.overview(signal);
    const movable = items.filter(({ cause }) => cause === 'before-sharing').map(({ digest }) => digest);
    const digests = args.length === 0 ? movable : args;
    if (options.has('dry-run')) {
      out.print(digests.map((digest) => `[dry-run] would move ${digest}\n`).join(''));
      return 0;
    }
    const moved = await sharing.move(digests, { signal });
    if (out.isJson) out.print(`${JSON.stringify({ moved })}\n`);
    else out.print(`${moved.map((digest) => `${digest}\n`).join('')}${moved.length} of ${digests.length} moved\n`);
    return moved.length === digests.length ? 0 : 1;
  });

/** `share register`: says which shared implementations this user needs, and which no longer. */
export const runShareRegister: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, program } = context;
    const needed = await neededOfShared(engine, createCleanUp(engine), signal);
    const result = await createSharing(engine, program.cliDir).register(needed, signal);
    if (out.isJson) out.print(`${JSON.stringify(result)}\n`);
    else if (result === null) out.print('Nobody keeps account of the shared store.\n');
    else out.print(`${result.claimed} needed, ${result.released} no longer needed\n`);
    return 0;
  });

/** `share clean [--days N]`: for root: removes what no user has needed for that long. */
export const runShareClean: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { options, out, program } = context;
    checkRoot();
    const isDryRun = options.has('dry-run');
    const days = lastValue(options, 'days');
    if (days !== undefined && !/^\d{1,5}$/.test(days)) {
      throw new AppError('usage', { message: `Bad number of days '${days}'`, hint: 'use for example --days=30' });
    }
    const graceDays = days === undefined ? null : Number(days);
    const { removed, kept } = await createSharing(engine, program.cliDir).clean({ isDryRun, graceDays, signal });
    if (out.isJson) {
      out.print(`${JSON.stringify({ isDryRun, removed, kept })}\n`);
      return 0;
    }
    for (const { digest, bytes, usedAt } of removed) {
      const size = bytes === null ? '' : `${sizeText(bytes)}, `;
      out.print(`${isDryRun ? '[dry-run] ' : ''}- ${digest}: ${size}last needed ${usedAt.slice(0, 10)}\n`);
    }
    out.print(`Kept: ${kept.claimed} needed, ${kept.inUse} in use\n`);
    return 0;
  });

function healthLines(health: ShareHealth): readonly string[] {
  const states = {
    unsupported: 'not possible here',
    'not-set-up': 'not set up',
    ready: 'ready',
    broken: 'broken',
  } as const;
  return [`Sharing: ${states[health.state]}`, ...health.steps.flatMap(stepLines)];
}

function stepLines(step: ShareStep): readonly string[] {
  const marks = { ok: 'ok', missing: 'missing', broken: 'BROKEN', unknown: 'only root can tell' } as const;
  const state = step.isOptional && step.state === 'missing' ? 'not there (optional)' : marks[step.state];
  const problem = stepProblem(intl, step);
  return [
    `  ${stepWords(intl, step.id)}: ${state}`,
    ...(problem === null ? [] : [`    ${problem}`]),
    ...(step.isOptional ? [] : step.fix.flatMap((line) => line.split('\n')).map((line) => `    # ${line}`)),
  ];
}

function overviewLines({ account, stores, shared, private: items }: ShareOverview): readonly string[] {
  const counts = new Map<string, number>();
  for (const { cause } of items) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [
    ...stores.map(({ name, path, count }) => `Store ${name}: ${count} implementations in ${path}`),
    ...(account === null
      ? []
      : [
          `You have stored ${account.count} (${sizeText(account.bytes)}) of it` +
            (account.quota === null ? '' : `; allowed: ${account.quota.count} (${sizeText(account.quota.bytes)})`),
          `You need ${shared.filter(({ isMine }) => isMine).length} of ${shared.length}`,
          `Free: ${sizeText(account.freeBytes)}; adding stops at ${sizeText(account.floorBytes)}`,
        ]),
    ...[...counts].map(([cause, count]) => `Private: ${count} (${cause})`),
  ];
}

function unsupported({ isPortable }: ShareHealth): AppError {
  return new AppError('not-allowed', {
    reason: isPortable ? 'everything is in one portable folder' : 'this system has no helper for a shared store',
  });
}

function checkRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new AppError('not-allowed', { reason: 'only root can do this: put sudo before the command' });
}

function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd');
}
