import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyTree } from '../../../electron/adapters/store/digest-tree.ts';
import { Pace } from '../../../electron/adapters/tree/pace.ts';
import { hashHex } from '../../../electron/adapters/tree/hashing.ts';
import { parseDigestInput } from '../../../electron/core/manifest/digest-name.ts';
import { printRequest } from '../../../electron/core/sharing/protocol.ts';
import { Ledger } from '../../../electron/secure-add/ledger.ts';
import { parsePolicy } from '../../../electron/secure-add/policy.ts';
import {
  add,
  ask,
  converse,
  handOver,
  makeShareWorld,
  plainTree,
  storeOf,
  streamOf,
  withManifest,
} from '../../helpers/sharing.ts';
import { mountSmall } from '../../helpers/store-soak.ts';
import { fastTempDir, tempDir } from '../../helpers/temp-dir.ts';

const isRoot = process.getuid?.() === 0;
const place = (base: string, name = 'tree'): string => path.join(base, name);

describe('adding a directory', () => {
  it('copies what the manifest lists, read-only and with its times, and keeps what is there', async () => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base), [
      ...plainTree,
      { path: 'bin/privileged', type: 'file', contentUtf8: 'x', mode: '6755', mtime: 7 },
    ]);
    fs.writeFileSync(path.join(tree.directory, 'not listed'), 'extra');
    const other = path.join(base, 'second name');
    fs.linkSync(path.join(tree.directory, 'readme'), other);

    expect(await add(world, tree)).toBe('stored');
    const stored = path.join(world.store, tree.digest);
    expect(await verifyTree({ path: stored, expected: parseDigestInput(tree.digest) }, new Pace())).toEqual({
      isOk: true,
      digest: tree.digest,
    });
    const modes = Object.fromEntries(
      ['', 'bin', 'bin/run', 'bin/privileged', 'readme', '.manifest'].map((name) => [
        name,
        (fs.lstatSync(path.join(stored, name)).mode & 0o7777).toString(8),
      ]),
    );
    expect(modes).toEqual({
      '': '555',
      bin: '555',
      'bin/run': '555',
      'bin/privileged': '555',
      readme: '444',
      '.manifest': '444',
    });
    expect(fs.existsSync(path.join(stored, 'not listed'))).toBe(false);
    // The caller may change what he has a name for.
    fs.writeFileSync(other, 'changed');
    expect(fs.readFileSync(path.join(stored, 'readme'), 'utf8')).toBe('read me\n');
    const before = storeOf(world);
    expect(await add(world, tree)).toBe('have');
    expect(storeOf(world)).toEqual(before);
    expect(fs.readdirSync(world.store)).toEqual([tree.digest]);
  });

  it.each(['sha1new', 'sha256', 'sha256new'] as const)('knows %s', async (algorithm) => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base), plainTree, algorithm);
    expect(await add(world, tree)).toBe('stored');
  });

  it('refuses sha1, and says why', async () => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base), plainTree, 'sha1');
    expect(await add(world, tree)).toBe('algorithm');
    expect(
      await converse(world, [printRequest({ request: 'add', digest: tree.digest, manifestBytes: 0, totalBytes: 0 })]),
    ).toMatchObject([
      {
        state: 'refused',
        code: 'algorithm',
        reason: expect.stringContaining('two trees can have one sha1 digest') as string,
      },
    ]);
    expect(storeOf(world)).toEqual([]);
  });

  it.each([
    '..',
    '../x',
    'sha256=../../x',
    `sha256new_${'a'.repeat(52)}`,
    `sha256new_${'A'.repeat(52)}/..`,
    '',
    'tmp-1',
  ])('takes no path for a digest: %j', async (digest) => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const { directory } = await handOver(place(base));
    expect(await add(world, { directory, digest })).toBe('format');
    expect(storeOf(world)).toEqual([]);
  });
});

