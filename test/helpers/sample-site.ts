import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { resignSite } from '../../scripts/samples/resign.mjs';
import { makeKey, readKey, type SigningKey } from '../../scripts/samples/signing.mjs';

/** The sample repository as it is in the program's own files. */
export const sampleSiteDir = fileURLToPath(new URL('../../assets/samples/site', import.meta.url));
/** Its sources. */
export const sampleSourceDir = fileURLToPath(new URL('../../assets/samples/src', import.meta.url));

/** A copy of the sample repository on a loopback server. */
export interface SampleSite {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly baseUrl: string;
  readonly key: SigningKey;
  /** What is served, by path; tests may change it. */
  readonly files: Map<string, Buffer>;
  /** Paths asked for so far, in order. */
  readonly requests: readonly string[];
  /** From the next bytes on, also of what is being sent. */
  setArchiveSpeed(bytesPerSecond: number | null): void;
  close(): Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  xml: 'application/xml',
  png: 'image/png',
  gpg: 'application/pgp-keys',
};

export interface SampleSiteOptions {
  /** Slows archives down so that their progress can be seen; null is as fast as it goes. */
  readonly archiveBytesPerSecond?: number | null;
}

/** Serves the samples under another address, signed by a key made for this one time. */
export async function startSampleSite({ archiveBytesPerSecond = null }: SampleSiteOptions = {}): Promise<SampleSite> {
  let speed = archiveBytesPerSecond;
  const files = new Map<string, Buffer>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
    requests.push(path);
    const data = files.get(path);
    if (!data) {
      response.writeHead(404).end();
      return;
    }
    const type = contentTypes[path.split('.').pop() ?? ''] ?? 'application/octet-stream';
    // Files do not change here, so what was begun can always be continued.
    const [, from = ''] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
    const start = path.startsWith('archives/') ? Number(from) : 0;
    const rest = data.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-type': type,
      'content-length': rest.length,
      ...(path.startsWith('archives/') && { etag: '"one"', 'accept-ranges': 'bytes' }),
      ...(start > 0 && { 'content-range': `bytes ${start}-${data.length - 1}/${data.length}` }),
    });
    if (path.startsWith('archives/') && request.method !== 'HEAD') sendSlowly(response, rest, () => speed);
    else response.end(request.method === 'HEAD' ? undefined : rest);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

  const key = await readKey(
    await makeKey({ name: 'Passing Signer', email: 'signer@example.com', createdAt: new Date('2026-01-05T09:00:00Z') }),
  );
  const options = { siteDir: sampleSiteDir, baseUrl, key, signedAt: new Date('2026-11-02T09:00:00Z') };
  for (const [path, data] of await resignSite(options)) files.set(path, data);

  return {
    baseUrl,
    key,
    files,
    requests,
    setArchiveSpeed(bytesPerSecond) {
      speed = bytesPerSecond;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Ten pieces a second, or the rest at once. */
function sendSlowly(response: ServerResponse, data: Buffer, speed: () => number | null): void {
  let sent = 0;
  const send = (): void => {
    const bytesPerSecond = speed();
    const end = bytesPerSecond === null ? data.length : sent + Math.ceil(bytesPerSecond / 10);
    const piece = data.subarray(sent, end);
    sent += piece.length;
    if (sent >= data.length) {
      clearInterval(timer);
      response.end(piece);
    } else response.write(piece);
  };
  const timer = setInterval(send, 100);
  response.on('close', () => {
    clearInterval(timer);
  });
  send();
}
