import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createStores } from '../../electron/adapters/store/stores.ts';
import type { PreparedStep } from '../../electron/core/ports/store.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { makeTar, makeTarGz, type TarEntry } from '../helpers/make-tar.ts';
import { createMemoryLog } from '../helpers/memory-log.ts';
import {
  archiveStep,
  hasReference,
  openTestStore,
  referenceDigest,
  writeFile,
  type TestStore,
} from '../helpers/store-bench.ts';
import { mountSmall } from '../helpers/store-soak.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { describeTree } from '../helpers/tree.ts';

const package1: readonly TarEntry[] = [
  { name: 'pkg', type: '5', mtime: 1_400_000_000 },
  { name: 'pkg/README', data: 'read me\n' },
  { name: 'pkg/bin/run', data: '#!/bin/sh\n', mode: 0o755, mtime: 1_400_000_001 },
  { name: 'pkg/bin/again', type: '2', link: 'run' },
  { name: 'pkg/empty', type: '5' },
  { name: 'pkg/old', data: 'old', mtime: -5 },
];

interface Opened extends TestStore {
  readonly base: string;
  readonly file: string;
  readonly digest: string;
  readonly steps: readonly PreparedStep[];
}

/** A store, an archive and its digest. */
async function open(entries: readonly TarEntry[] = package1): Promise<Opened> {
  const base = tempDir();
  const test = openTestStore(base);
  const file = writeFile(base, 'a.tar.gz', makeTarGz(...entries));
  const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
  const { digest } = await test.stores.digestArchive(request);
  return { base, ...test, file, digest, steps: [archiveStep(file)] };
}

const makeWritable = (place: string): void => {
  execFileSync('chmod', ['-R', 'u+w', place]);
};

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