describe('a manifest that lies, with the digest that it has', () => {
  const hash = hashHex('sha256', '');
  const file = (name: string): string => `F ${hash} 0 0 ${name}\n`;
  it.each([
    ['a file in the implementation of somebody else', file(`../sha256new_${'A'.repeat(52)}/evil`)],
    ['the name ..', file('..')],
    ['a directory above', `D /..\n${file('x')}`],
    ['a directory without its parent', `D /b/c\n${file('x')}`],
    ['a number in another form', `F ${hash} 0 0x0 a\n`],
    ['two spaces', `F ${hash}  0 0 a\n`],
    ['another order', file('b') + file('a')],
    ['one name twice', file('a') + file('a')],
    ['a file and a directory of one name', `${file('a')}D /a\n`],
    ['its own name', file('.manifest')],
    ['no end of the last line', file('a').trimEnd()],
    ['a line of the old format', `D 0 /a\n`],
    ['a huge time', `F ${hash} 9999999999999999 0 a\n`],
    ['bytes that are no text', Buffer.from([0x46, 0x20, 0xff, 0x0a]).toString('latin1')],
  ])('%s', async (_, manifest) => {
    const base = tempDir();
    const world = makeShareWorld(base);
    fs.mkdirSync(path.join(world.store, `sha256new_${'A'.repeat(52)}`));
    const tree = withManifest(
      await handOver(place(base), [{ path: 'a', type: 'file', contentUtf8: '', mtime: 0 }]),
      manifest,
    );
    const before = storeOf(world);
    expect(await add(world, tree)).toBe('format');
    expect(storeOf(world)).toEqual(before);
  });

  it('more than it may list', async () => {
    const base = tempDir();
    const tree = await handOver(place(base), [{ path: 'a', type: 'file', contentUtf8: '', mtime: 0 }]);
    const refused = async (manifest: string, limits = {}): Promise<string> =>
      add(makeShareWorld(base, { limits }), withManifest(tree, manifest));
    const deep = Array.from({ length: 300 }, (_, index) => `D ${'/d'.repeat(index + 1)}\n`).join('');
    expect(await refused(deep)).toBe('format');
    expect(await refused(file('a') + file('b'), { entries: 1 })).toBe('format');
    expect(await refused(file('a'), { manifestBytes: 10 })).toBe('format');
    expect(await refused(file('n'.repeat(256)))).toBe('format');
    expect(await refused(`D /${'n'.repeat(256)}\n`)).toBe('format');
    expect(await refused(`D /${'n'.repeat(200)}${`/${'n'.repeat(200)}`.repeat(20)}\n`)).toBe('format');
  });

  it('another digest than its own', async () => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base));
    fs.appendFileSync(path.join(tree.directory, '.manifest'), file('z'));
    expect(await add(world, tree)).toBe('digest');
  });
});

describe('a tree that is not what its manifest says', () => {
  const replaced = async (name: string, change: (file: string, base: string) => void): Promise<string> => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base));
    const target = path.join(tree.directory, name);
    fs.rmSync(target, { recursive: true });
    change(target, base);
    const result = await add(world, tree);
    expect(storeOf(world)).toEqual([]);
    expect(await ask(world, { request: 'log' })).toMatchObject({
      events: [{ action: 'refused', digest: tree.digest, uid: 1001, reason: result }],
    });
    return result;
  };
  const secret = (base: string): string => {
    const file = path.join(base, 'secret');
    fs.writeFileSync(file, 'read me\n');
    return file;
  };

  it('changed contents, length, or nothing there', async () => {
    expect(await replaced('readme', (file) => fs.writeFileSync(file, 'read ME\n'))).toBe('digest');
    expect(await replaced('readme', (file) => fs.writeFileSync(file, 'read me, please\n'))).toBe('size');
    expect(await replaced('readme', () => {})).toBe('missing');
    expect(await replaced('bin', () => {})).toBe('missing');
  });

  it('a link to a file with the same contents, also in a directory that is a link', async () => {
    expect(await replaced('readme', (file, base) => fs.symlinkSync(secret(base), file))).toBe('type');
    expect(
      await replaced('bin', (file, base) => {
        fs.mkdirSync(path.join(base, 'elsewhere'));
        fs.writeFileSync(path.join(base, 'elsewhere/run'), '#!/bin/sh\necho hello\n');
        fs.symlinkSync(path.join(base, 'elsewhere'), file);
      }),
    ).toBe('type');
    expect(await replaced('bin/again', (file) => fs.symlinkSync('RUN', file))).toBe('digest');
    expect(await replaced('bin/again', (file) => fs.symlinkSync('elsewhere', file))).toBe('size');
    expect(await replaced('bin/again', (file) => fs.writeFileSync(file, 'run'))).toBe('type');
  });

  it('a second name of a file that only the helper may read', async () => {
    expect(
      await replaced('readme', (file, base) => {
        fs.chmodSync(secret(base), 0o600);
        fs.linkSync(secret(base), file);
      }),
    ).toBe('type');
  });

  it('a pipe that nobody writes to, and a directory', async () => {
    expect(await replaced('share/empty', (file) => execFileSync('mkfifo', [file]))).toBe('type');
    expect(await replaced('share/empty', (file) => fs.mkdirSync(file))).toBe('type');
  });

  it.skipIf(!isRoot)('devices', async () => {
    expect(await replaced('share/empty', (file) => execFileSync('mknod', [file, 'c', '1', '3']))).toBe('type');
    expect(await replaced('share/empty', (file) => execFileSync('mknod', [file, 'c', '5', '0']))).toBe('type');
  });

  it('a manifest that is a link: nothing of what it leads to is told', async () => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base));
    fs.rmSync(path.join(tree.directory, '.manifest'));
    fs.symlinkSync(secret(base), path.join(tree.directory, '.manifest'));
    expect(await add(world, tree)).toBe('type');
    fs.rmSync(path.join(tree.directory, '.manifest'));
    expect(await add(world, tree)).toBe('missing');
  });
});

