import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../helpers/desk-world.ts';
import { hasReference } from '../helpers/reference.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { shownOnTerminal } from '../helpers/terminal.ts';

const algorithms = ['sha1', 'sha1new', 'sha256', 'sha256new'] as const;
const unknown = `sha256new_${'D'.repeat(52)}`;

describe.skipIf(!hasReference())('store commands beside the reference', () => {
  /** Two homes with the same contents, one for each program: what one changes, the other must not find changed. */
  let homes: Readonly<Record<'own' | 'their', string>>;
  const envOf = (home: string): Env => ({
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: home,
    LC_ALL: 'C.UTF-8',
    XDG_CACHE_DIRS: '',
    XDG_CONFIG_DIRS: '',
    XDG_DATA_DIRS: '',
  });
  const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(envOf(homes.own), args);
  const reference = (...args: readonly string[]): Promise<CommandResult> =>
    runCommand('0install', envOf(homes.their), args);
  const storeIn = (home: string): string => path.join(home, '.cache/0install.net/implementations');
  const digests = new Map<string, string>();

  beforeEach(async () => {
    const base = tempDir();
    homes = { own: path.join(base, 'own'), their: path.join(base, 'them') };
    for (const home of Object.values(homes)) {
      fs.mkdirSync(home);
      makeTrees(home);
    }
    for (const tree of ['one', 'two']) {
      for (const algorithm of algorithms) {
        const { stdout } = await reference('digest', `--algorithm=${algorithm}`, tree);
        digests.set(`${tree} ${algorithm}`, stdout.trim());
      }
    }
  });

  const digest = (tree: string, algorithm = 'sha256new'): string => digests.get(`${tree} ${algorithm}`)!;

  /** Both end with the same status, show the same on standard output, and say something on standard error or nothing. */
  async function agree(args: readonly string[], status = 0): Promise<string> {
    const [own, their] = await Promise.all([ours(...args), reference(...args)]);
    const inHome = (text: string, home: string): string => shownOnTerminal(text).replaceAll(home, '~');
    expect([args, their.status], their.stderr).toEqual([args, status]);
    expect([args, own.status, inHome(own.stdout, homes.own)], own.stderr).toEqual([
      args,
      status,
      // The reference writes its usage and some traces to standard output when a command line is wrong.
      inHome(their.stdout, homes.their),
    ]);
    if (status !== 0) expect(own.stderr + own.stdout).not.toMatch(/undefined|\[object|inside Zerodesk|^\s+at /m);
    return own.stdout;
  }

  it('digest and manifest, of directories, links to them and implementations', async () => {
    for (const algorithm of algorithms) {
      await agree(['digest', `--algorithm=${algorithm}`, 'one']);
      await agree(['digest', '-m', `--algorithm=${algorithm}`, 'two']);
      await agree(['digest', '-m', '-d', `--algorithm=${algorithm}`, 'link']);
      await agree(['store', 'manifest', 'one', algorithm]);
    }
    await agree(['store', 'manifest', 'one']);
    await agree(['store', 'manifest', 'link']);
    await agree(['store', 'add', digest('one', 'sha256'), 'one']);
    const stored = path.join('.cache/0install.net/implementations', digest('one', 'sha256'));
    await agree(['store', 'manifest', stored]);
    await agree(['store', 'manifest', stored, 'sha1new']);
    await agree(['store', 'manifest', 'one', 'md5'], 1);
    await agree(['store', 'manifest', 'nowhere'], 1);
    await agree(['digest', '--algorithm=md5', 'one'], 1);
    await agree(['digest', 'one', 'extract'], 1);
    await agree(['digest', 'one/text'], 1);
  });

  it('add of a directory and of archives: the same trees, quietly', async () => {
    for (const algorithm of ['sha1new', 'sha256', 'sha256new']) {
      await agree(['store', 'add', digest('one', algorithm), 'one']);
      await agree(['store', 'add', digest('one', algorithm), 'one']);
      await agree(['store', 'find', digest('one', algorithm)]);
    }
    await agree(['store', 'add', digest('two'), 'two.tar.gz', 'two']);
    await agree(['store', 'add', digest('two'), 'two.tar.gz', 'two']);
    expect(treeOf(storeIn(homes.own))).toEqual(treeOf(storeIn(homes.their)));

    await agree(['store', 'add', unknown, 'one'], 1);
    await agree(['store', 'add', unknown, 'two.tar.gz', 'nowhere'], 1);
    await agree(['store', 'add', unknown, 'two.tar.gz'], 1);
    await agree(['store', 'add', 'nonsense', 'one'], 1);
    await agree(['store', 'add', unknown, 'nowhere'], 1);
    await agree(['store', 'add', unknown, 'one/text'], 1);
    await agree(['store', 'add', unknown, 'one', 'extract'], 1);
    expect(treeOf(storeIn(homes.own))).toEqual(treeOf(storeIn(homes.their)));
  });

  it('find and list', async () => {
    await agree(['store', 'list']);
    await agree(['store', 'find', unknown], 1);
    await agree(['store', 'find', 'nonsense'], 1);
    await agree(['store', 'add', digest('one'), 'one']);
    await agree(['store', 'find', digest('one').replace('_', '=')]);
  });

  it('copy into another store, checked on the way', async () => {
    for (const algorithm of algorithms.slice(1)) await agree(['store', 'add', digest('one', algorithm), 'one']);
    for (const home of Object.values(homes)) fs.mkdirSync(path.join(home, 'other'));
    for (const algorithm of algorithms.slice(1)) {
      const stored = path.join('.cache/0install.net/implementations', digest('one', algorithm));
      await agree(['store', 'copy', stored, 'other']);
      await agree(['store', 'copy', `${stored}/`, 'other']);
      await agree(['store', 'copy', stored]);
      await agree(['store', 'verify', path.join('other', digest('one', algorithm))]);
    }
    const stored = path.join('.cache/0install.net/implementations', digest('one'));
    await agree(['store', 'copy', stored, 'nowhere'], 1);
    await agree(['store', 'copy', 'one', 'other'], 1);
    for (const home of Object.values(homes)) {
      fs.mkdirSync(path.join(home, 'third'));
      spoil(path.join(home, stored, 'text'));
    }
    await agree(['store', 'copy', stored, 'third'], 1);
    expect(fs.readdirSync(path.join(homes.own, 'third'))).toEqual([]);
  });

  it('verify and audit, also of what was changed', async () => {
    await agree(['store', 'audit']);
    for (const algorithm of algorithms.slice(1)) await agree(['store', 'add', digest('one', algorithm), 'one']);
    await agree(['store', 'add', digest('two'), 'two']);
    for (const home of Object.values(homes)) {
      fs.mkdirSync(path.join(storeIn(home), 'foreign'));
      fs.writeFileSync(path.join(storeIn(home), 'file'), '');
      fs.mkdirSync(path.join(home, 'empty'));
    }
    await agree(['store', 'verify', digest('one')]);
    await agree(['store', 'verify', 'one', digest('one')]);
    await agree(['store', 'verify', 'link', digest('one')]);
    await agree(['store', 'audit']);
    await agree(['store', 'audit', '.cache/0install.net/implementations']);
    await agree(['store', 'audit', 'one', 'empty']);
    await agree(['store', 'audit', 'nowhere'], 1);

    for (const home of Object.values(homes)) {
      spoil(path.join(storeIn(home), digest('one'), 'text'));
      fs.rmSync(path.join(storeIn(home), digest('two'), '.manifest'), { force: true });
      const renamed = path.join(storeIn(home), digest('one', 'sha256'));
      spawnSync('chmod', ['u+w', renamed]);
      fs.renameSync(renamed, path.join(storeIn(home), `sha256=${'0'.repeat(64)}`));
    }
    await agree(['store', 'verify', digest('one')], 1);
    await agree(['store', 'verify', path.join('.cache/0install.net/implementations', digest('one'))], 1);
    await agree(['store', 'verify', digest('two')]);
    const shown = await agree(['store', 'audit'], 1);
    expect(shown).toContain('Corrupted or modified implementations: 2');
    await agree(['store', 'audit', '.cache/0install.net/implementations/'], 1);
  });

  it('optimise, twice: the same bytes saved, and the same files joined', async () => {
    await agree(['store', 'optimise'], 1);
    for (const algorithm of algorithms.slice(1)) await agree(['store', 'add', digest('one', algorithm), 'one']);
    await agree(['store', 'add', digest('two'), 'two']);
    for (const home of Object.values(homes)) {
      spawnSync('0install', ['store', 'add', digest('two', 'sha1'), 'two'], { env: envOf(home), cwd: home });
      fs.mkdirSync(path.join(storeIn(home), 'foreign'));
    }
    expect(await agree(['store', 'optimise'])).toMatch(/Space freed up : .* \([0-9.]+%\)/);
    expect(linksIn(storeIn(homes.own))).toEqual(linksIn(storeIn(homes.their)));
    expect(await agree(['store', 'optimise', '.cache/0install.net/implementations'])).toContain('No duplicates found');
    await agree(['store', 'audit']);
    await agree(['store', 'optimise', 'one'], 1);
    await agree(['store', 'optimise', 'nowhere'], 1);
    expect(treeOf(storeIn(homes.own))).toEqual(treeOf(storeIn(homes.their)));
  });

  it('optimise --dry-run only counts', async () => {
    for (const algorithm of ['sha256', 'sha256new']) await ours('store', 'add', digest('one', algorithm), 'one');
    const before = linksIn(storeIn(homes.own));
    const { stdout } = await ours('--dry-run', 'store', 'optimise');
    expect(stdout).toContain('nothing was changed');
    expect(linksIn(storeIn(homes.own))).toEqual(before);
    const strip = (text: string): string => text.replace('[dry-run] nothing was changed\n', '');
    expect((await ours('store', 'optimise')).stdout).toBe(strip(stdout));
    expect(linksIn(storeIn(homes.own))).not.toEqual(before);
  });

  it.each([
    [['add']],
    [['add', unknown]],
    [['copy']],
    [['manifest']],
    [['find']],
    [['list', 'x']],
    [['verify']],
    [['optimise', 'a', 'b']],
  ])('too few or too many arguments: %j', async (args) => {
    const [own, their] = await Promise.all([ours('store', ...args), reference('store', ...args)]);
    expect([own.status, their.status]).toEqual([1, 1]);
    expect(own.stderr).toContain(`Usage: 0desk store ${args[0]}`);
  });
});

/** Two trees that share files, an archive of one of them, and a link to the other. */
function makeTrees(home: string): void {
  const write = (name: string, data: string | Buffer, mode = 0o644): void => {
    const file = path.join(home, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, data);
    fs.chmodSync(file, mode);
  };
  for (const tree of ['one', 'two']) {
    write(`${tree}/text`, 'words\n');
    write(`${tree}/bin/run`, '#!/bin/sh\necho run\n', 0o755);
    write(`${tree}/share/big`, Buffer.alloc(3_000_000, 'big '));
    write(`${tree}/share/ä b`, 'odd name\n');
    fs.symlinkSync('run', path.join(home, tree, 'bin/again'));
    fs.mkdirSync(path.join(home, tree, 'nothing'));
  }
  write('two/text', 'other words\n');
  write('two/copy of run', '#!/bin/sh\necho run\n', 0o755);
  write('two/run as text', '#!/bin/sh\necho run\n');
  spawnSync('find', ['one', 'two', '-exec', 'touch', '-h', '-d', '@1500000000', '{}', '+'], { cwd: home });
  spawnSync('tar', ['czf', 'two.tar.gz', 'two'], { cwd: home });
  fs.symlinkSync('one', path.join(home, 'link'));
}

/** Changes a stored file without changing its size. */
function spoil(file: string): void {
  const time = new Date(1_500_000_000_000);
  fs.chmodSync(file, 0o644);
  fs.writeFileSync(file, Buffer.alloc(fs.statSync(file).size, '?'));
  fs.utimesSync(file, time, time);
  fs.chmodSync(file, 0o444);
}

/** Names, modes and times of everything in a store. */
function treeOf(store: string): readonly string[] {
  const { stdout } = spawnSync('find', ['.', '-mindepth', '1', '-printf', '%P %M %s %l\n'], {
    cwd: store,
    encoding: 'utf8',
  });
  return stdout
    .split('\n')
    .map((line) => (line.includes(' d') ? line.replace(/ \d+ $/, '') : line))
    .sort();
}

/** The names of each file that has several. */
function linksIn(store: string): readonly string[] {
  const { stdout } = spawnSync('find', ['.', '-type', 'f', '-links', '+1', '-printf', '%i %P\n'], {
    cwd: store,
    encoding: 'utf8',
  });
  const groups = new Map<string, string[]>();
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const space = line.indexOf(' ');
    const inode = line.slice(0, space);
    groups.set(inode, [...(groups.get(inode) ?? []), line.slice(space + 1)].sort());
  }
  return [...groups.values()].map((names) => names.join(' = ')).sort();
}
