import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const canSandbox =
  spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', '/bin/true'], { stdio: 'ignore' }).status === 0;
if (!canSandbox) console.warn('SKIPPED: bubblewrap is missing or may not be used here, so sandboxes are not tried');

let home: string;
let env: Env;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);

/** The program does what it is told. */
const run = (...args: readonly string[]): Promise<CommandResult> => ours('run', '--sandbox', ...args);
let feed: string;

beforeEach(() => {
  home = tempDir();
  for (const folder of ['bin', 'prog', 'lib', 'given']) mkdirSync(path.join(home, folder));
  writeFileSync(path.join(home, 'prog/run'), '#!/bin/sh\neval "$1"\n', { mode: 0o755 });
  writeFileSync(path.join(home, 'lib/data'), 'of the library');
  writeFileSync(path.join(home, 'secret'), 'nobody may know');
  writeFileSync(path.join(home, 'given/file'), 'to be read');
  const inside = 'xmlns="http://zero-install.sourceforge.net/2004/injector/interface"';
  writeFileSync(
    path.join(home, 'lib.xml'),
    `<?xml version="1.0"?><interface ${inside}><name>lib</name><summary>x</summary>
      <implementation id="l" local-path="lib" version="1" stability="stable" main="data"/></interface>`,
  );
  feed = path.join(home, 'app.xml');
  writeFileSync(
    feed,
    `<?xml version="1.0"?><interface ${inside}><name>app</name><summary>x</summary>
      <implementation id="a" local-path="prog" version="1" stability="stable" main="run">
        <requires interface="./lib.xml"><environment name="LIB" insert="data"/></requires>
      </implementation></interface>`,
  );
  env = {
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    LC_ALL: 'C',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
    SSH_AUTH_SOCK: '/run/agent',
  };
});

describe.skipIf(!canSandbox)('a program in a sandbox', () => {
  it('sees what it is made of, and nothing of the person', async () => {
    expect((await run(feed, 'cat "$LIB"')).stdout).toBe('of the library');
    expect((await run(feed, 'echo "$HOME"')).stdout).toBe(`${home}\n`);
    expect((await run(feed, `cat '${home}/secret' 2>&1; true`)).stdout).toContain('No such file');
    expect((await run(feed, 'echo "[$SSH_AUTH_SOCK]"')).stdout).toBe('[]\n');
  });

  it('changes nothing but its own home, which it has again the next time', async () => {
    expect((await run(feed, `echo x > '${home}/lib/data'`)).status).not.toBe(0);
    expect((await run(feed, `echo x > '${home}/prog/new'`)).status).not.toBe(0);
    expect((await run(feed, 'echo kept > ~/note')).status).toBe(0);
    expect((await run(feed, 'cat ~/note')).stdout).toBe('kept\n');
    expect(existsSync(path.join(home, 'note'))).toBe(false);
    expect(readFileSync(path.join(home, 'lib/data'), 'utf8')).toBe('of the library');
  });

  it('has no network and sees no other process, unless allowed', async () => {
    const interfaces = "sed -n 's/^ *\\([^ :]*\\):.*/\\1/p' /proc/net/dev";
    const outside = readFileSync('/proc/net/dev', 'utf8').match(/^ *[^ :|]+:/gm)?.length ?? 0;
    expect((await run(feed, interfaces)).stdout).toBe('lo\n');
    const { stdout } = await run('--allow-network', feed, interfaces);
    expect(stdout.trim().split('\n')).toHaveLength(outside);
    expect(Number((await run(feed, 'ls -d /proc/[0-9]* | wc -l')).stdout)).toBeLessThan(8);
  });

  it('gets the folders it was given', async () => {
    const given = path.join(home, 'given');
    expect((await run('--allow-read', given, feed, `cat '${given}/file'`)).stdout).toBe('to be read');
    expect((await run('--allow-read', given, feed, `echo x > '${given}/file'`)).status).not.toBe(0);
    expect((await run('--allow', given, feed, `echo changed > '${given}/file'`)).status).toBe(0);
    expect(readFileSync(path.join(given, 'file'), 'utf8')).toBe('changed\n');
    expect((await run('--allow', path.join(home, 'nowhere'), feed, 'true')).stderr).toContain('nowhere');
  });

  it('passes on how the program ended', async () => {
    expect((await run(feed, 'exit 7')).status).toBe(7);
  });

  it('is once and for all for an app, also by its command', async () => {
    await ours('add', 'app', feed);
    await ours('run', 'app', 'true');
    const byCommand = (text: string) =>
      runCommand(path.join(home, 'bin/app'), { ...env, ZERODESK_NODE: process.execPath }, [text]);
    const look = `cat '${home}/secret' 2>&1; true`;
    expect((await byCommand(look)).stdout).toBe('nobody may know');
    expect((await ours('sandbox', 'app')).stdout).toContain('without network, without your folders');
    expect((await byCommand(look)).stdout).toContain('No such file');
    expect((await ours('run', 'app', look)).stdout).toContain('No such file');
    expect((await ours('sandbox', '--off', 'app')).status).toBe(0);
    expect((await byCommand(look)).stdout).toBe('nobody may know');
  });

  it('is not left out because its settings are damaged', async () => {
    await ours('add', 'app', feed);
    const file = path.join(home, '.config/0install.net/apps/app/zerodesk-sandbox.json');
    for (const text of ['', '{}', '{"allowsNetwork":true,"writable":["relative"],"readable":[]}']) {
      writeFileSync(file, text);
      const { status, stdout, stderr } = await ours('run', 'app', 'echo started');
      expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(file) as unknown]);
    }
  });
});

it('says what is missing without bubblewrap', async () => {
  env = { ...env, PATH: path.join(home, 'bin') };
  const { status, stderr } = await run(feed, 'true');
  expect([status, stderr]).toEqual([1, expect.stringContaining('Install the package bubblewrap') as unknown]);
});
