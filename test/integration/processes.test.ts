import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProcesses } from '../../electron/adapters/process/processes.ts';
import type { LaunchPlan } from '../../electron/core/launch/model.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const env = { PATH: '/usr/bin:/bin', HOME: '/' };

function setUp(changes: { readonly path?: string; readonly terminal?: string } = {}) {
  const root = tempDir();
  const terminal = changes.terminal === undefined ? {} : { TERMINAL: changes.terminal };
  const processes = createProcesses({
    env: { ...env, ...terminal, PATH: changes.path ?? env.PATH },
    stateDir: path.join(root, 'state'),
    cacheDir: path.join(root, 'cache'),
  });
  const script = (text: string, mode = 0o755, name = 'program'): string => {
    const file = path.join(root, name);
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  };
  return { root, processes, script };
}

function planOf(argv: readonly string[], changes: Partial<LaunchPlan> = {}): LaunchPlan {
  return { argv, env, cwd: null, launchers: [], bindings: [], ...changes };
}

const inWindow = { name: 'Test program', inTerminal: false };

async function problemOf(promise: Promise<unknown>): Promise<{ readonly code: string; readonly params: unknown }> {
  try {
    await promise;
  } catch (error) {
    if (isAppError(error)) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('nothing failed');
}

describe('start', () => {
  it('starts in a session of its own, at home, and keeps both outputs', async () => {
    const { processes, script, root } = setUp();
    const file = script('#!/bin/sh\npwd\necho wrong >&2\nread line || echo no input\ncut -d" " -f1,6 /proc/$$/stat\n');
    const program = await processes.start(planOf([file], { env: { ...env, HOME: root } }), inWindow);
    expect(await program.ended).toEqual({ exitCode: 0, signal: null });
    expect(await program.output()).toBe(`${root}\nwrong\nno input\n${String(program.pid)} ${String(program.pid)}\n`);
  });

  it('tells how a program ended', async () => {
    const { processes, script } = setUp();
    const failing = await processes.start(planOf([script('#!/bin/sh\necho no >&2; exit 3\n')]), inWindow);
    expect(await failing.ended).toEqual({ exitCode: 3, signal: null });
    expect(await failing.output()).toBe('no\n');
    const killed = await processes.start(planOf([script('#!/bin/sh\nkill -KILL $$\n')]), inWindow);
    expect(await killed.ended).toEqual({ exitCode: null, signal: 'SIGKILL' });
  });

  it('passes arguments and environment without a shell', async () => {
    const { processes, script } = setUp();
    const file = script('#!/bin/sh\nprintf "<%s>" "$@" "$V"\n');
    const plan = planOf([file, 'a b', '$(id)', '', '*', "it's"], { env: { ...env, V: '`id`' } });
    const program = await processes.start(plan, inWindow);
    await program.ended;
    expect(await program.output()).toBe("<a b><$(id)><><*><it's><`id`>");
  });

  it('keeps only the last 64 KiB of the output, in whole characters, and no file after the end', async () => {
    const { processes, script, root } = setUp();
    const file = script(
      `#!/bin/sh\ni=0; while [ $i -lt 4000 ]; do echo "ääääääääääääääääää"; i=$((i+1)); done; echo end\n`,
    );
    const program = await processes.start(planOf([file]), inWindow);
    await program.ended;
    const output = await program.output();
    expect(Buffer.byteLength(output)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(output)).toBeGreaterThan(65_000);
    expect(output).not.toContain('\ufffd');
    expect(output.endsWith('end\n')).toBe(true);
    expect(readdirSync(path.join(root, 'state/output'))).toEqual([]);
  });

  it('sweeps up the output of programs that outlived us long ago', async () => {
    const { processes, script, root } = setUp();
    mkdirSync(path.join(root, 'state/output'), { recursive: true });
    for (const name of ['old.log', 'fresh.log', 'other.txt']) writeFileSync(path.join(root, 'state/output', name), '');
    for (const name of ['old.log', 'other.txt']) utimesSync(path.join(root, 'state/output', name), 1, 1);
    await (
      await processes.start(planOf([script('#!/bin/sh\n')]), inWindow)
    ).ended;
    expect(readdirSync(path.join(root, 'state/output')).sort()).toEqual(['fresh.log', 'other.txt']);
  });
});

describe('programs that cannot be started', () => {
  it.each([
    ['a directory', 'program-not-executable', (root: string) => root],
    ['a file that is not there', 'program-missing', (root: string) => path.join(root, 'nothing')],
    ['a file below a file', 'program-missing', () => '/etc/passwd/x'],
    ['a file that may not be executed', 'program-not-executable', () => '/etc/passwd'],
  ])('%s', async (_what, code, find) => {
    const { processes, root } = setUp();
    const file = find(root);
    expect(await problemOf(processes.start(planOf([file]), inWindow))).toEqual({ code, params: { path: file } });
    expect(await problemOf(processes.run(planOf([file])))).toEqual({ code, params: { path: file } });
  });

  it.each([
    ['a script without #!', 'echo hello\n', 'it is a script without a #! line'],
    ['a script whose interpreter is missing', '#! /no/such/thing -x\n', '/no/such/thing is not installed'],
    ['an empty file', '', 'it is an empty file'],
  ])('%s', async (_what, text, reason) => {
    const { processes, script, root } = setUp();
    const file = script(text);
    const expected = { code: 'program-not-started', params: { path: file, reason } };
    expect(await problemOf(processes.start(planOf([file]), inWindow))).toEqual(expected);
    expect(existsSync(path.join(root, 'state'))).toBe(false);
  });

  it('arguments that are longer than the system allows', async () => {
    const { processes, script, root } = setUp();
    const file = script('#!/bin/sh\n');
    const problem = await problemOf(processes.start(planOf([file, 'x'.repeat(200_000)]), inWindow));
    expect(problem).toEqual({
      code: 'program-not-started',
      params: { path: file, reason: 'its arguments are too long' },
    });
    expect(readdirSync(path.join(root, 'state/output'))).toEqual([]);
  });
});

describe('terminals', () => {
  const fake = '#!/bin/sh\nprintf "<%s>" "${0##*/}" "$@"\n';

  it('says so when there is none', async () => {
    const { processes, script } = setUp({ path: '/nowhere', terminal: 'missing' });
    const program = script('#!/bin/sh\n');
    expect(await problemOf(processes.start(planOf([program]), { name: 'Memo', inTerminal: true }))).toEqual({
      code: 'no-terminal',
      params: { name: 'Memo' },
    });
  });

  it.each([
    ['xterm', '<xterm><-e>'],
    ['rxvt', '<rxvt><-e>'],
    ['foot', '<foot>'],
    ['kitty', '<kitty>'],
  ])('finds %s in PATH', async (name, front) => {
    const root = tempDir();
    writeFileSync(path.join(root, name), fake, { mode: 0o755 });
    const { processes, script } = setUp({ path: `relative:${root}` });
    const file = script('#!/bin/sh\n');
    const program = await processes.start(planOf([file, 'x y']), { name: 'Memo', inTerminal: true });
    await program.ended;
    expect(await program.output()).toBe(`${front}<${file}><x y>`);
  });

  it('hands the environment over where a server would lose it', async () => {
    const root = tempDir();
    writeFileSync(path.join(root, 'gnome-terminal'), fake, { mode: 0o755 });
    const { processes, script } = setUp({ path: root });
    const file = script('#!/bin/sh\n');
    const plan = planOf([file], { env: { ...env, PATH: root, MEMO: 'a b', '-x': 'y' } });
    const program = await processes.start(plan, { name: 'Memo', inTerminal: true });
    await program.ended;
    expect(await program.output()).toBe(`<gnome-terminal><--></usr/bin/env><MEMO=a b><${file}>`);
  });

  it('prefers $TERMINAL', async () => {
    const root = tempDir();
    for (const name of ['xterm', 'alacritty']) writeFileSync(path.join(root, name), fake, { mode: 0o755 });
    const { processes, script } = setUp({ path: root, terminal: 'alacritty --hold' });
    const file = script('#!/bin/sh\n');
    const program = await processes.start(planOf([file]), { name: 'Memo', inTerminal: true });
    await program.ended;
    expect(await program.output()).toBe(`<alacritty><--hold><-e><${file}>`);
  });
});

describe('launchers', () => {
  const content = `#!/bin/sh\nexec '/bin/echo' 'it'\\''s' "$@"\n`;

  it('are sealed scripts that are kept when they are right and mended when they are not', async () => {
    const { processes, root } = setUp();
    const file = path.join(root, 'cache/injector/exec-0123/tool/tool');
    const plan = planOf([file, 'x'], { launchers: [{ path: file, content }] });
    // The launcher is the program itself here, so it must be there before.
    await problemOf(processes.run(plan));
    await processes.run(planOf(['/bin/true'], { launchers: plan.launchers }));
    expect(statSync(file).mode & 0o777).toBe(0o755);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o500);
    const program = await processes.start(plan, inWindow);
    await program.ended;
    expect(await program.output()).toBe("it's x\n");

    const before = statSync(file).ino;
    await processes.run(planOf(['/bin/true'], { launchers: plan.launchers }));
    expect(statSync(file).ino).toBe(before);
    chmodSync(path.dirname(file), 0o700);
    writeFileSync(file, 'broken');
    await processes.run(planOf(['/bin/true'], { launchers: plan.launchers }));
    expect(readFileSync(file, 'utf8')).toBe(content);
    expect(readdirSync(path.join(root, 'cache/injector/exec-0123'))).toEqual(['tool']);
  });

  it('may only lie in the cache', async () => {
    const { processes, root } = setUp();
    for (const file of [path.join(root, 'cache/../x/x'), path.join(root, 'cachet/x/x')]) {
      const plan = planOf(['/bin/true'], { launchers: [{ path: file, content }] });
      await expect(processes.run(plan)).rejects.toThrow('launcher outside');
    }
  });
});

