import { spawn, type ChildProcess } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { createRandom } from './random-world/random.ts';

const size = 20_000_000;
const pieceBytes = 64 * 1024;
/**
 * A network has this much under way. The buffers between two processes of one computer hold megabytes, which no network does
 * at this speed; so the server looks how much has reached the disk, and sends no more than this beyond. But it does not wait
 * for ever: who keeps more than this to himself fetches it twice.
 */
const windowBytes = 2 * pieceBytes;
const patienceMs = 500;
const maxCutsOfOne = 4;

/** What came of many cuts. */
export interface CutReport {
  /** Connections that the server broke. */
  readonly cuts: number;
  /** Processes that were killed. */
  readonly kills: number;
  readonly downloads: number;
  /** Of the download that fetched most bytes twice, as a share of the file. */
  readonly worstShare: number;
}

interface Cut {
  /** Position in the file. */
  readonly at: number;
  readonly how: 'cut' | 'kill';
}

/**
 * Downloads a file again and again while its server breaks the connection and the downloading process is killed, at random
 * positions, until that has happened so many times. Each download is begun again until it is whole, and must be right.
 */
export async function randomCuts(base: string, count: number, seed: number): Promise<CutReport> {
  const content = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16)).update(Buffer.alloc(size));
  const digest = createHash('sha256').update(content).digest('hex');
  const random = createRandom(seed);
  const report = { cuts: 0, kills: 0, downloads: 0, worstShare: 0 };
  while (report.cuts + report.kills < count) {
    const left = count - report.cuts - report.kills;
    const number = Math.min(left, random.between(1, maxCutsOfOne));
    const cuts = Array.from({ length: number }, (): Cut => ({
      at: random.between(1, size - 1),
      how: random.pick(['cut', 'kill']),
    })).sort((a, b) => a.at - b.at);
    const directory = path.join(base, `download-${report.downloads}`);
    mkdirSync(directory);
    const sentBytes = await downloadThrough(cuts, { directory, content, digest });
    expect(readdirSync(directory)).toEqual([]);
    report.downloads += 1;
    for (const { how } of cuts) report[how === 'cut' ? 'cuts' : 'kills'] += 1;
    report.worstShare = Math.max(report.worstShare, (sentBytes - size) / size);
  }
  return report;
}

interface Place {
  readonly directory: string;
  readonly content: Buffer;
  readonly digest: string;
}

/** @returns bytes that the server has sent in all */
async function downloadThrough(cuts: readonly Cut[], { directory, content, digest }: Place): Promise<number> {
  const pending = [...cuts];
  let child: ChildProcess | null = null;
  let sentBytes = 0;
  const server = createServer((request, response) => {
    void send(request, response);
  });
  async function send(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isSame = request.headers['if-range'] === '"soak"';
    const from = isSame ? Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const range = { 'content-range': `bytes ${from}-${size - 1}/${size}` };
    response.writeHead(from > 0 ? 206 : 200, {
      etag: '"soak"',
      'content-length': size - from,
      ...(from > 0 && range),
    });
    for (let at = from; at < size && !response.destroyed;) {
      const cut = pending[0];
      const end = Math.min(size, at + pieceBytes, cut === undefined ? size : Math.max(at, cut.at));
      if (end > at) await new Promise((resolve) => response.write(content.subarray(at, end), resolve));
      sentBytes += end - at;
      at = end;
      if (cut !== undefined && at >= cut.at) {
        pending.shift();
        // Reached by what was sent before: two cuts may be nearer to each other than what is under way.
        if (cut.how === 'kill') child?.kill('SIGKILL');
        response.destroy();
        return;
      }
      await untilKept(directory, at - windowBytes);
    }
    response.end();
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.tar`;
  try {
    // Each kill needs a new process; what is left of the cuts tells whether it was ours.
    for (let begun = 0; begun <= cuts.length; begun += 1) {
      const script = path.join(import.meta.dirname, 'download-child.ts');
      child = spawn(process.execPath, ['--import', 'tsx', script, directory, url, String(size)]);
      const { output, signal } = await ended(child);
      if (signal === 'SIGKILL') continue;
      expect(output).toBe(digest);
      expect(pending).toEqual([]);
      return sentBytes;
    }
    throw new Error('a download did not end after its last cut');
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function untilKept(directory: string, bytes: number): Promise<void> {
  const end = performance.now() + patienceMs;
  const kept = (): number =>
    readdirSync(directory)
      .filter((name) => name.endsWith('.part'))
      .reduce((sum, name) => sum + (statSync(path.join(directory, name), { throwIfNoEntry: false })?.size ?? 0), 0);
  while (kept() < bytes && performance.now() < end) await delay(1);
}

async function ended(child: ChildProcess): Promise<{ readonly output: string; readonly signal: string | null }> {
  let output = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  const signal = await new Promise<string | null>((resolve) => child.once('close', (_code, name) => resolve(name)));
  return { output, signal };
}
