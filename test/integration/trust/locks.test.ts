import { fork } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocks } from '../../../electron/adapters/lock/locks.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Adds one to a number in a file, slowly and carelessly, many times. */
const worker = `
import { readFileSync, writeFileSync } from 'node:fs';
import { createLocks } from ${JSON.stringify(new URL('../../../electron/adapters/lock/locks.ts', import.meta.url).href)};
const [directory, counter, times] = process.argv.slice(2);
const locks = createLocks(directory);
for (let turn = 0; turn < Number(times); turn += 1) {
  await locks.withLock('counter', async () => {
    const value = Number(readFileSync(counter, 'utf8'));
    await new Promise((resolve) => setTimeout(resolve, 1));
    writeFileSync(counter, String(value + 1));
  });
}
`;

describe('locks between processes', () => {
  it('let one in at a time', async () => {
    const directory = tempDir();
    const script = join(directory, 'worker.mts');
    const counter = join(directory, 'counter');
    writeFileSync(script, worker);
    writeFileSync(counter, '0');
    const arguments_ = [join(directory, 'locks'), counter, '20'];
    const ended = Array.from({ length: 4 }, () => {
      const child = fork(script, arguments_, { execArgv: ['--import', 'tsx'], stdio: 'inherit' });
      return new Promise((resolve) => child.on('exit', resolve));
    });
    expect(await Promise.all(ended)).toEqual([0, 0, 0, 0]);
    expect(readFileSync(counter, 'utf8')).toBe('80');
    expect(readdirSync(join(directory, 'locks'))).toEqual([]);
  });

  it('are given back after a failure', async () => {
    const locks = createLocks(join(tempDir(), 'locks'));
    await expect(locks.withLock('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await locks.withLock('a', () => Promise.resolve(1))).toBe(1);
  });

  it('are taken over from a process that is gone', async () => {
    const directory = join(tempDir(), 'locks');
    const locks = createLocks(directory);
    mkdirSync(directory);
    await locks.withLock('a', async () => {
      const [name = ''] = readdirSync(directory);
      writeFileSync(join(directory, name), '4194305');
      expect(await createLocks(directory).withLock('a', () => Promise.resolve(2))).toBe(2);
    });
  });

  it('can be waited for no longer', async () => {
    const directory = join(tempDir(), 'locks');
    const controller = new AbortController();
    await createLocks(directory).withLock('a', async () => {
      const waiting = createLocks(directory).withLock('a', () => Promise.resolve(), controller.signal);
      controller.abort();
      await expect(waiting).rejects.toThrow('cancelled');
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});
