import { join } from 'node:path';
import { createHttp, type Http, type HttpOptions } from '../../electron/adapters/http/http.ts';
import { startServer, type TestServer } from './server.ts';
import { tempDir } from './temp-dir.ts';

/** Short enough for tests that wait for them. */
export const httpLimits = { connectMs: 400, silenceMs: 300, tries: 1, triesOfSmall: 1 };

/** Bytes that are not all the same. */
export function kilobytes(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 1024 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
}

/** A server, a directory, and what makes the network adapter with its downloads in it. The caller closes both. */
export async function openHttp(): Promise<{
  readonly server: TestServer;
  readonly directory: string;
  readonly create: (options?: Partial<HttpOptions>) => Http;
}> {
  const directory = tempDir();
  const downloadDir = join(directory, 'downloads');
  return {
    server: await startServer(),
    directory,
    create: (options = {}) =>
      createHttp({ userAgent: 'Zerodesk/test', downloadDir, env: {}, limits: httpLimits, ...options }),
  };
}
