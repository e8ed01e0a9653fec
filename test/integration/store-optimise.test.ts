import * as fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OptimiseResult } from '../../electron/core/ports/store.ts';
import { runCommand, runZerodesk, type Env } from '../helpers/desk-world.ts';
import { makeTarGz, type TarEntry } from '../helpers/make-tar.ts';
import { archiveStep, openTestStore, writeFile, type TestStore } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const mtime = 1_500_000_000;
let base: string;
let store: TestStore;
let count = 0;

beforeEach(() => {
  base = tempDir();
  store = openTestStore(base);
});

/** Adds an implementation with these files. @returns its directory */
async function add(...entries: readonly TarEntry[]): Promise<string> {
  const file = writeFile(base, `${(count += 1)}.tar.gz`, makeTarGz(...entries.map((entry) => ({ mtime, ...entry }))));
  const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
  const { digest } = await store.stores.digestArchive(request);
  return (await store.stores.add({ digests: [digest], steps: [archiveStep(file)] })).path;
}

const optimise = (): Promise<OptimiseResult> => store.stores.optimise(store.path, { isDryRun: false });
const inode = (...parts: readonly string[]): number => fs.statSync(path.join(...parts)).ino;

async function expectSound(): Promise<void> {
  for (const entry of await store.stores.list()) {
    expect(entry.kind).toBe('implementation');
    expect(await store.stores.verify(entry.path)).toMatchObject({ isOk: true });
  }
}

/** Writes over a stored file with its size and time kept. */
function spoil(file: string, data: string): void {
  fs.chmodSync(file, 0o644);
  fs.writeFileSync(file, data);
  fs.utimesSync(file, mtime, mtime);
  fs.chmodSync(file, 0o444);
}

describe('optimising', () => {
  it('joins what is the same in contents, time and execute bit, and nothing else', async () => {
    const one = await add({ name: 'a', data: 'same' }, { name: 'd/b', data: 'same' });
    const two = await add(
      { name: 'a', data: 'same' },
      { name: 'x', data: 'same', mode: 0o755 },
      { name: 'later', data: 'same', mtime: mtime + 1 },
      { name: 'other', data: 'diff' },
    );
    expect(await optimise()).toMatchObject({ originalBytes: 24, savedBytes: 0, freedBytes: 8, problems: [] });
    expect(inode(two, 'a')).toBe(inode(one, 'a'));
    expect(inode(one, 'd/b')).toBe(inode(one, 'a'));
    expect(new Set(['x', 'later', 'other', 'a'].map((name) => inode(two, name))).size).toBe(4);
    expect(fs.statSync(one).mode & 0o777).toBe(0o555);
    expect(fs.statSync(path.join(one, 'd')).mode & 0o777).toBe(0o555);
    await expectSound();
    expect(await optimise()).toMatchObject({ originalBytes: 16, savedBytes: 8, freedBytes: 0 });
  });

  it('never joins with what was changed, whatever came first', async () => {
    const paths = [
      await add({ name: 'a', data: 'same' }, { name: '1', data: '1' }),
      await add({ name: 'a', data: 'same' }, { name: '2', data: '2' }),
      await add({ name: 'a', data: 'same' }, { name: '3', data: '3' }),
    ].sort();
    const [first = '', second = '', third = ''] = paths;
    spoil(path.join(first, 'a'), 'evil');
    expect(await optimise()).toMatchObject({
      freedBytes: 4,
      problems: [{ kind: 'unequal', path: path.join(second, 'a'), other: path.join(first, 'a') }],
    });
    expect(inode(third, 'a')).toBe(inode(second, 'a'));
    expect(fs.readFileSync(path.join(first, 'a'), 'utf8')).toBe('evil');
    for (const path_ of [second, third]) expect(await store.stores.verify(path_)).toMatchObject({ isOk: true });
  });

  it('leaves out files that are not as their manifest says, and manifests that are not as their directory says', async () => {
    const [first, second, third] = [
      await add({ name: 'a', data: 'same' }, { name: '1', data: '1' }),
      await add({ name: 'a', data: 'same' }, { name: '2', data: '2' }),
      await add({ name: 'a', data: 'same' }, { name: '3', data: '3' }),
    ];
    spoil(path.join(first, 'a'), 'longer');
    const manifest = path.join(second, '.manifest');
    fs.chmodSync(manifest, 0o644);
    fs.appendFileSync(manifest, `F ${'0'.repeat(64)} 1 1 z\n`);
    fs.chmodSync(third, 0o755);
    fs.rmSync(path.join(third, '.manifest'));
    const { freedBytes, problems } = await optimise();
    expect(freedBytes).toBe(0);
    expect(problems).toHaveLength(3);
    expect(problems).toEqual(
      expect.arrayContaining([
        { kind: 'skipped', path: path.join(first, 'a'), reason: 'it is not as its manifest says' },
        { kind: 'skipped', path: second, reason: 'its manifest has another digest' },
        { kind: 'skipped', path: third, reason: 'it has no manifest' },
      ]),
    );
  });

  it('enters no directory that has become a link', async () => {
    const one = await add({ name: 'd/a', data: 'same' });
    const two = await add({ name: 'd/a', data: 'same' }, { name: 'b', data: 'b' });
    const outside = path.join(base, 'outside');
    fs.mkdirSync(outside);
    spoil(writeFile(outside, 'a', 'same'), 'same');
    const before = inode(outside, 'a');
    for (const stored of [one, two]) {
      fs.chmodSync(stored, 0o755);
      fs.chmodSync(path.join(stored, 'd'), 0o755);
      fs.rmSync(path.join(stored, 'd'), { recursive: true });
      fs.symlinkSync(outside, path.join(stored, 'd'));
    }
    expect(await optimise()).toMatchObject({ freedBytes: 0 });
    expect(fs.statSync(path.join(outside, 'a')).nlink).toBe(1);
    expect(inode(outside, 'a')).toBe(before);
  });

  it('works on nothing that is not called like a store', async () => {
    const home = path.join(base, 'documents');
    fs.mkdirSync(home);
    await expect(store.stores.optimise(home, { isDryRun: false })).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(store.stores.optimise(`${home}/none`, { isDryRun: false })).rejects.toMatchObject({
      code: 'file-missing',
    });
  });

  it('goes well with others that optimise, add and delete at the same time', async () => {
    const shared = Array.from({ length: 60 }, (_, index) => ({
      name: `d${index % 5}/f${index}`,
      data: `shared ${index}`,
    }));
    const own = (name: string): readonly TarEntry[] => [...shared, { name: `own-${name}`, data: name }];
    for (const name of ['a', 'b', 'c', 'd']) await add(...own(name));
    const doomed = await add(...own('doomed'));
    const archives: { readonly file: string; readonly digest: string }[] = [];
    for (const name of ['e', 'f', 'g']) {
      const entries = own(name).map((entry) => ({ mtime, ...entry }));
      const file = writeFile(base, `late-${name}.tar.gz`, makeTarGz(...entries));
      const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
      archives.push({ file, digest: (await store.stores.digestArchive(request)).digest });
    }
    const env = store.env as Env;
    const commands = [
      ...['', '', ''].map(() => ['store', 'optimise']),
      ...archives.map(({ file, digest }) => ['store', 'add', digest, file]),
    ];
    const running = commands.map((args) => runZerodesk(env, args));
    const entry = (await store.stores.list()).find((one) => one.path === doomed)!;
    await store.stores.remove(entry);
    for (const result of await Promise.all(running))
      expect([result.status, result.stderr]).toEqual([0, expect.not.stringContaining('went wrong')]);

    await expectSound();
    await optimise();
    const stored = (await store.stores.list()).map(({ path: place }) => place);
    expect(stored).toHaveLength(7);
    for (const { name } of shared) expect(new Set(stored.map((place) => inode(place, name))).size).toBe(1);
    await expectSound();
    const audit = await runCommand('0install', env, ['store', 'audit']);
    if (audit.status !== 127 && audit.stdout !== '') expect(audit.stdout).toContain('modified implementations: 0');
  });
});

