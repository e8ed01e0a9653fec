import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createStores } from '../../electron/adapters/store/stores.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { createMemoryLog } from '../helpers/memory-log.ts';
import { openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { openStore as open } from '../helpers/opened-store.ts';

describe('directories', () => {
  const paths = (base: string, more: NodeJS.ProcessEnv = {}) =>
    createPaths(
      {
        XDG_CACHE_HOME: `${base}/c`,
        XDG_CONFIG_HOME: `${base}/f`,
        XDG_CACHE_DIRS: `${base}/s1:${base}/s2`,
        XDG_CONFIG_DIRS: `${base}/g`,
        ...more,
      },
      base,
    );

  it('come in order: user, system, custom, command line; each once', () => {
    const base = tempDir();
    for (const [config, text] of [
      ['f', `# comment\n\n  ${base}/custom1 \r\n${base}/s1/0install.net/implementations\nrelative\n`],
      ['g', `${base}/custom2/\n${base}/custom1\n`],
    ] as const) {
      fs.mkdirSync(`${base}/${config}/0install.net/injector`, { recursive: true });
      writeFile(`${base}/${config}/0install.net/injector`, 'implementation-dirs', text);
    }
    fs.mkdirSync(`${base}/extra`);
    const log = createMemoryLog();
    const stores = createStores({ paths: paths(base), extraStores: [`${base}/extra`], log }).directories();
    expect(stores.map(({ name, path: place }) => [name, path.relative(base, place)])).toEqual([
      ['user', 'c/0install.net/implementations'],
      ['shared', 's1/0install.net/implementations'],
      ['shared', 's2/0install.net/implementations'],
      [`${base}/custom1`, 'custom1'],
      [`${base}/custom2`, 'custom2'],
      [`${base}/extra`, 'extra'],
    ]);
    expect(stores.map(({ isWritable }) => isWritable)).toEqual([true, false, false, false, false, false]);
    expect(log.lines).toHaveLength(1);
  });

  it('of a portable installation lie in it', () => {
    const base = tempDir();
    fs.mkdirSync(`${base}/config/injector`, { recursive: true });
    writeFile(`${base}/config/injector`, 'implementation-dirs', 'more\n');
    const stores = createStores({ paths: paths(base, { ZEROINSTALL_PORTABLE_BASE: base }) }).directories();
    expect(stores.map(({ path: place }) => path.relative(base, place))).toEqual(['cache/implementations', 'more']);
  });
});

describe('lookup', () => {
  it('tries each digest in each store, and takes real directories only', async () => {
    const base = tempDir();
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => `sha1new=${letter.repeat(40)}`) as [string, string, string];
    const { stores, path: user } = openTestStore(base, { extraStores: [`${base}/extra`] });
    fs.mkdirSync(`${base}/extra/${a}`, { recursive: true });
    fs.mkdirSync(`${user}/${b}`, { recursive: true });
    fs.mkdirSync(`${base}/extra/${b}`);
    writeFile(`${base}/extra`, c, 'a file');
    fs.symlinkSync(`${base}/extra/${a}`, `${user}/${c}`);
    expect(await stores.lookup([a, b])).toEqual({ path: `${base}/extra/${a}`, store: `${base}/extra` });
    expect(await stores.lookup([b, a])).toEqual({ path: `${user}/${b}`, store: user });
    expect(await stores.lookup([c])).toBeNull();
    expect(await stores.lookup([])).toBeNull();
  });

  it('never uses what is no digest in a path', async () => {
    const base = tempDir();
    const { stores, path: user } = openTestStore(base);
    fs.mkdirSync(`${user}/sha256=x`, { recursive: true });
    for (const name of ['..', '.', '', 'sha256=x', 'sha256=../../..', user])
      expect(await stores.lookup([name])).toBeNull();
  });
});