describe('adding by a stream', () => {
  it('stores the same tree, in whatever pieces it comes', async () => {
    const base = tempDir();
    const tree = await handOver(place(base));
    const { head, body } = streamOf(tree);
    const directly = makeShareWorld(path.join(base, 'directly'));
    await add(directly, tree);
    const all = Buffer.concat([Buffer.from(head), body]);
    for (const size of [97, 4093, 65_536, 10_000_000]) {
      const world = makeShareWorld(path.join(base, `in ${size}`));
      const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
        all.subarray(n * size, (n + 1) * size),
      );
      expect(await converse(world, pieces)).toEqual([{ state: 'send' }, { state: 'stored' }]);
      expect(storeOf(world)).toEqual(storeOf(directly));
      expect(await converse(world, [head])).toEqual([{ state: 'have' }]);
    }
  });

  it('leaves nothing when the caller goes away, is silent, drips or sends something else', async () => {
    const base = tempDir();
    const tree = await handOver(place(base));
    const { head, body } = streamOf(tree);
    const world = makeShareWorld(base, { limits: { silenceMs: 50 } });
    const refusal = (code: string): unknown => expect.objectContaining({ state: 'refused', code }) as unknown;
    const send = { state: 'send' };
    expect(await converse(world, [head, body.subarray(0, 1000)])).toEqual([send, refusal('cancelled')]);
    expect(await converse(world, [head, body.subarray(0, 1000)], { isEnded: false })).toEqual([
      send,
      refusal('timeout'),
    ]);
    expect(await converse(world, [], { isEnded: false })).toEqual([refusal('timeout')]);
    const wrong = Buffer.from(body);
    wrong[3] = 0;
    expect(await converse(world, [head, wrong])).toEqual([send, refusal('digest')]);
    expect(await converse(world, [head.replace(/"totalBytes":\d+/, '"totalBytes":5'), body])).toEqual([
      refusal('format'),
    ]);
    expect(await converse(world, ['x'.repeat(300_000)])).toEqual([refusal('format')]);
    for (const line of [
      '',
      '[]',
      'null',
      '{"v":2}',
      '{"v":1,"request":"rm"}',
      '{"v":1,"digest":"x","manifestBytes":-1,"totalBytes":0}',
    ]) {
      expect(await converse(world, [`${line}\n`])).toEqual([refusal('format')]);
    }
    const many = Array.from({ length: 1001 }, () => tree.digest);
    expect(await converse(world, [printRequest({ request: 'claim', digests: many })])).toEqual([refusal('format')]);
    expect(storeOf(world)).toEqual([]);
    expect(fs.readdirSync(path.join(world.usage, 'reserved'))).toEqual([]);
  });
});

