import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { withEngine, type Session } from '../session.ts';
import { resolveTarget } from '../target.ts';

/** `add-feed [INTERFACE] FEED`: also take versions of an interface from this feed. */
export const runAddFeed: CommandRunner = (context) => changeFeeds(context, 'add');

/** `remove-feed [INTERFACE] FEED`. */
export const runRemoveFeed: CommandRunner = (context) => changeFeeds(context, 'remove');

/** `list-feeds URI`. */
export const runListFeeds: CommandRunner = async (context) =>
  withEngine(context, async ({ engine }) => {
    const { args, out } = context;
    const { feeds } = await engine.preferences.readInterface(resolveTarget(args[0] ?? ''));
    const names = feeds.map(({ src }) => src);
    out.print(out.isJson ? `${JSON.stringify(names)}\n` : `${names.join('\n') || '(no feeds)'}\n`);
    return 0;
  });

type Change = 'add' | 'remove';

/** What a change is made with. */
interface Changing {
  readonly change: Change;
  readonly session: Session;
  readonly context: CommandContext;
}

async function changeFeeds(context: CommandContext, change: Change): Promise<number> {
  return withEngine(context, async (session) => {
    const [first = '', second] = context.args;
    const changing: Changing = { change, session, context };
    if (second === undefined) await changeAsked(first, changing);
    else await changeOne(resolveTarget(first), resolveFeed(second), changing);
    return 0;
  });
}

async function changeOne(uri: string, feed: string, { change, session, context }: Changing): Promise<void> {
  const { preferences } = session.engine;
  const has = (await preferences.readInterface(uri)).feeds.some(({ src }) => src === feed);
  if (has && change === 'add') throw refuse(`Interface ${uri} already has a feed ${feed}`);
  if (!has && change === 'remove') throw refuse(`Interface ${uri} has no feed ${feed}`);
  if (context.options.has('dry-run')) context.out.print(`[dry-run] would ${change} feed ${feed} for ${uri}\n`);
  else if (change === 'add') await preferences.addFeed(uri, feed);
  else await preferences.removeFeed(uri, feed);
}

/** Without an interface: one of those that the feed says it is for. */
async function changeAsked(text: string, changing: Changing): Promise<void> {
  const { change, session, context } = changing;
  const { preferences } = session.engine;
  const { out } = context;
  const feed = resolveFeed(text);
  out.print(`Feed '${text}':\n`);
  const interfaces = await interfacesOf(feed, session);
  const numbered: Numbered[] = [];
  for (const [index, uri] of interfaces.entries()) {
    const has = (await preferences.readInterface(uri)).feeds.some(({ src }) => src === feed);
    if (has === (change === 'remove')) numbered.push({ number: index + 1, uri });
  }
  if (numbered.length === 0) throw refuse(reasonForNone(interfaces.length, change));
  for (const { number, uri } of numbered) {
    out.print(`${number}) ${change === 'add' ? 'Add' : 'Remove'} as feed for '${uri}'\n`);
  }
  out.print('\n');
  const chosen = await askNumber(numbered, context);
  await changeOne(chosen, feed, changing);
  const now = (await preferences.readInterface(chosen)).feeds.map(({ src }) => `- ${src}`);
  out.print(`Feed list for interface '${chosen}' is now:\n${now.join('\n') || '(no feeds)'}\n`);
}

/** Whose feed a feed says it is; it is fetched if it is not here. */
async function interfacesOf(feed: string, { engine, signal, ask, isOffline }: Session): Promise<readonly string[]> {
  const policy = await engine.select.policy(isOffline);
  if (!feed.startsWith('/') && policy.networkUse !== 'off-line' && engine.readFeed(feed).status === 'missing') {
    await engine.feeds.refresh(feed, { signal, ask });
  }
  if (feed.startsWith('/') && !existsSync(feed)) throw new AppError('file-missing', { path: feed });
  const found = engine.readFeed(feed);
  if (found.status === 'missing') throw new AppError('feed-missing', { feed });
  if (found.status === 'bad') throw new AppError('bad-feed', { feed, reason: found.reason });
  return found.feed.feedFor;
}

function reasonForNone(count: number, change: Change): string {
  if (count === 0) return "Missing <feed-for> element; feed can't be used as a feed for any other interface.";
  return change === 'add'
    ? 'It is a feed of each of its interfaces already.'
    : 'It is a feed of none of its interfaces.';
}

interface Numbered {
  readonly number: number;
  readonly uri: string;
}

async function askNumber(numbered: readonly Numbered[], { out }: CommandContext): Promise<string> {
  for (;;) {
    const first = numbered[0];
    const answer = (await out.ask(`Enter a number, or CTRL-C to cancel [${first?.number ?? 1}]: `))?.trim();
    if (answer === undefined) throw new AppError('cancelled', {});
    const chosen = answer === '' ? first : numbered.find(({ number }) => String(number) === answer);
    if (chosen) return chosen.uri;
    out.complain('That is none of these numbers.\n');
  }
}

/** A feed need not be there yet. */
function resolveFeed(text: string): string {
  return /^https?:\/\//.test(text) ? text : resolve(text);
}

function refuse(message: string): AppError {
  return new AppError('usage', { message, hint: '' });
}
