import { z } from 'zod';
import { AppError, isAppError, toErrorData } from '../../../shared/errors/app-error.ts';
import type { Answer, TrustQuestion } from '../../../shared/model/job.ts';
import type { Requirements } from '../../core/select/model.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import { formatXml } from '../../core/xml/format.ts';
import { compareVersions, parseVersion } from '../../core/version/version.ts';
import { unsolvedError } from '../../services/solve-view.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { withEngine, type Session } from '../session.ts';
import { written } from '../standard-stream.ts';
import { decodeFrames, encodeFrame } from '../slave/frames.ts';
import { createPeer, type Peer, type Reply } from '../slave/peer.ts';

/** What of the reference's interface we speak, oldest and newest. */
const [oldest, newest] = ['2.6', '2.18'];

const text = z.string().nullish();
const WireRequirements = z.object({
  interface: z.string().min(1),
  command: text,
  source: z.boolean().nullish(),
  may_compile: z.boolean().nullish(),
  extra_restrictions: z.record(z.string(), z.string()).nullish(),
  os: text,
  cpu: text,
  message: text,
});
const SelectArguments = z.tuple([WireRequirements, z.boolean()]);
const Fingerprints = z.array(z.string());

/** `slave VERSION`: serves another program over standard input and output. @see execution.md 14 */
export const runSlave: CommandRunner = async (context) =>
  withEngine(context, async (session) => {
    const version = agreeOn(context.args[0] ?? '');
    const write = (bytes: Uint8Array): void => {
      process.stdout.write(bytes);
    };
    const peer = createPeer(async (operation, args) => {
      if (operation !== 'select') return null;
      const wanted = SelectArguments.safeParse(args);
      return wanted.success ? select(wanted.data, { version, session, peer, context }) : null;
    }, write);
    write(encodeFrame(`${JSON.stringify(['invoke', null, 'set-api-version', [version]])}\n`));
    for await (const message of decodeFrames(process.stdin as AsyncIterable<Uint8Array>)) peer.receive(message);
    await peer.finish();
    await written(process.stdout);
    return 0;
  });

function agreeOn(wanted: string): string {
  const asked = parseVersion(wanted);
  if (compareVersions(asked, parseVersion(oldest)) < 0) {
    throw new AppError('usage', { message: `Minimum supported API version is ${oldest}`, hint: '' });
  }
  return compareVersions(asked, parseVersion(newest)) < 0 ? wanted : newest;
}

interface Serving {
  readonly version: string;
  readonly session: Session;
  readonly peer: Peer;
  readonly context: CommandContext;
}

async function select(
  [wire, refresh]: z.infer<typeof SelectArguments>,
  { version, session, peer }: Serving,
): Promise<Reply> {
  const requirements: Requirements = {
    interface: wire.interface,
    command: wire.command ?? null,
    isSource: wire.source ?? false,
    mayCompile: wire.may_compile ?? false,
    os: wire.os || null,
    cpu: wire.cpu || null,
    restrictions: wire.extra_restrictions ?? {},
  };
  try {
    const { answer, staleFeeds } = await session.engine.select.select(requirements, {
      mode: 'select',
      refresh,
      offline: session.isOffline,
      signal: session.signal,
      ask: (question) => confirmKeys(question, peer),
    });
    if (answer.status !== 'solved') throw unsolvedError(wire.interface, answer);
    const xml = `${formatXml(selectionsToXml(answer.selections)).trimEnd()}\n`;
    const isOld = version === oldest;
    return { value: isOld ? ['ok'] : ['ok', { stale: staleFeeds.length > 0 }], xml };
  } catch (error) {
    if (isAppError(error, 'cancelled')) return { value: ['aborted-by-user'] };
    const { problemText } = await import('../problem-text.ts');
    return { value: ['fail', await problemText(toErrorData(error))] };
  }
}

/** The other side asks its person. Only keys that were shown can be trusted by that. */
async function confirmKeys({ feed, keys }: TrustQuestion, peer: Peer): Promise<Answer> {
  const hints = keys.map(({ fingerprint, hints: votes }) => [
    fingerprint,
    votes.map(({ vote, text: why }) => [vote, why]),
  ]);
  const answer = Fingerprints.safeParse(await peer.call('confirm-keys', [feed, Object.fromEntries(hints)]));
  const chosen = answer.success ? answer.data : [];
  return { trust: keys.map(({ fingerprint }) => fingerprint).filter((fingerprint) => chosen.includes(fingerprint)) };
}
