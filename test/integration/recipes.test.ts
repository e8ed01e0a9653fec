import * as fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PreparedStep } from '../../electron/core/ports/store.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { makeTarGz } from '../helpers/make-tar.ts';
import { archiveStep, openTestStore, writeFile, type TestStore } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { describeTree } from '../helpers/tree.ts';

let base: string;
let store: TestStore;
let outside: string;
/** Holds `d/f`, a link `out` to a directory that is not in the tree, and a link `in` to `d`. */
let first: PreparedStep;
let second: PreparedStep;

beforeEach(() => {
  base = tempDir();
  store = openTestStore(base);
  outside = path.join(base, 'outside');
  fs.mkdirSync(outside);
  writeFile(outside, 'victim', 'mine');
  const entries = [
    { name: 'd/f', data: 'file\n' },
    { name: 'd/run', data: '#!/bin/sh\n', mode: 0o755 },
    { name: 'out', type: '2', link: outside },
    { name: 'in', type: '2', link: 'd' },
  ];
  first = archiveStep(writeFile(base, 'first.tar.gz', makeTarGz(...entries)));
  second = archiveStep(writeFile(base, 'second.tar.gz', makeTarGz({ name: 'pkg/g', data: 'second\n' })));
});

const fileStep = (dest: string, executable = false): PreparedStep => ({
  type: 'file',
  file: writeFile(base, 'single', 'single\n'),
  dest,
  executable,
});
const rename = (source: string, dest: string): PreparedStep => ({ type: 'rename', source, dest });
const remove = (what: string): PreparedStep => ({ type: 'remove', path: what });

/** What the steps make, by adding it under the digest that an attempt with a wrong one has told. */
async function build(...steps: readonly PreparedStep[]): Promise<readonly string[]> {
  const wrong: unknown = await store.stores.add({ digests: [noDigest], steps }).catch((error: unknown) => error);
  const digest = (wrong as { readonly params: { readonly actual: string } }).params.actual;
  const { path: stored } = await store.stores.add({ digests: [digest], steps });
  return describeTree(stored)
    .map((line) => line.split(' '))
    .filter(([name]) => name !== '.manifest')
    .map(([name, mode, , target]) => [name, mode, target].filter((text) => text !== '').join(' '));
}

describe('a recipe', () => {
  it('applies its steps in their order', async () => {
    const [inside, away] = ['in 120777 d', `out 120777 ${outside}`];
    expect(await build(first)).toEqual(['d 40555', 'd/f 100444', 'd/run 100555', inside, away]);
    expect(
      await build(
        first,
        { ...second, dest: 'lib//./sub', extract: 'pkg' } as PreparedStep,
        fileStep('bin/tool', true),
        rename('d/f', 'lib/f'),
        remove('d'),
        fileStep('d'),
      ),
    ).toEqual([
      'bin 40555',
      'bin/tool 100555',
      'd 100444',
      inside,
      'lib 40555',
      'lib/f 100444',
      'lib/sub 40555',
      'lib/sub/g 100444',
      away,
    ]);
    // The other way round there is nothing to rename yet.
    const early = store.stores.add({ digests: [noDigest], steps: [rename('d/f', 'x'), first] });
    await expect(early).rejects.toMatchObject({ code: 'recipe-failed', params: { step: 'rename d/f to x' } });
  });

  it('gives single files the time 0, and replaces what has the name', async () => {
    const steps = [first, fileStep('d/f')];
    const wrong: unknown = await store.stores.add({ digests: [noDigest], steps }).catch((error: unknown) => error);
    const digest = (wrong as { readonly params: { readonly actual: string } }).params.actual;
    const { path: stored } = await store.stores.add({ digests: [digest], steps });
    expect(fs.statSync(path.join(stored, 'd/f')).mtimeMs).toBe(0);
    expect(fs.readFileSync(path.join(stored, 'd/f'), 'utf8')).toBe('single\n');
  });

  it('copies from another implementation, with execute bits, links and times', async () => {
    const whole = await build(first);
    const other = path.join(store.path, fs.readdirSync(store.path)[0]!);
    const copy = (source: string | null, dest: string | null): PreparedStep => ({
      type: 'copy-from',
      directory: other,
      source,
      dest,
    });
    expect(await build(copy('d', 'e'), copy('d/run', null))).toEqual([
      'd 40555',
      'd/run 100555',
      'e 40555',
      'e/f 100444',
      'e/run 100555',
    ]);
    expect(await build(copy(null, 'all'))).toEqual(['all 40555', ...whole.map((line) => `all/${line}`)]);
  });

  it.each<[string, () => PreparedStep]>([
    ['file through a link', () => fileStep('out/new')],
    ['file through a link inside', () => fileStep('in/new')],
    ['file deep through a link', () => fileStep('out/a/b/c')],
    ['file in place of a link', () => fileStep('out')],
    ['file outside', () => fileStep('../new')],
    ['file above and back', () => fileStep('d/../new')],
    ['file at an absolute path', () => fileStep('/tmp/new')],
    ['file with a backslash', () => fileStep('d\\new')],
    ['file at the top', () => fileStep('.')],
    ['file below a file', () => fileStep('d/f/new')],
    ['archive through a link', () => ({ ...second, dest: 'out' })],
    ['archive below a link', () => ({ ...second, dest: 'out/sub' })],
    ['rename from behind a link', () => rename('out/victim', 'x')],
    ['rename to behind a link', () => rename('d/f', 'out/f')],
    ['rename of a link', () => rename('out', 'x')],
    ['rename into itself', () => rename('d', 'd/x')],
    ['rename of nothing', () => rename('none', 'x')],
    ['rename onto a full directory', () => rename('d/f', 'd')],
    ['remove behind a link', () => remove('out/victim')],
    ['remove of a link', () => remove('out')],
    ['remove of everything', () => remove('')],
    ['remove of nothing', () => remove('none')],
    ['copy to behind a link', () => ({ type: 'copy-from', directory: outside, source: null, dest: 'out' })],
    ['copy from behind a link', () => ({ type: 'copy-from', directory: base, source: 'link/victim', dest: 'x' })],
  ])('refuses a step and leaves nothing: %s', async (_title, step) => {
    fs.symlinkSync(outside, path.join(base, 'link'));
    const adding = store.stores.add({ digests: [noDigest], steps: [first, step()] });
    await expect(adding).rejects.toMatchObject({ code: 'recipe-failed' });
    expect(fs.readdirSync(store.path)).toEqual([]);
    expect(describeTree(outside)).toEqual([expect.stringContaining('victim 100644')]);
  });
});