describe('a damaged copy that is replaced', () => {
  it('stays until the new one is complete, and comes back if that one does not appear', async () => {
    const entries = [{ name: 'a', data: 'right' }];
    const stored = await add(...entries);
    const digest = path.basename(stored);
    spoil(path.join(stored, 'a'), 'wrong');
    const good = archiveStep(
      writeFile(base, 'good.tar.gz', makeTarGz(...entries.map((entry) => ({ mtime, ...entry })))),
    );
    const bad = archiveStep(writeFile(base, 'bad.tar.gz', makeTarGz({ name: 'a', data: 'other', mtime })));

    // Without being told to, it counts as being there.
    expect(await store.stores.add({ digests: [digest], steps: [bad] })).toMatchObject({ path: stored });
    const failing = store.stores.add({ digests: [digest], steps: [bad], replaces: stored });
    await expect(failing).rejects.toMatchObject({ code: 'wrong-digest' });
    expect(fs.readFileSync(path.join(stored, 'a'), 'utf8')).toBe('wrong');

    expect(await store.stores.add({ digests: [digest], steps: [good], replaces: stored })).toMatchObject({
      path: stored,
    });
    expect(await store.stores.verify(stored)).toMatchObject({ isOk: true });
    expect(fs.readdirSync(store.path)).toEqual([digest]);
  });

  it('is left where it may not be deleted, and a good one is put before it', async () => {
    const other = openTestStore(path.join(base, 'other'));
    const entries = [{ name: 'a', data: 'right', mtime }];
    const file = writeFile(base, 'good.tar.gz', makeTarGz(...entries));
    const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
    const { digest } = await other.stores.digestArchive(request);
    const { path: damaged } = await other.stores.add({ digests: [digest], steps: [archiveStep(file)] });
    spoil(path.join(damaged, 'a'), 'wrong');
    const { stores, path: own } = openTestStore(base, { extraStores: [other.path] });
    expect(await stores.lookup([digest])).toMatchObject({ path: damaged });
    const added = await stores.add({ digests: [digest], steps: [archiveStep(file)], replaces: damaged });
    expect(added).toEqual({ path: path.join(own, digest), store: own });
    expect(await stores.lookup([digest])).toEqual(added);
    expect(fs.readFileSync(path.join(damaged, 'a'), 'utf8')).toBe('wrong');
  });
});
