import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { tarOfTree } from '../../../electron/adapters/nearby/tar-of-tree.ts';
import { parseManifest } from '../../../electron/core/manifest/parse-manifest.ts';
import { runCommand, type CommandResult } from '../../helpers/desk-world.ts';
import { handOver, plainTree } from '../../helpers/sharing.ts';
import { archiveStep, openTestStore, writeFile } from '../../helpers/store-bench.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const program = fileURLToPath(new URL('../../../bin/0desk', import.meta.url));

it('the archive that is sent unpacks to the same tree, also with long names and strange times', async () => {
  const base = tempDir();
  const long = 'n'.repeat(180);
  const tree = await handOver(path.join(base, 'tree'), [
    ...plainTree,
    { path: long, type: 'dir' },
    { path: `${long}/${long}`, type: 'file', contentUtf8: 'long', mode: '0755', mtime: 4_000_000_000 },
    { path: 'old', type: 'file', contentUtf8: 'old', mode: '0644', mtime: -5 },
    { path: 'far', type: 'symlink', target: `../${long}` },
    { path: 'empty', type: 'dir' },
  ]);
  const parsed = parseManifest(Buffer.from(tree.manifest), 'sha256new', { source: 'test' });
  const file = writeFile(base, 'sent.tar', await buffer(Readable.from(tarOfTree(parsed, tree.directory))));
  const { stores } = openTestStore(path.join(base, 'home'));
  await stores.add({ digests: [tree.digest], steps: [archiveStep(file)] });
  const stored = await stores.lookup([tree.digest]);
  expect(await stores.verify(stored!.path)).toEqual({ isOk: true, digest: tree.digest });
});

const canMakeNetworks =
  process.getuid?.() === 0 && spawnSync('unshare', ['--net', 'ip', 'link', 'add', 'type', 'veth']).status === 0;
if (!canMakeNetworks) process.stderr.write('SKIPPED: two computers in one network: needs root and ip netns\n');

