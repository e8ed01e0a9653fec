import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { hasReference } from '../../helpers/reference.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let env: Env;
let feed: string;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);
const reference = (...args: readonly string[]): Promise<CommandResult> =>
  runCommand('0install', env, ['--console', ...args]);
const inApp = (...names: readonly string[]): string => path.join(home, '.config/0install.net/apps/hello', ...names);

/** What the newest version is, as far as the feed says. */
function publish(version: string): void {
  writeFileSync(
    feed,
    `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>hello</name><summary>greets</summary>
  <implementation id="v${version}" local-path="prog" version="${version}" stability="stable" main="run"/>
</interface>
`,
  );
}

async function eventually(isTrue: () => boolean): Promise<void> {
  await expect.poll(isTrue, { timeout: 20_000, interval: 50 }).toBe(true);
}

beforeEach(() => {
  home = tempDir();
  for (const folder of ['bin', 'prog']) mkdirSync(path.join(home, folder));
  writeFileSync(path.join(home, 'prog/run'), '#!/bin/sh\necho "hello $*"\n', { mode: 0o755 });
  feed = path.join(home, 'hello.xml');
  publish('1');
  env = {
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
});

describe.skipIf(!hasReference())('an app of either program', () => {
  it.each([
    ['ours', 'theirs'],
    ['theirs', 'ours'],
  ])('made by %s is understood by %s', async (maker) => {
    const [first, second] = maker === 'ours' ? [ours, reference] : [reference, ours];
    expect((await first('add', 'hello', feed)).status).toBe(0);
    expect((await second('show', 'hello')).stdout).toContain('Version: 1');
    expect((await second('run', 'hello', 'you')).stdout).toBe('hello you\n');
    expect((await runCommand(path.join(home, 'bin/hello'), env, ['me'])).stdout).toBe('hello me\n');

    publish('2');
    const { stdout } = await second('update', 'hello');
    expect(stdout).toContain(`${feed}: 1 -> 2`);
    expect((await first('show', 'hello')).stdout).toContain('Version: 2');
    expect((await first('update', 'hello')).stdout).toContain('No updates found. Continuing with version 2.');

    expect((await second('update', 'hello', '--not-before=2')).status).toBe(0);
    expect((await first('show', 'hello')).stdout).toContain(`${feed}: 2..`);
    expect((await second('destroy', 'hello')).status).toBe(0);
    expect((await first('show', 'hello')).status).toBe(1);
    expect(existsSync(inApp())).toBe(false);
    // The reference knows no command but its own; ours then says that there is no such app.
    expect(existsSync(path.join(home, 'bin/hello'))).toBe(maker === 'ours');
    if (maker === 'ours') {
      const { status, stderr } = await runCommand(path.join(home, 'bin/hello'), env, []);
      expect([status, stderr]).toEqual([1, expect.stringContaining("'hello'") as unknown]);
    }
  });
});

describe('an app', () => {
  it('starts with what it remembers, and takes over what changed on this computer', async () => {
    await ours('add', 'hello', feed);
    const before = readFileSync(inApp('selections.xml'), 'utf8');
    expect((await ours('run', 'hello')).stdout).toBe('hello \n');
    expect(existsSync(inApp('last-solve'))).toBe(false);
    publish('2');
    expect((await ours('run', 'hello')).stdout).toBe('hello \n');
    expect(readFileSync(inApp('selections.xml'), 'utf8')).not.toBe(before);
    expect(existsSync(inApp('last-solve'))).toBe(true);
  });

  it('still starts when its feed is broken', async () => {
    await ours('add', 'hello', feed);
    writeFileSync(feed, 'no feed at all');
    const { status, stdout } = await ours('run', 'hello', 'x');
    expect([status, stdout]).toEqual([0, 'hello x\n']);
    expect((await ours('show', 'hello')).stdout).toContain('Version: 1');
  });

  it('is updated by a process of its own, at most once an hour', async () => {
    await ours('add', 'hello', feed);
    const longAgo = new Date(Date.now() - 90 * 24 * 3600 * 1000);
    utimesSync(inApp('last-checked'), longAgo, longAgo);
    utimesSync(feed, longAgo, longAgo);
    expect((await ours('run', 'hello')).stdout).toBe('hello \n');
    expect(existsSync(inApp('last-check-attempt'))).toBe(true);
    await eventually(() => changedAt('last-checked') > Date.now() - 3600_000);

    utimesSync(inApp('last-checked'), longAgo, longAgo);
    const attempt = changedAt('last-check-attempt');
    await ours('run', 'hello');
    expect(changedAt('last-check-attempt')).toBe(attempt);
  });

  it('is not updated off-line', async () => {
    await ours('add', 'hello', feed);
    const longAgo = new Date(Date.now() - 90 * 24 * 3600 * 1000);
    utimesSync(inApp('last-checked'), longAgo, longAgo);
    expect((await ours('run', '--offline', 'hello')).stdout).toBe('hello \n');
    expect(existsSync(inApp('last-check-attempt'))).toBe(false);
  });

  it('keeps the selections of each day', async () => {
    await ours('add', 'hello', feed);
    const today = new Date().toISOString().slice(0, 10);
    expect(readdirSync(inApp()).sort()).toEqual([
      'last-checked',
      'requirements.json',
      `selections-${today}.xml`,
      'selections.xml',
      'zerodesk-history',
    ]);
    publish('2');
    await ours('update', 'hello');
    expect(readFileSync(inApp('selections.xml'), 'utf8')).toBe(readFileSync(inApp(`selections-${today}.xml`), 'utf8'));
  });

  it('is not half made if its command cannot be', async () => {
    rmSync(path.join(home, 'bin'), { recursive: true });
    writeFileSync(path.join(home, 'bin'), 'a file in the way');
    const { status, stderr } = await ours('add', 'hello', feed);
    expect(status).toBe(1);
    expect(stderr).toContain(path.join(home, 'bin'));
    expect(existsSync(inApp())).toBe(false);
  });

  it('is not made over a command that is there', async () => {
    writeFileSync(path.join(home, 'bin/hello'), 'mine');
    const { status, stderr } = await ours('add', 'hello', feed);
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('There is a command of that name already') as unknown,
    ]);
    expect(readFileSync(path.join(home, 'bin/hello'), 'utf8')).toBe('mine');
    expect(existsSync(inApp())).toBe(false);
  });

  it('leaves a command that somebody changed', async () => {
    await ours('add', 'hello', feed);
    writeFileSync(path.join(home, 'bin/hello'), 'changed');
    const { status, stderr } = await ours('destroy', 'hello');
    expect([status, stderr]).toEqual([0, expect.stringContaining('so it stays') as unknown]);
    expect(readFileSync(path.join(home, 'bin/hello'), 'utf8')).toBe('changed');
  });

  it.each([
    ['requirements.json', '{"interface_uri": 7}'],
    ['requirements.json', 'garbage'],
    ['selections.xml', '<selections'],
    ['selections.xml', '<other/>'],
  ])('with a damaged %s (%s) says which file it is, and changes nothing', async (file, content) => {
    await ours('add', 'hello', feed);
    rmSync(inApp(file));
    writeFileSync(inApp(file), content);
    for (const command of ['show', 'run', 'update']) {
      const { status, stderr } = await ours(command, 'hello');
      expect([status, stderr]).toEqual([1, expect.stringContaining(inApp(file)) as unknown]);
    }
    expect(readFileSync(inApp(file), 'utf8')).toBe(content);
    expect((await ours('destroy', 'hello')).status).toBe(0);
  });

  it('is updated with all others, of which one that fails stops none', async () => {
    await ours('add', 'hello', feed);
    const broken = path.join(home, 'broken.xml');
    writeFileSync(broken, readFileSync(feed));
    await ours('add', 'broken', broken);
    await ours('add', 'zero', feed, '--version=1');
    writeFileSync(broken, 'no feed');
    publish('2');
    writeFileSync(feed, readFileSync(feed, 'utf8').replace('</interface>', readVersion1()));

    const dry = await ours('update', '--all', '--dry-run');
    expect([dry.status, dry.stdout]).toEqual([
      1,
      `hello: 2\n  ${feed}: 1 -> 2\nzero: nothing new (1)\n1 of 3 would be updated, 1 failed\n`,
    ]);
    expect((await ours('show', 'hello')).stdout).toContain('Version: 1');
    const { status, stdout, stderr } = await ours('update', '--all');
    expect([status, stdout]).toEqual([1, expect.stringContaining('1 of 3 updated, 1 failed') as unknown]);
    expect(stderr).toContain('broken: ');
    expect((await ours('show', 'hello')).stdout).toContain('Version: 2');
    expect((await ours('update', '--all', 'hello')).status).toBe(1);
  });

  it('shows what it is started with', async () => {
    await ours('add', 'hello', feed);
    expect((await ours('env', 'hello', "it's")).stdout).toBe(`'${home}/prog/run' 'it'\\''s'\n`);
    const json = JSON.parse((await ours('env', '--json', feed)).stdout) as unknown;
    expect(json).toEqual({ argv: [`${home}/prog/run`], cwd: null, env: {}, bindings: [], sandbox: null });
  });

  it('is described as JSON too', async () => {
    expect(JSON.parse((await ours('add', 'hello', feed, '--json')).stdout)).toEqual({
      name: 'hello',
      directory: inApp(),
      command: path.join(home, 'bin/hello'),
    });
    publish('2');
    expect(JSON.parse((await ours('update', 'hello', '--json')).stdout)).toEqual({
      changes: [{ interface: feed, isSource: false, from: '1', to: '2' }],
    });
    expect(JSON.parse((await ours('whatchanged', 'hello', '--json')).stdout)).toMatchObject({ changes: [] });
  });
});

/** Milliseconds since 1970 of a file of the app. */
function changedAt(name: string): number {
  return statSync(inApp(name)).mtimeMs;
}

/** Version 1 again, for the end of a feed. */
function readVersion1(): string {
  return '<implementation id="v1" local-path="prog" version="1" stability="stable" main="run"/></interface>';
}
