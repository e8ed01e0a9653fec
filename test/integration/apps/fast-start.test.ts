import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let env: Env;
/** Says that the command line was used. */
let used: string;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);
const inApp = (...names: readonly string[]): string => path.join(home, '.config/0install.net/apps/hello', ...names);
const command = (): string => path.join(home, 'bin/hello');

/** Starts the app by its command; whether that needed the command line. */
async function start(...args: readonly string[]): Promise<{ readonly stdout: string; readonly isFast: boolean }> {
  rmSync(used, { force: true });
  // A Node.js that tells of its use.
  const { stdout } = await runCommand(command(), { ...env, ZERODESK_NODE: path.join(home, 'node') }, args);
  return { stdout, isFast: !existsSync(used) };
}

const longAgo = new Date(Date.now() - 24 * 3600 * 1000);

/** Writes a file as if it had been there for long. */
function writeOld(file: string, content: string, mode = 0o644): void {
  writeFileSync(file, content, { mode });
  utimesSync(file, longAgo, longAgo);
}

beforeEach(async () => {
  home = tempDir();
  used = path.join(home, 'used');
  for (const folder of ['bin', 'prog/lib']) mkdirSync(path.join(home, folder), { recursive: true });
  writeOld(path.join(home, 'prog/run'), '#!/bin/sh\necho "hello $* $LIB"\n', 0o755);
  writeOld(
    path.join(home, 'node'),
    `#!/bin/sh\ntouch '${path.join(home, 'used')}'\nexec '${process.execPath}' "$@"\n`,
    0o755,
  );
  writeOld(
    path.join(home, 'hello.xml'),
    `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>hello</name><summary>greets</summary>
  <implementation id="v1" local-path="prog" version="1" stability="stable" main="run">
    <environment name="LIB" insert="lib"/>
  </implementation>
</interface>
`,
  );
  env = {
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  expect((await ours('add', 'hello', path.join(home, 'hello.xml'))).status).toBe(0);
  expect((await start('first')).isFast).toBe(false);
});

describe('the command of an app', () => {
  it('starts the program without the command line, with its arguments and variables', async () => {
    expect(await start('a b', "it's")).toEqual({ stdout: `hello a b it's ${home}/prog/lib\n`, isFast: true });
    env = { ...env, LIB: 'mine' };
    expect(await start()).toEqual({ stdout: `hello  ${home}/prog/lib:mine\n`, isFast: true });
    expect(existsSync(inApp('zerodesk-last-run'))).toBe(true);
  });

  it.each([
    [
      'the feed has changed',
      () => writeFileSync(path.join(home, 'hello.xml'), readFileSync(path.join(home, 'hello.xml'))),
    ],
    ['the settings have changed', () => writeSetting('global', '[global]\nnetwork_use = minimal\n')],
    ['a version was rated', () => writeSetting(`feeds/${home.replaceAll('/', '#')}#hello.xml`, preferences())],
    [
      'the app asks for something else',
      () => writeFileSync(inApp('requirements.json'), readFileSync(inApp('requirements.json'))),
    ],
    [
      'somebody else selected anew',
      () => {
        const text = readFileSync(inApp('selections.xml'));
        writeFileSync(inApp('other.xml'), text);
        renameSync(inApp('other.xml'), inApp('selections.xml'));
      },
    ],
  ])('asks the command line once when %s', async (_, change) => {
    expect((await start()).isFast).toBe(true);
    change();
    expect(await start('x')).toEqual({ stdout: `hello x ${home}/prog/lib\n`, isFast: false });
    expect((await start()).isFast).toBe(true);
  });

  it('says so when the program is gone', async () => {
    renameSync(path.join(home, 'prog'), path.join(home, 'elsewhere'));
    const { stdout, isFast } = await start();
    expect([stdout, isFast]).toEqual(['', false]);
    renameSync(path.join(home, 'elsewhere'), path.join(home, 'prog'));
    expect((await start()).stdout).toContain('hello');
  });

  it('looks for an update when one is due, without waiting for it', async () => {
    utimesSync(inApp('last-checked'), new Date(0), new Date(0));
    utimesSync(inApp('zerodesk-due'), longAgo, longAgo);
    expect((await start('now')).stdout).toBe(`hello now ${home}/prog/lib\n`);
    await expect.poll(() => existsSync(inApp('last-check-attempt')), { timeout: 20_000 }).toBe(true);
    const checkedMs = (): number => statSync(inApp('last-checked')).mtimeMs;
    await expect.poll(checkedMs, { timeout: 20_000 }).toBeGreaterThan(longAgo.getTime());
    expect(existsSync(used)).toBe(true);
    await start();
    expect((await start()).isFast).toBe(true);
  });

  it('stays as a person made it', async () => {
    writeFileSync(command(), '#!/bin/sh\necho mine\n', { mode: 0o755 });
    expect((await ours('run', 'hello')).stdout).toContain('hello');
    expect((await start()).stdout).toBe('mine\n');
    rmSync(command());
    expect((await ours('run', 'hello')).stdout).toContain('hello');
    expect(existsSync(command())).toBe(false);
  });

  it('becomes a fast one if the reference made it', async () => {
    writeFileSync(command(), '#!/bin/sh\nexec 0install run hello "$@"\n', { mode: 0o755 });
    expect((await ours('run', 'hello')).stdout).toContain('hello');
    expect(await start('y')).toEqual({ stdout: `hello y ${home}/prog/lib\n`, isFast: true });
  });
});

function preferences(): string {
  return `<?xml version="1.0"?><feed-preferences xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><implementation id="v1" user-stability="preferred"/></feed-preferences>`;
}

function writeSetting(name: string, content: string): void {
  const file = path.join(home, '.config/0install.net/injector', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
