import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { hasReference } from '../../helpers/reference.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let env: Env;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);
const reference = (...args: readonly string[]): Promise<CommandResult> =>
  runCommand('0install', env, ['--console', ...args]);
const inApp = (name: string): string => path.join(home, '.config/0install.net/apps/hello', name);
const version = async (): Promise<string> => /Version: (.*)/.exec((await ours('show', 'hello')).stdout)?.[1] ?? '';

/** Publishes versions of the program and of the library it needs. */
function publish(app: readonly string[], lib: readonly string[]): void {
  const xmlns = 'http://zero-install.sourceforge.net/2004/injector/interface';
  const feed = (name: string, rows: string): void => {
    const text = `<?xml version="1.0"?>\n<interface xmlns="${xmlns}"><name>${name}</name><summary>x</summary>${rows}</interface>\n`;
    writeFileSync(path.join(home, `${name}.xml`), text);
  };
  const rows = (versions: readonly string[], inner: string): string =>
    versions
      .map(
        (each) =>
          `<implementation id="i${each}" local-path="prog" version="${each}" stability="stable">${inner}</implementation>`,
      )
      .join('');
  feed('hello', `<group main="run">${rows(app, `<requires interface="${home}/lib.xml"/>`)}</group>`);
  feed('lib', rows(lib, ''));
}

beforeEach(async () => {
  home = tempDir();
  for (const folder of ['bin', 'prog']) mkdirSync(path.join(home, folder));
  writeFileSync(path.join(home, 'prog/run'), '#!/bin/sh\necho started\n', { mode: 0o755 });
  env = {
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  publish(['1'], ['1']);
  expect((await ours('add', 'hello', path.join(home, 'hello.xml'))).status).toBe(0);
});

describe('hold', () => {
  it('keeps the program and its libraries, for either program, until it is released', async () => {
    expect((await ours('hold', 'hello')).stdout).toBe('hello stays with version 1.\n');
    publish(['1', '2'], ['1', '2']);
    await ours('update', 'hello');
    expect(await version()).toBe('1');
    if (hasReference()) {
      expect((await reference('update', 'hello')).status).toBe(0);
      expect(await version()).toBe('1');
      expect((await reference('show', 'hello')).stdout).not.toContain('Version: 2');
    }
    expect((await ours('hold', '--off', 'hello')).stdout).toBe('hello takes every update.\n');
    expect(readFileSync(inApp('requirements.json'), 'utf8')).not.toContain('extra_restrictions');
    await ours('update', 'hello');
    expect(await version()).toBe('2');
    expect((await ours('show', 'hello')).stdout.match(/Version: 2/g)).toHaveLength(2);
  });

  it('skips one version and takes the next one, for either program', async () => {
    publish(['1', '2'], ['1']);
    expect((await ours('hold', '--skip=2', 'hello')).stdout).toContain('skips');
    await ours('update', 'hello');
    expect(await version()).toBe('1');
    if (hasReference()) {
      await reference('update', 'hello');
      expect(await version()).toBe('1');
    }
    await ours('hold', '--skip=3', 'hello');
    publish(['1', '2', '3'], ['1']);
    await ours('update', 'hello');
    expect(await version()).toBe('1');
    publish(['1', '2', '3', '3.1'], ['1']);
    if (hasReference()) await reference('update', 'hello');
    else await ours('update', 'hello');
    expect(await version()).toBe('3.1');
  });

  it('skips all before a version', async () => {
    await ours('hold', '--skip=2', '--until=4', 'hello');
    publish(['1', '2', '2.5', '3'], ['1']);
    await ours('update', 'hello');
    expect(await version()).toBe('1');
    publish(['1', '2', '4'], ['1']);
    await ours('update', '--all');
    expect(await version()).toBe('4');
  });

  it('ends on its day, when an update is looked for', async () => {
    expect((await ours('hold', '--until=2999-01-01', 'hello')).stdout).toContain('until 2999-01-01');
    publish(['1', '2'], ['1']);
    await ours('update', 'hello');
    expect(await version()).toBe('1');
    const file = inApp('zerodesk-hold.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/2999-[^"]*/, '2020-01-01T00:00:00.000Z'));
    await ours('update', 'hello');
    expect(await version()).toBe('2');
    expect(existsSync(file)).toBe(false);
  });

  it('keeps what was asked for before, and gives way to what is asked for afterwards', async () => {
    publish(['1', '2', '3'], ['1']);
    await ours('update', '--before=3', 'hello');
    expect(await version()).toBe('2');
    await ours('hold', '--skip=2', 'hello');
    await ours('update', 'hello');
    expect(await version()).toBe('1');
    await ours('hold', '--off', 'hello');
    await ours('update', 'hello');
    expect(await version()).toBe('2');
    await ours('hold', 'hello');
    await ours('update', '--version=3', 'hello');
    expect(await version()).toBe('3');
  });

  it.each([
    [['--until=tomorrow', 'hello'], 'is no day'],
    [['--until=2020-01-01', 'hello'], 'has passed already'],
    [['--skip=x', 'hello'], 'is not a version'],
    [['--skip=1', '--until=!', 'hello'], 'is not a version'],
    [['nothing'], 'There is no app called nothing'],
  ])('refuses %j and changes nothing', async (args, text) => {
    const before = readFileSync(inApp('requirements.json'), 'utf8');
    const { status, stderr } = await ours('hold', ...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(text) as unknown]);
    expect(readFileSync(inApp('requirements.json'), 'utf8')).toBe(before);
    expect(existsSync(inApp('zerodesk-hold.json'))).toBe(false);
  });

  it('whose file is damaged is named, and the app still starts', async () => {
    for (const text of [
      '',
      '{}',
      '[1]',
      '{"asked":{},"written":{},"hold":{"versions":7},"skips":[],"previous":null}',
    ]) {
      writeFileSync(inApp('zerodesk-hold.json'), text);
      expect((await ours('hold', '--list', 'hello')).stderr).toContain('zerodesk-hold.json');
      expect((await ours('run', 'hello')).stdout).toBe('started\n');
    }
  });
});
