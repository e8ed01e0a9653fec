import { execFileSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { expect } from 'vitest';
import { noDigest } from './archive-cases.ts';
import { tarMember } from './make-tar.ts';
import { archiveStep, openTestStore } from './store-bench.ts';

const mebibyte = 2 ** 20;

/** What a process printed that unpacked an archive. */
interface UnpackReport {
  readonly entries: number;
  readonly peakBytes: number;
}

/** Unpacks an archive of one large and many small files in a process of its own. @returns its largest memory, bytes */
export async function peakOfUnpacking(base: string, mebibytes: number): Promise<number> {
  const file = path.join(base, 'large.tar.gz');
  await pipeline(Readable.from(largeTar(mebibytes)), createGzip({ level: 1 }), fs.createWriteStream(file));
  const script = path.join(import.meta.dirname, 'unpack-child.ts');
  const text = execFileSync(process.execPath, ['--import', 'tsx', script, base, file], { encoding: 'utf8' });
  const report = JSON.parse(text) as UnpackReport;
  expect(report.entries).toBe(smallCount + 1);
  fs.rmSync(file);
  return report.peakBytes;
}

/** An archive with more entries than allowed is stopped, even if none of them would be kept. */
export async function tooManyEntries(base: string, limit: number | null): Promise<void> {
  const count = (limit ?? 1_000_000) + 1;
  const file = path.join(base, 'many.tar.gz');
  await pipeline(Readable.from(manyEntries(count)), createGzip({ level: 1 }), fs.createWriteStream(file));
  const { stores, path: store } = openTestStore(base);
  const limits = limit === null ? {} : { entries: limit };
  const step = archiveStep(file, { extract: 'wanted' });
  await expect(stores.add({ digests: [noDigest], steps: [step], limits })).rejects.toMatchObject({
    code: 'archive-limit',
    params: { limit: `${count - 1} entries` },
  });
  expect(fs.readdirSync(store)).toEqual([]);
  fs.rmSync(file);
}

const smallCount = 2000;

function* largeTar(mebibytes: number): Generator<Buffer, void> {
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(mebibyte));
  for (let index = 0; index < smallCount; index++)
    yield tarMember({ name: `small/${index}`, data: noise.subarray(0, index) });
  yield tarMember({ name: 'large', size: mebibytes * mebibyte });
  const zeros = Buffer.alloc(mebibyte);
  for (let index = 0; index < mebibytes; index++) yield index % 8 === 0 ? noise : zeros;
  yield Buffer.alloc(1024);
}

function* manyEntries(count: number): Generator<Buffer, void> {
  const batch = 1000;
  for (let index = 0; index < count; index += batch) {
    const size = Math.min(batch, count - index);
    yield Buffer.concat(Array.from({ length: size }, (_, offset) => tarMember({ name: `other/${index + offset}` })));
  }
  yield Buffer.alloc(1024);
}
