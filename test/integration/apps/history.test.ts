import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

let home: string;
let env: Env;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);
const inApp = (...names: readonly string[]): string => path.join(home, '.config/0install.net/apps/hello', ...names);

/** Publishes versions up to this one; from 6 on the program fails. */
function publish(newest: number): void {
  const versions = Array.from({ length: newest }, (_, index) => index + 1);
  for (const version of versions) {
    mkdirSync(path.join(home, `v${version}`), { recursive: true });
    const text = `#!/bin/sh\necho ${version}\nexit ${version >= 6 ? 1 : 0}\n`;
    writeFileSync(path.join(home, `v${version}/run`), text, { mode: 0o755 });
  }
  const all = versions.map(
    (each) => `<implementation id="i${each}" local-path="v${each}" version="${each}" stability="stable"/>`,
  );
  writeFileSync(
    path.join(home, 'hello.xml'),
    `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>hello</name><summary>greets</summary><group main="run">${all.join('')}</group>
</interface>
`,
  );
}

/** Adds the app and updates it, version by version. */
async function live(newest: number): Promise<void> {
  publish(1);
  expect((await ours('add', 'hello', path.join(home, 'hello.xml'))).status).toBe(0);
  for (let version = 2; version <= newest; version += 1) {
    publish(version);
    expect((await ours('update', 'hello')).status).toBe(0);
  }
}

interface Listed {
  readonly entries: readonly { readonly number: number; readonly version: string; readonly cause: string }[];
}

async function listed(): Promise<readonly string[]> {
  const { entries } = JSON.parse((await ours('history', 'hello', '--json')).stdout) as Listed;
  return entries.map(({ number, version, cause }) => `${number} ${cause} ${version}`);
}

beforeEach(() => {
  home = tempDir();
  mkdirSync(path.join(home, 'bin'));
  env = {
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
});

describe('the history of an app', () => {
  it('has an entry for each change, also several a day [O36]', async () => {
    await live(3);
    await ours('update', 'hello');
    expect(await listed()).toEqual(['1 add 1', '2 update 2', '3 update 3']);
    const { stdout } = await ours('history', 'hello');
    expect(stdout).toContain(`${path.join(home, 'hello.xml')}: 2 -> 3`);
  });

  it('is gone back in at once, stays there, and can be undone', async () => {
    await live(7);
    expect((await ours('run', 'hello')).stdout).toBe('7\n');
    expect((await ours('rollback', 'hello', '5')).stdout).toContain('version 5');
    expect((await ours('run', 'hello')).stdout).toBe('5\n');
    publish(8);
    expect((await ours('update', 'hello')).stdout).toContain('A later version');
    expect((await ours('run', 'hello')).stdout).toBe('5\n');
    expect((await ours('rollback', '--undo', 'hello')).stdout).toContain('version 7');
    await ours('update', 'hello');
    expect((await ours('run', 'hello')).stdout).toBe('8\n');
  });

  it('goes back to the one before without a number', async () => {
    await live(2);
    await ours('rollback', 'hello');
    expect((await ours('show', 'hello')).stdout).toContain('Version: 1');
  });

  it('says what is missing', async () => {
    await live(1);
    for (const [args, text] of [
      [['rollback', 'hello'], 'nothing to go back to'],
      [['rollback', 'hello', '9'], 'There is no entry 9'],
      [['rollback', '--undo', 'hello'], 'was not taken back'],
      [['history', 'other'], 'There is no app called other'],
      [['bisect', 'hello'], 'must be older'],
    ] as const) {
      const { status, stderr } = await ours(...args);
      expect([status, stderr]).toEqual([1, expect.stringContaining(text) as unknown]);
    }
  });

  it('leaves out a damaged entry, and says so', async () => {
    await live(3);
    writeFileSync(inApp('zerodesk-history/000002.json'), '{"at": "nonsense"}');
    const { stdout, stderr } = await ours('history', 'hello');
    expect(stderr).toContain('000002.json');
    expect(stdout).toContain('1 -> 3');
    expect((await ours('rollback', 'hello', '1')).status).toBe(0);
    expect(readdirSync(inApp('zerodesk-history'))).toHaveLength(4);
  });

  it('goes with the app', async () => {
    await live(2);
    await ours('destroy', 'hello');
    expect(existsSync(inApp())).toBe(false);
  });
});

describe('bisect', () => {
  it('finds the bad update in as many starts as it takes', async () => {
    await live(9);
    const { stdout } = await ours('bisect', '--exit-status', '--json', 'hello');
    const lines = stdout.trim().split('\n');
    // Nine entries, of which the first works and the last does not: three starts.
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ bad: 6, good: 5, trials: 3 });
    expect(lines.slice(0, -1)).toHaveLength(3);
  });

  it('asks the person otherwise', async () => {
    await live(4);
    const { status, stdout } = await runZerodesk(env, ['--console', 'bisect', 'hello'], 'y\nn\n');
    expect([status, stdout]).toEqual([0, expect.stringContaining('found by 2 starts') as unknown]);
    expect(stdout).toContain('0desk rollback hello 2');
  });
});
