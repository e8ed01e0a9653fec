import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { noDigest } from '../helpers/archive-cases.ts';
import { makeTar } from '../helpers/make-tar.ts';
import { archiveStep, hasReference, referenceDigest, writeFile } from '../helpers/store-bench.ts';
import { makeWritable, openStore as open, package1 } from '../helpers/opened-store.ts';

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
