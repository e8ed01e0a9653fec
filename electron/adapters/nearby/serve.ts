import * as fs from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { parseDigestName } from '../../core/manifest/digest-name.ts';
import { parseManifest } from '../../core/manifest/parse-manifest.ts';
import { manifestName, type TreeDirectory } from '../../core/manifest/tree.ts';
import type { StorePort } from '../../core/ports/store.ts';
import { announce } from './announce.ts';
import { archiveEnding, isLocalAddress, maxDigestsInPath } from './service.ts';
import { tarOfTree } from './tar-of-tree.ts';

/** More would only make each slower. */
const maxTransfers = 8;
/** Without a byte taken. */
const silenceMs = 30_000;
const maxManifestBytes = 64 * 1024 * 1024;

/** What is offered, and how to watch it. */
export interface ServeOptions {
  readonly store: Pick<StorePort, 'lookup'>;
  /** 0 for any. */
  readonly port: number;
  readonly onRequest: (line: string) => void;
}

/** A server that runs. */
export interface NearbyServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Offers what is in the stores to the local network: whoever knows a digest can have what it names. Others are not even told
 * what there is. Only from local addresses.
 *
 * @throws errors of the system
 * @see sharing.md 7
 */
export async function serveStores({ store, port, onRequest }: ServeOptions): Promise<NearbyServer> {
  let running = 0;
  const server = createServer(
    { requestTimeout: silenceMs, headersTimeout: silenceMs, maxHeaderSize: 8192 },
    (request, response) => {
      response.setTimeout(silenceMs, () => response.destroy());
      response.once('finish', () => {
        onRequest(
          `${request.socket.remoteAddress ?? '?'} ${response.statusCode} ${request.method ?? ''} ${plain(request.url)}`,
        );
      });
      running++;
      answer(request, response, { store, isBusy: running > maxTransfers })
        .catch(() => {
          // Cut off without its end, so that it never looks whole.
          response.destroy();
        })
        .finally(() => running--);
    },
  );
  server.maxConnections = 4 * maxTransfers;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '0.0.0.0', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const announcement = await announce(address.port);
  return {
    port: address.port,
    async close() {
      await announcement.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { store, isBusy }: Pick<ServeOptions, 'store'> & { readonly isBusy: boolean },
): Promise<void> {
  const end = (status: number): void => {
    response.writeHead(status, { 'content-length': 0, connection: 'close' }).end();
  };
  if (!isLocalAddress(request.socket.remoteAddress ?? '')) return end(403);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
  if (isBusy) return end(503);
  const digests = digestsOf(request.url ?? '');
  if (digests === null) return end(400);
  const found = await store.lookup(digests);
  const tree = found === null ? null : readTree(found.path);
  if (found === null || tree === null) return end(404);
  response.writeHead(200, { 'content-type': 'application/x-compressed-tar', connection: 'close' });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const pieces = Readable.from(tarOfTree(tree, found.path), { objectMode: true, highWaterMark: 4 });
  await pipeline(pieces, createGzip({ level: constants.Z_BEST_SPEED }), response);
}

/** `/DIGEST,DIGEST.tar.gz`. @returns null for anything else */
function digestsOf(path: string): readonly string[] | null {
  if (!path.startsWith('/') || !path.endsWith(archiveEnding) || path.length > 1000) return null;
  let names: readonly string[];
  try {
    names = decodeURIComponent(path.slice(1, -archiveEnding.length)).split(',');
  } catch {
    return null;
  }
  if (names.length > maxDigestsInPath) return null;
  return names.every((name) => parseDigestName(name) !== null) ? names : null;
}

/** What a stored tree holds by its manifest; null if it has none that can be relied upon. */
function readTree(path: string): TreeDirectory | null {
  const digest = parseDigestName(path.slice(path.lastIndexOf('/') + 1));
  const file = `${path}/${manifestName}`;
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  if (digest === null || digest.algorithm === 'sha1') return null;
  if (stat?.isFile() !== true || stat.size > maxManifestBytes) return null;
  try {
    return parseManifest(fs.readFileSync(file), digest.algorithm, { source: file });
  } catch {
    return null;
  }
}

function plain(text: string | undefined): string {
  return (text ?? '').slice(0, 200).replace(/\p{Cc}/gu, '\ufffd');
}
