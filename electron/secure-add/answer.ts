import type { Readable } from 'node:stream';
import { maxHeaderBytes, parseRequest, type Reply, type Request } from '../core/sharing/protocol.ts';
import { addImplementation } from './add.ts';
import { ByteReader } from './byte-reader.ts';
import { answerAbout } from './requests.ts';
import { Refusal } from './refusal.ts';
import { StreamContents } from './stream-contents.ts';
import type { World } from './world.ts';

/** One connection: what comes in, and how to answer. */
export interface Connection {
  readonly input: Readable;
  readonly send: (reply: Reply) => Promise<void>;
  /** Throws when the work is to end. */
  readonly check: () => void;
}

/**
 * Answers the one request of a connection.
 *
 * @returns whether it was done
 * @see sharing.md 5
 */
export async function answer(connection: Connection, world: World): Promise<boolean> {
  const { input, send } = connection;
  const reader = new ByteReader(input, world.limits);
  try {
    const request = parseRequest(await reader.line(maxHeaderBytes));
    if (request === null) throw new Refusal('format', 'not a request that this helper knows');
    await send(await perform(request, { ...connection, reader }, world));
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, reason, path } = error;
    // Whoever has gone away hears nothing.
    await send({ state: 'refused', code, reason, ...(path !== null && { path }) }).catch(() => undefined);
    return false;
  }
}

async function perform(
  request: Request,
  { reader, send, check }: Connection & { readonly reader: ByteReader },
  world: World,
): Promise<Reply> {
  if (request.request !== 'add') return answerAbout(request, world);
  const { digest, manifestBytes, totalBytes } = request;
  if (manifestBytes > world.limits.manifestBytes) throw new Refusal('format', 'the manifest is too large');
  const state = await addImplementation({
    world,
    digest,
    announcedBytes: totalBytes,
    manifest: () => reader.exactly(manifestBytes),
    contents: async () => {
      await send({ state: 'send' });
      return new StreamContents(reader);
    },
    check,
  });
  return { state };
}