describe('what one user may have', () => {
  it('bytes, items, and adds within an hour', async () => {
    const base = tempDir();
    const trees = await Promise.all(
      [0, 1, 2].map((n) =>
        handOver(place(base, `t${n}`), [{ path: 'f', type: 'file', contentUtf8: `${n}`, mtime: n }]),
      ),
    );
    const results = async (policy: object, changes: object = {}): Promise<readonly string[]> => {
      const world = makeShareWorld(fs.mkdtempSync(path.join(base, 'world-')), { policy, ...changes });
      const found: string[] = [];
      for (const tree of trees) found.push(await add(world, tree));
      return found;
    };
    expect(await results({ countPerUser: 2 })).toEqual(['stored', 'stored', 'quota']);
    expect(await results({ addsPerHour: 1 })).toEqual(['stored', 'quota', 'quota']);
    expect(await results({ bytesPerUser: 30_000 })).toEqual(['stored', 'stored', 'quota']);
    expect(await results({ countPerUser: 0 }, { uid: 0 })).toEqual(['stored', 'stored', 'stored']);
    let nowMs = Date.now();
    expect(await results({ addsPerHour: 1 }, { now: () => (nowMs += 3_600_001) })).toEqual([
      'stored',
      'stored',
      'stored',
    ]);
    expect(await results({ freeBytes: Number.MAX_SAFE_INTEGER }, { uid: 0 })).toEqual(['space', 'space', 'space']);
    expect(await results({}, { limits: { addsAtOnce: 0 } })).toEqual(['busy', 'busy', 'busy']);
  });

  it('what is being stored at the same time counts', async () => {
    const base = tempDir();
    const world = makeShareWorld(base, { policy: { bytesPerUser: 100 } });
    const ledger = new Ledger(world);
    ledger.reserve('tmp-1', `sha256new_${'A'.repeat(52)}`, 60);
    expect(() => {
      ledger.reserve('tmp-2', `sha256new_${'B'.repeat(52)}`, 60);
    }).toThrow('share of bytes');
    ledger.settle('tmp-1', null);
    ledger.reserve('tmp-2', `sha256new_${'B'.repeat(52)}`, 60);
  });

  it('limits of the administrator', () => {
    expect(parsePolicy('{"graceDays": 3}')).toMatchObject({ graceDays: 3, freePercent: 5 });
    for (const text of ['', '[]', '{"graceDays": -1}', '{"graceDays": "3"}', '{"other": 1}'])
      expect(parsePolicy(text)).toBeNull();
  });
});

describe('a store that is not in order', () => {
  it('is not written to', async () => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base));
    fs.chmodSync(world.store, 0o777);
    expect(await add(world, tree)).toBe('setup');
    fs.chmodSync(world.store, 0o755);
    fs.rmSync(world.usage, { recursive: true });
    expect(await add(world, tree)).toBe('setup');
    fs.symlinkSync(base, world.usage);
    expect(await add(world, tree)).toBe('setup');
  });

  it.skipIf(!isRoot)('a full disk refuses and leaves nothing', async () => {
    const base = fastTempDir();
    const unmount = mountSmall(path.join(base, 'small'), 200_000);
    if (unmount === null) {
      process.stderr.write('SKIPPED: no file system can be mounted here\n');
      return;
    }
    try {
      const world = makeShareWorld(path.join(base, 'small'));
      expect(await add(world, await handOver(place(base)))).toBe('space');
      const small = await handOver(place(base, 'small tree'), [
        { path: 'f', type: 'file', contentUtf8: 'f', mtime: 1 },
      ]);
      expect(await add(world, small)).toBe('stored');
      expect(fs.readdirSync(world.store)).toEqual([small.digest]);
    } finally {
      unmount();
    }
  });

  it('what helpers that were killed left is deleted, and what they had made visible gets its account', async () => {
    const base = tempDir();
    const world = makeShareWorld(base);
    const tree = await handOver(place(base));
    expect(await add(world, tree)).toBe('stored');
    fs.rmSync(path.join(world.usage, tree.digest), { recursive: true });
    const dead = fs.readdirSync(world.store).length;
    // A process number that no process has, of this machine since its start.
    const { temporaryName } = await import('../../../electron/adapters/store/temporary-owner.ts');
    const name = temporaryName().replace(/-\d+-(\d+)-([0-9a-f]+)$/, '-4194303-$1-$2');
    fs.mkdirSync(path.join(world.store, name, 'half'), { recursive: true });
    fs.writeFileSync(path.join(world.usage, 'reserved', name), `1001 4096 ${tree.digest}\n`);
    const small = await handOver(place(base, 'other'), [{ path: 'f', type: 'file', contentUtf8: 'f', mtime: 1 }]);
    expect(await add(world, small)).toBe('stored');
    expect(fs.readdirSync(world.store)).toHaveLength(dead + 1);
    expect(fs.readdirSync(path.join(world.usage, 'reserved'))).toEqual([]);
    expect(await ask(world, { request: 'status' })).toMatchObject({ status: { user: { count: 2 } } });
  });
});