describe('run', () => {
  it('gives the status a shell would give', async () => {
    const { processes, script } = setUp();
    expect(await processes.run(planOf([script('#!/bin/sh\nexit 7\n')]))).toBe(7);
    expect(await processes.run(planOf([script('#!/bin/sh\nkill -TERM $$\n')]))).toBe(143);
  });

  it('passes signals on and outlives the program', async () => {
    const { script, root } = setUp();
    const program = script(
      '#!/bin/sh\ntrap "echo got int; exit 5" INT\ntrap "echo got term; exit 6" TERM\necho ready\nwhile :; do sleep 0.05; done\n',
    );
    const module = path.resolve('electron/adapters/process/processes.ts');
    const driver = script(
      `import { createProcesses } from ${JSON.stringify(module)};
const processes = createProcesses({ env: process.env, stateDir: '/nowhere', cacheDir: '/nowhere' });
process.exitCode = await processes.run({ argv: [${JSON.stringify(program)}], env: process.env, cwd: null, launchers: [] });
`,
      0o644,
      'driver.mts',
    );
    for (const [signal, status] of [
      ['SIGTERM', 6],
      ['SIGINT', 5],
    ] as const) {
      const child = spawn(process.execPath, ['--import', 'tsx', driver], {
        cwd: process.cwd(),
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([status, null]);
    }
    expect(existsSync(root)).toBe(true);
  });
});
