import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createStores } from '../../electron/adapters/store/stores.ts';
import type { PreparedStep } from '../../electron/core/ports/store.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { makeTar } from '../helpers/make-tar.ts';
import { archiveStep, openTestStore, writeFile } from '../helpers/store-bench.ts';
import { mountSmall } from '../helpers/store-soak.ts';
import { describeTree } from '../helpers/tree.ts';
import { openStore as open } from '../helpers/opened-store.ts';

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