describe('adding', () => {
  it('makes what the manifest says, read-only', async () => {
    const { stores, path: store, digest, steps } = await open();
    const added = await stores.add({ digests: [`sha1=${'0'.repeat(40)}`, digest], steps });
    expect(added).toEqual({ path: `${store}/${digest}`, store });
    const modes = describeTree(store).map((line) => line.split(' ').slice(0, 2).join(' ').replace(digest, 'D'));
    expect(modes).toEqual([
      'D 40555',
      'D/.manifest 100444',
      'D/pkg 40555',
      'D/pkg/README 100444',
      'D/pkg/bin 40555',
      'D/pkg/bin/again 120777',
      'D/pkg/bin/run 100555',
      'D/pkg/empty 40555',
      'D/pkg/old 100444',
    ]);
    expect(fs.lstatSync(`${added.path}/pkg`).mtimeMs).toBe(1_400_000_000_000);
    expect(await stores.add({ digests: [digest], steps: [] })).toEqual(added);
  });

  it('throws away what has another digest', async () => {
    const { stores, path: store, digest, steps } = await open();
    const error: unknown = await stores.add({ digests: [noDigest], steps }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'wrong-digest', params: { expected: noDigest, actual: digest } });
    expect(fs.readdirSync(store)).toEqual([]);
  });

  it('wants a digest that it can check', async () => {
    const { stores, steps } = await open();
    const add = (...digests: string[]) => stores.add({ digests, steps });
    await expect(add()).rejects.toThrow('digest-unsupported');
    await expect(add('blake3=1')).rejects.toThrow('digest-unsupported');
    await expect(add(`sha1=${'0'.repeat(40)}`)).rejects.toThrow('digest-unsupported');
    await expect(add('sha256=../../x')).rejects.toThrow('bad-digest');
  });

  it('does not replace something else that has the name', async () => {
    const { stores, path: store, digest, steps } = await open();
    writeFile(store, digest, 'x');
    await expect(stores.add({ digests: [digest], steps })).rejects.toMatchObject({
      code: 'file-failed',
      params: { path: `${store}/${digest}` },
    });
    fs.rmSync(`${store}/${digest}`);
    fs.symlinkSync('/nowhere', `${store}/${digest}`);
    await expect(stores.add({ digests: [digest], steps })).rejects.toThrow('file-failed');
    expect(fs.readdirSync(store)).toEqual([digest]);
  });

  it('says that a download is missing', async () => {
    const { stores, base } = await open();
    const file = `${base}/none.tar.gz`;
    await expect(stores.add({ digests: [noDigest], steps: [archiveStep(file)] })).rejects.toMatchObject({
      code: 'file-missing',
      params: { path: file },
    });
  });

  it('takes files and directories that a person keeps behind links', async () => {
    const { stores, base, digest, steps } = await open();
    writeFile(base, 'real', 'x');
    fs.symlinkSync('real', `${base}/link`);
    const { path: stored } = await stores.add({ digests: [digest], steps });
    fs.symlinkSync(stored, `${base}/linked`);
    const all: readonly PreparedStep[] = [
      { type: 'file', file: `${base}/link`, dest: 'f', executable: true },
      { type: 'copy-from', directory: `${base}/linked`, source: 'pkg/README', dest: 'g' },
    ];
    await expect(stores.add({ digests: [noDigest], steps: all })).rejects.toThrow('wrong-digest');
  });

  it('leaves nothing when it is closed meanwhile', async () => {
    const { base, digest, steps } = await open();
    const worker = new URL('../helpers/store-worker.mjs', import.meta.url);
    const { stores, path: store } = openTestStore(path.join(base, 'closed'), { worker });
    const adding = stores.add({ digests: [digest], steps });
    await stores.close();
    await expect(adding).rejects.toThrow('cancelled');
    expect(fs.readdirSync(store)).toEqual([]);
  });

  it('copies parts of other implementations, without their manifest', async () => {
    const { stores, digest, steps, base } = await open();
    const { path: other } = await stores.add({ digests: [digest], steps });
    const copy = (source: string | null, dest: string | null, directory = other): PreparedStep => ({
      type: 'copy-from',
      directory,
      source,
      dest,
    });
    const listing = async (...all: PreparedStep[]): Promise<string> => {
      const error: unknown = await stores.add({ digests: [noDigest], steps: all }).catch((thrown: unknown) => thrown);
      return (error as Error).message;
    };
    // The whole again is the same tree.
    const again = openTestStore(path.join(base, 'again'));
    expect(await again.stores.add({ digests: [digest], steps: [copy(null, null)] })).toMatchObject({
      store: again.path,
    });
    expect(await listing(copy('pkg/bin', null), copy('pkg/README', 'doc/README'))).toContain('wrong-digest');
    for (const [source, dest] of [
      ['../x', null],
      ['/etc', null],
      ['pkg/bin/again', null],
      ['none', null],
      [null, '..'],
      ['pkg', 'a\\b'],
    ] as const) {
      expect(await listing(copy(source, dest)), `${source} ${dest}`).toContain('recipe-failed');
    }
    expect(await listing(copy(null, null, `${base}/none`))).toContain('file-missing');
    // A directory of a person may not hold the name.
    fs.mkdirSync(`${base}/own`);
    writeFile(`${base}/own`, '.manifest', '');
    expect(await listing(copy(null, null, `${base}/own`))).toContain('tree-illegal');
  });

  it('writes to the shared store if there is one that takes it', async () => {
    const { base, digest, steps } = await open();
    const shared = `${base}/shared/0install.net/implementations`;
    const paths = createPaths(
      { XDG_CACHE_HOME: `${base}/u`, XDG_CACHE_DIRS: `${base}/shared`, XDG_CONFIG_HOME: base, XDG_CONFIG_DIRS: '' },
      base,
    );
    const stores = createStores({ paths });
    const user = `${base}/u/0install.net/implementations`;
    expect(await stores.add({ digests: [digest], steps })).toMatchObject({ store: user });
    fs.mkdirSync(shared, { recursive: true });
    await stores.remove((await stores.list())[0]!);
    expect(await stores.add({ digests: [digest], steps })).toEqual({ store: shared, path: `${shared}/${digest}` });
    expect(fs.readdirSync(user)).toEqual([]);
    expect((await stores.verify(`${shared}/${digest}`)).isOk).toBe(true);
  });

  it('copies to a shared store on another file system', async ({ skip }) => {
    const { base, digest, steps } = await open();
    const unmount = mountSmall(`${base}/shared`, 1024 * 1024);
    if (unmount === null) {
      process.stderr.write('SKIPPED: no file system can be mounted, copying to another one is not tried\n');
      skip();
      return;
    }
    try {
      const shared = `${base}/shared/0install.net/implementations`;
      fs.mkdirSync(shared, { recursive: true });
      const env = {
        XDG_CACHE_HOME: `${base}/u`,
        XDG_CACHE_DIRS: `${base}/shared`,
        XDG_CONFIG_HOME: base,
        XDG_CONFIG_DIRS: '',
      };
      const stores = createStores({ paths: createPaths(env, base) });
      expect(await stores.add({ digests: [digest], steps })).toEqual({ store: shared, path: `${shared}/${digest}` });
      expect((await stores.verify(`${shared}/${digest}`)).isOk).toBe(true);
      expect(fs.readdirSync(shared)).toEqual([digest]);
      // Full: then it stays in the user's store.
      const big = writeFile(base, 'big.tar', makeTar({ name: 'x', data: Buffer.alloc(2_000_000, 'x') }));
      const request = { file: big, mimeType: 'application/x-tar', extract: null, algorithm: 'sha256new' };
      const other = (await stores.digestArchive(request)).digest;
      expect(await stores.add({ digests: [other], steps: [archiveStep(big)] })).toMatchObject({
        store: `${base}/u/0install.net/implementations`,
      });
      expect(fs.readdirSync(shared)).toEqual([digest]);
    } finally {
      unmount();
    }
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

describe.runIf(hasReference)('the reference program', () => {
  it('accepts what was added', async () => {
    const { stores, path: store, digest, steps, env, base } = await open();
    const digests = [digest];
    for (const [algorithm, entries] of [
      ['sha1new', package1.slice(1)],
      ['sha256', package1.slice(2)],
      ['sha256new', []],
    ] as const) {
      const file = writeFile(base, `${algorithm}.tar`, makeTar(...entries));
      const request = { file, mimeType: 'application/x-tar', extract: null, algorithm };
      const other = (await stores.digestArchive(request)).digest;
      await stores.add({ digests: [other], steps: [archiveStep(file)] });
      digests.push(other);
    }
    await stores.add({ digests: [digest], steps });
    for (const each of digests) {
      const result = spawnSync('0install', ['store', 'verify', `${store}/${each}`], { env, encoding: 'utf8' });
      expect(result).toMatchObject({ status: 0, stdout: `Verifying ${store}/${each}\nOK\n` });
      expect(execFileSync('0install', ['store', 'find', each], { env, encoding: 'utf8' }).trim()).toBe(
        `${store}/${each}`,
      );
    }
    const audit = spawnSync('0install', ['store', 'audit'], { env, encoding: 'utf8' });
    expect(audit.status).toBe(0);
    expect(audit.stdout + audit.stderr).toMatch(/verified implementations: 4/);
  });

  it('and we find what the other stored', async () => {
    const { stores, path: store, digest, file, env } = await open();
    execFileSync('0install', ['store', 'add', digest, file], { env });
    expect(await stores.lookup([digest])).toEqual({ path: `${store}/${digest}`, store });
    expect(await stores.verify(`${store}/${digest}`)).toEqual({ isOk: true, digest });
  });

  const changes: Readonly<Record<string, (place: string, rename: (digest: string) => string) => string>> = {
    'a wrong name': (_place, rename) => rename(noDigest),
    'no manifest': (place, rename) => {
      fs.rmSync(`${place}/.manifest`);
      return rename(noDigest);
    },
    'a wrong manifest': (place) => {
      fs.appendFileSync(`${place}/.manifest`, 'F aa 1 1 z\n');
      return place;
    },
    'everything wrong': (place, rename) => {
      fs.appendFileSync(`${place}/.manifest`, 'F aa 1 1 z\n');
      return rename(noDigest);
    },
    'changed contents': (place) => {
      fs.writeFileSync(`${place}/pkg/README`, 'changed');
      fs.rmSync(`${place}/pkg/old`);
      fs.mkdirSync(`${place}/pkg/old`);
      fs.writeFileSync(`${place}/pkg/old/x`, '');
      for (const name of ['new', 'a b', 'a', 'a-b', 'pkg/bin/é']) {
        fs.mkdirSync(`${place}/${name}.d`);
        fs.writeFileSync(`${place}/${name}.d/x`, name);
        fs.writeFileSync(`${place}/${name}`, name);
      }
      fs.rmdirSync(`${place}/pkg/empty`);
      fs.chmodSync(`${place}/pkg/bin/run`, 0o644);
      fs.rmSync(`${place}/pkg/bin/again`);
      fs.symlinkSync('elsewhere', `${place}/pkg/bin/again`);
      return place;
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it.each(['sha1new', 'sha256new'])(`reports the same about ${what} (%s)`, async (algorithm) => {
      const { base, stores, file, env } = await open();
      const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm };
      const { digest } = await stores.digestArchive(request);
      const { path: stored } = await stores.add({ digests: [digest], steps: [archiveStep(file)] });
      const copy = path.join(base, digest);
      execFileSync('cp', ['-a', stored, copy]);
      makeWritable(copy);
      const place = change(copy, (name) => {
        const renamed = path.join(base, algorithm === 'sha256new' ? name : `sha1new=${'a'.repeat(40)}`);
        fs.renameSync(copy, renamed);
        return renamed;
      });
      const { stderr, status } = spawnSync('0install', ['store', 'verify', place], { env, encoding: 'utf8' });
      const result = await stores.verify(place);
      expect(status).toBe(1);
      expect(result).toMatchObject({ isOk: false, report: stderr.trimEnd() });
    });
  }

  it('agrees about digests of directories', async () => {
    const { base, stores, env } = await open();
    const tree = path.join(base, 'tree');
    fs.mkdirSync(`${tree}/d/e`, { recursive: true });
    for (let index = 0; index < 60; index++)
      writeFile(index % 2 ? tree : `${tree}/d/e`, `f${index}`, 'x'.repeat(index * 70_000));
    const { digest, manifest } = await stores.digest(tree, 'sha256new');
    expect(digest).toBe(referenceDigest(tree, env));
    expect(manifest.split('\n')).toHaveLength(63);
  });

  it('says of what no store may hold that it is damaged', async () => {
    const { stores, digest, steps, path: store } = await open();
    const { path: stored } = await stores.add({ digests: [digest], steps });
    makeWritable(store);
    execFileSync('mkfifo', [`${stored}/pkg/pipe`]);
    expect(await stores.verify(stored)).toMatchObject({ isOk: false, expected: digest });
    await expect(stores.digest(stored, 'sha256')).rejects.toThrow('tree-illegal');
    await expect(stores.verify(`${store}/none`)).rejects.toThrow('bad-digest');
    await expect(stores.verify(`${store}/none`, noDigest)).rejects.toThrow('file-missing');
  });
});