describe('list, size, remove', () => {
  it('tells implementations, temporary and foreign entries apart', async () => {
    const { stores, path: store, digest, steps } = await open();
    await stores.add({ digests: [digest], steps });
    const temporary = [
      'tmp-1a2b3c',
      '0install-unpack-5',
      'optimise-ff',
      'tmp-AbC123.new',
      '0install-remove-x',
      '0install-extract1',
    ];
    const foreign = ['victim', 'tmp-', 'tmp-xyz', 'tmp-123456789', 'tmp', 'sha1=5', `sha1=${'0'.repeat(40)}`];
    for (const name of [...temporary, ...foreign]) writeFile(store, name, 'x');
    const kinds = new Map((await stores.list()).map((entry) => [entry.name, entry.kind]));
    expect(kinds.get(digest)).toBe('implementation');
    for (const name of temporary) expect(kinds.get(name), name).toBe('temporary');
    for (const name of foreign) expect(kinds.get(name), name).toBe('foreign');
    expect(kinds.size).toBe(1 + temporary.length + foreign.length);
  });

  it('counts the manifest and what it lists', async () => {
    const { stores, digest, steps } = await open();
    const { path: stored } = await stores.add({ digests: [digest], steps });
    const [entry] = await stores.list();
    const bytes = fs.statSync(`${stored}/.manifest`).size + 'read me\n#!/bin/sh\nold'.length;
    expect(await stores.measure([entry!])).toMatchObject({ items: [{ sizeBytes: bytes, freedBytes: bytes }] });
    expect(await stores.remove(entry!)).toBe(bytes);
    expect(await stores.list()).toEqual([]);
    expect(await stores.remove(entry!)).toBe(0);
  });

  it('walks where there is no manifest, or a wrong one', async () => {
    const base = tempDir();
    const { stores, path: store } = openTestStore(base);
    fs.mkdirSync(`${store}/tmp-1/d`, { recursive: true });
    writeFile(`${store}/tmp-1`, '.manifest', 'rubbish');
    writeFile(`${store}/tmp-1/d`, 'x', '12345');
    fs.symlinkSync('/etc', `${store}/tmp-1/l`);
    expect((await stores.measure(await stores.list())).items).toEqual([{ sizeBytes: 12, freedBytes: 12 }]);
  });

  it('counts files with other names elsewhere as not freed', async () => {
    const base = tempDir();
    const { stores, path: store } = openTestStore(base);
    for (const name of ['tmp-1', 'tmp-2']) fs.mkdirSync(`${store}/${name}`, { recursive: true });
    writeFile(`${store}/tmp-1`, 'inside', '1');
    fs.linkSync(`${store}/tmp-1/inside`, `${store}/tmp-1/again`);
    writeFile(`${store}/tmp-1`, 'shared', '12345678');
    fs.linkSync(`${store}/tmp-1/shared`, `${store}/tmp-2/shared`);
    const [one, two] = await stores.list();
    expect(await stores.remove(one!)).toBe(1);
    expect(await stores.remove(two!)).toBe(8);
  });

  it('deletes nothing outside the store, nothing through links, and also names that are not UTF-8', async () => {
    const base = tempDir();
    const { stores, path: store } = openTestStore(base);
    fs.mkdirSync(`${store}/tmp-1/d`, { recursive: true });
    fs.mkdirSync(`${base}/victim`);
    writeFile(`${base}/victim`, 'precious', 'x');
    fs.symlinkSync(`${base}/victim`, `${store}/tmp-1/l`);
    fs.symlinkSync(`${base}/victim`, `${store}/tmp-2`);
    fs.writeFileSync(Buffer.concat([Buffer.from(`${store}/tmp-1/d/`), Buffer.from([0xff, 0xfe])]), 'x');
    fs.chmodSync(`${store}/tmp-1/d`, 0);
    const entries = await stores.list();
    for (const entry of entries) {
      for (const name of ['..', '.', '', '../x', 'tmp-1/d']) {
        const place = `${store}/${name}`;
        await expect(stores.remove({ ...entry, name, path: place })).rejects.toThrow('no-such');
      }
      await expect(stores.remove({ ...entry, path: `${base}/victim` })).rejects.toThrow('no-such');
      await stores.remove(entry);
    }
    expect(fs.readdirSync(store)).toEqual([]);
    expect(fs.readdirSync(`${base}/victim`)).toEqual(['precious']);
  });

  it('deletes nothing from stores of the command line', async () => {
    const { stores, path: store, digest, steps, base } = await open();
    await stores.add({ digests: [digest], steps });
    const other = createStores({ paths: createPaths({}, `${base}/other`), extraStores: [store] });
    const entry = (await other.list()).find(({ name }) => name === digest);
    await expect(other.remove(entry!)).rejects.toThrow('permission-denied');
  });

  it('finds what crashed programs left, once it is a day old', async () => {
    const base = tempDir();
    const { stores, path: store } = openTestStore(base);
    const now = Date.now();
    for (const [name, ageHours] of [
      ['tmp-1', 25],
      ['tmp-2', 23],
      ['0install-unpack-3', 30],
      ['mine', 99],
      [noDigest, 99],
    ] as const) {
      fs.mkdirSync(`${store}/${name}/d`, { recursive: true });
      const time = (now - ageHours * 3_600_000) / 1000;
      fs.utimesSync(`${store}/${name}`, time, time);
    }
    expect(await stores.removeLeftovers(now)).toEqual([`${store}/0install-unpack-3`, `${store}/tmp-1`]);
    expect(fs.readdirSync(store)).toEqual(['mine', noDigest, 'tmp-2']);
  });
});

describe('a worker', () => {
  const worker = new URL('../helpers/store-worker.mjs', import.meta.url);

  it('does everything, reports, and passes errors on', async () => {
    const { base, digest, steps, file } = await open();
    const { stores, path: store } = openTestStore(path.join(base, 'worker'), { worker });
    try {
      const phases: string[] = [];
      const added = await stores.add({ digests: [digest], steps, onProgress: ({ phase }) => phases.push(phase) });
      expect([...new Set(phases)]).toEqual(['unpacking', 'verifying', 'storing']);
      expect(await stores.verify(added.path)).toEqual({ isOk: true, digest });
      const results = await Promise.allSettled([
        stores.add({ digests: [noDigest], steps }),
        stores.digest(path.join(base, 'none'), 'sha256'),
        stores.digest(added.path, 'sha256new'),
        stores.verify(added.path),
        stores.digestArchive({ file, mimeType: 'application/x-nothing', extract: null, algorithm: 'sha256' }),
      ]);
      expect(
        results.map((result) => (result.status === 'fulfilled' ? 'done' : (result.reason as { code: string }).code)),
      ).toEqual(['wrong-digest', 'file-missing', 'done', 'done', 'archive-unsupported']);
      expect(fs.readdirSync(store)).toEqual([digest]);
    } finally {
      await stores.close();
    }
  });

  it('reports at most 20 times a second', async () => {
    const entries = Array.from({ length: 3000 }, (_, index) => ({ name: `f${index}`, data: `${index}`.repeat(500) }));
    const { base, digest, steps } = await open(entries);
    const { stores } = openTestStore(path.join(base, 'worker'), { worker });
    try {
      const bytes: number[] = [];
      const startedAt = performance.now();
      await stores.add({
        digests: [digest],
        steps,
        onProgress: (state) => {
          if (state.phase === 'unpacking') bytes.push(state.bytes);
        },
      });
      expect(bytes.length).toBeLessThanOrEqual((performance.now() - startedAt) / 50 + 2);
      expect([...bytes].sort((a, b) => a - b)).toEqual(bytes);
    } finally {
      await stores.close();
    }
  });
});
