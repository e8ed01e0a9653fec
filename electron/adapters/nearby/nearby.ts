import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { NearbyPeer, NearbyPort, NearbyRequest } from '../../core/ports/nearby.ts';
import type { StatePort } from '../../core/ports/state.ts';
import { browse } from './browse.ts';
import { archiveEnding, localAddresses, maxDigestsInPath } from './service.ts';

/** Answers of a network take some milliseconds; of a computer that sleeps, longer than anybody wants to wait. */
const browseMs = 800;
const askMs = 2000;
/** Within this time the same peers are asked again. */
const rememberMs = 60_000;
/** Without a byte. */
const silenceMs = 15_000;
const stateName = 'nearby';
const stateSchema = z.object({ isAllowed: z.boolean() });

/** Speaks to other computers directly: a proxy would be asked about addresses that it does not know. */
export function createNearby({ state, dir }: { readonly state: StatePort; readonly dir: string }): NearbyPort {
  const dropped = new Set<string>();
  let known: { readonly at: number; readonly peers: Promise<readonly NearbyPeer[]> } | null = null;

  const peersOf = (signal: AbortSignal): Promise<readonly NearbyPeer[]> => {
    if (known === null || performance.now() - known.at > rememberMs) {
      known = { at: performance.now(), peers: browse(browseMs, signal) };
    }
    return known.peers;
  };

  return {
    async isAllowed() {
      const parsed = stateSchema.safeParse(await state.read(stateName));
      return parsed.success && parsed.data.isAllowed;
    },
    allow: (isAllowed) => state.write(stateName, { isAllowed }),
    async ask(digests, signal) {
      const own = new Set(localAddresses());
      const peers = (await peersOf(signal)).filter((peer) => !dropped.has(nameOf(peer)));
      const answers: NearbyPeer[] = [];
      await Promise.all(
        peers.map(async (peer) => {
          if (own.has(peer.address)) return;
          const response = await head(peer, pathOf(digests), signal).catch(() => null);
          response?.resume();
          if (response?.statusCode === 200) answers.push(peer);
        }),
      );
      return answers;
    },
    async download(peer, request) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const file = join(dir, `nearby-${randomBytes(8).toString('hex')}${archiveEnding}`);
      const discard = (): Promise<void> => rm(file, { force: true });
      try {
        return { file, bytes: await receive(peer, file, request), discard };
      } catch (error) {
        await discard();
        request.signal.throwIfAborted();
        if (error instanceof AppError) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new AppError('nearby-failed', { peer: nameOf(peer), reason }, { cause: error });
      }
    },
    drop: (peer) => dropped.add(nameOf(peer)),
  };
}

async function receive(peer: NearbyPeer, file: string, request: NearbyRequest): Promise<number> {
  const { digests, maxBytes, signal, onProgress } = request;
  const response = await ask(peer, { method: 'GET', path: pathOf(digests), timeoutMs: silenceMs, signal });
  if (response.statusCode !== 200) {
    response.resume();
    throw new AppError('nearby-failed', { peer: nameOf(peer), reason: `status ${response.statusCode ?? 0}` });
  }
  let bytes = 0;
  const counter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      onProgress(bytes);
      if (bytes <= maxBytes) done(null, piece);
      else done(new AppError('nearby-failed', { peer: nameOf(peer), reason: 'it sends too much' }));
    },
  });
  await pipeline(response, counter, createWriteStream(file, { flags: 'wx', mode: 0o600 }), { signal });
  return bytes;
}

function head(peer: NearbyPeer, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  return ask(peer, { method: 'HEAD', path, timeoutMs: askMs, signal });
}

interface Asking {
  readonly method: 'GET' | 'HEAD';
  readonly path: string;
  /** Without a byte. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

function ask({ address, port }: NearbyPeer, { method, path, timeoutMs, signal }: Asking): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: address, port, method, path, signal, agent: false }, resolve);
    request.setTimeout(timeoutMs, () => request.destroy(new Error('it does not answer')));
    request.once('error', reject);
    request.end();
  });
}

function pathOf(digests: readonly string[]): string {
  return `/${digests.slice(0, maxDigestsInPath).join(',')}${archiveEnding}`;
}

function nameOf({ address, port }: NearbyPeer): string {
  return `${address}:${port}`;
}