describe.skipIf(!canMakeNetworks)('two computers in one network', () => {
  const names = ['a', 'b'].map((letter) => `zd${randomInt(1e6)}${letter}`) as [string, string];
  const net = randomInt(1, 250);
  const address = { a: `10.213.${net}.1`, b: `10.213.${net}.2` };
  const ip = (...args: readonly string[]): void => {
    execFileSync('ip', args, { stdio: 'pipe' });
  };

  beforeAll(() => {
    const [a, b] = names;
    ip('netns', 'add', a);
    ip('netns', 'add', b);
    ip('link', 'add', a, 'netns', a, 'type', 'veth', 'peer', 'name', b, 'netns', b);
    for (const [name, own] of [
      [a, address.a],
      [b, address.b],
    ] as const) {
      ip('-n', name, 'addr', 'add', `${own}/24`, 'dev', name);
      ip('-n', name, 'link', 'set', name, 'up');
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
  });
  afterAll(() => {
    for (const name of names) ip('netns', 'del', name);
  });

  const envOf = (home: string): Record<string, string> => {
    fs.mkdirSync(home, { recursive: true });
    return {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: home,
      LC_ALL: 'C.UTF-8',
      XDG_CACHE_DIRS: '',
      XDG_CONFIG_DIRS: '',
      XDG_DATA_DIRS: '',
      ZERODESK_NODE: process.execPath,
      // Nobody nearby is asked through it.
      http_proxy: 'http://127.0.0.1:9',
    };
  };
  const inB = (home: string, ...args: readonly string[]): Promise<CommandResult> =>
    runCommand('ip', envOf(home), ['netns', 'exec', names[1], program, ...args]);
  const storeOf = (home: string): string => path.join(home, '.cache/0install.net/implementations');

  /** Serves a home from the first computer until the test is finished. @returns what it prints, and its port */
  const serve = async (
    home: string,
  ): Promise<{ readonly lines: () => string; readonly port: number; readonly child: ChildProcess }> => {
    const child = spawn('ip', ['netns', 'exec', names[0], program, 'share', 'serve'], {
      env: envOf(home),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => (text += more));
    onTestFinished(async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    });
    await expect.poll(() => text, { timeout: 20_000 }).toContain('Offering');
    return { lines: () => text, port: Number(/port (\d+)/.exec(text)?.[1]), child };
  };

  /** A program whose archive cannot be had, stored in a home. */
  const publish = async (base: string, home: string): Promise<{ readonly feed: string; readonly digest: string }> => {
    const tree = await handOver(path.join(base, 'tree'), plainTree);
    fs.rmSync(path.join(base, 'tree/.manifest'));
    expect(
      await runCommand(program, envOf(home), ['store', 'add', tree.digest, path.join(base, 'tree')]),
    ).toMatchObject({
      status: 0,
    });
    const feed = writeFile(
      base,
      'program.xml',
      `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>nearby</name><summary>comes from next door</summary>
  <implementation id="${tree.digest}" version="1" released="2020-01-01" main="bin/run">
    <manifest-digest sha256new="${tree.digest.replace('sha256new_', '')}"/>
    <archive href="http://${address.a}:9/none.tar.gz" size="1000"/>
  </implementation>
</interface>`,
    );
    return { feed, digest: tree.digest };
  };

  it('the second one fetches everything from the first, once that is allowed', async () => {
    const base = tempDir();
    const [home, other] = [path.join(base, 'a'), path.join(base, 'b')];
    const { feed, digest } = await publish(base, home);
    const server = await serve(home);
    const refused = await inB(other, 'run', '--console', feed);
    expect(refused.status).toBe(1);
    expect(server.lines().split('\n')).toHaveLength(2);

    expect((await inB(other, 'share', 'nearby', 'on')).stdout).toContain('are asked');
    expect(await inB(other, 'run', '--console', feed)).toEqual({ status: 0, stdout: 'hello\n', stderr: '' });
    expect(fs.readdirSync(storeOf(other))).toEqual([digest]);
    expect(fs.readdirSync(path.join(other, '.cache/0install.net/zerodesk-downloads'))).toEqual([]);
    await expect.poll(server.lines).toMatch(new RegExp(`${address.b} 200 HEAD /${digest}.tar.gz\n.* 200 GET`));
    const verified = await inB(other, 'store', 'verify', digest);
    expect(verified.stdout).toContain('OK');
  });

  it('a peer that lies is found out, not asked again, and the next one is', async () => {
    const base = tempDir();
    const [liar, honest, other] = [path.join(base, 'liar'), path.join(base, 'honest'), path.join(base, 'b')];
    const { feed, digest } = await publish(base, honest);
    fs.cpSync(storeOf(honest), storeOf(liar), { recursive: true });
    const file = path.join(storeOf(liar), digest, 'bin/run');
    fs.chmodSync(file, 0o755);
    fs.writeFileSync(file, '#!/bin/sh\necho evil!\n');
    const lying = await serve(liar);
    await inB(other, 'share', 'nearby', 'on');
    const alone = await inB(other, 'run', '--console', feed);
    expect(alone).toMatchObject({ status: 1, stdout: '' });
    expect(alone.stderr).toContain(`${address.a}:${lying.port}`);
    expect(alone.stderr).toMatch(/wrong-digest|wrong digest/);
    expect(fs.existsSync(path.join(storeOf(other), digest))).toBe(false);

    await serve(honest);
    expect(await inB(other, 'run', '--console', feed)).toMatchObject({ status: 0, stdout: 'hello\n' });
    expect(await inB(other, 'store', 'verify', digest)).toMatchObject({ status: 0 });
  });

  it('who asks for anything else gets nothing', async () => {
    const base = tempDir();
    const home = path.join(base, 'a');
    const { digest } = await publish(base, home);
    const { port } = await serve(home);
    const status = (where: string, ...more: readonly string[]): string =>
      execFileSync(
        'ip',
        ['netns', 'exec', names[1], process.execPath, '-e', asker, where, String(port), address.a, ...more],
        {
          encoding: 'utf8',
        },
      );
    expect(status(`/${digest}.tar.gz`, 'HEAD')).toBe('200');
    expect(status(`/${digest}.tar.gz`, 'POST')).toBe('405');
    expect(status(`/sha256new_${'A'.repeat(52)}.tar.gz`)).toBe('404');
    for (const bad of [
      '/',
      '/../etc/passwd.tar.gz',
      `/${digest}.zip`,
      `/${digest}%2F..tar.gz`,
      '/%ff.tar.gz',
      `/${'a,'.repeat(20)}.tar.gz`,
    ]) {
      expect([bad, status(bad)]).toEqual([bad, '400']);
    }
  });
});

const asker = `
const [path, port, host, method = 'GET'] = process.argv.slice(1);
require('node:http').request({ host, port, path, method }, (response) => {
  process.stdout.write(String(response.statusCode));
  response.destroy();
}).end();
`;
