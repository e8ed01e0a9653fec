import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { escapeName } from '../../../electron/core/feed/names.ts';
import { parseDesktopEntry, splitExec, valueOf } from '../../helpers/desktop-entry.ts';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { capsAttribute, pngOf } from '../../helpers/desktop-program.ts';
import { hasReference } from '../../helpers/reference.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { describeTree } from '../../helpers/tree.ts';

let home: string;
let env: Env;
let feed: string;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);
const inHome = (name: string): string => path.join(home, name);
const entry = (): string => readFileSync(inHome('.local/share/applications/zeroinstall-teatimer.desktop'), 'utf8');

/** Starts an entry as a launcher does: its words are arguments, and no shell sees them. */
function launch(exec: string | undefined, files: readonly string[] = []): Promise<CommandResult> {
  const [program = '', ...args] = splitExec(exec ?? '', files);
  return runCommand(program, { ...env, ZERODESK_NODE: process.execPath }, args);
}

/** A `PATH` that has what `0desk` needs, and nothing of the reference. */
function pathWithoutReference(): string {
  const folder = tempDir();
  for (const name of [
    'sh',
    'dirname',
    'readlink',
    'gpg',
    'gpgconf',
    'update-desktop-database',
    'update-mime-database',
  ]) {
    const file = `/usr/bin/${name}`;
    if (existsSync(file)) symlinkSync(file, path.join(folder, name));
  }
  return `${inHome('bin')}:${folder}`;
}

beforeEach(() => {
  home = tempDir();
  for (const folder of ['bin', 'prog', '.config', '.local/share', '.cache/0install.net/interface_icons']) {
    mkdirSync(inHome(folder), { recursive: true });
  }
  writeFileSync(inHome('prog/run'), '#!/bin/sh\necho "tea $*"\n', { mode: 0o755 });
  writeFileSync(inHome('prog/brew'), '#!/bin/sh\necho "brew $*"\n', { mode: 0o755 });
  feed = inHome("it's 100% $HOME.xml");
  writeFileSync(
    feed,
    `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>Tea Timer</name><summary>Rings</summary><category>Utility</category>
  <entry-point command="run"/><entry-point command="brew"/>
  <capabilities ${capsAttribute}><file-type id="tea"><extension value=".tea"/><verb name="open" args='--file "%V"'/></file-type></capabilities>
  <implementation id="v1" local-path="prog" version="1" stability="stable" main="run"><command name="brew" path="brew"/></implementation>
</interface>
`,
  );
  env = {
    HOME: home,
    PATH: pathWithoutReference(),
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    // What was run is remembered there.
    XDG_STATE_HOME: tempDir(),
    XDG_DATA_DIRS: inHome('none'),
  };
});

describe('0desk integrate', () => {
  it('makes an entry that starts the program, with its icon and its other commands', async () => {
    writeFileSync(inHome(`.cache/0install.net/interface_icons/${escapeName(feed)}`), pngOf(48));
    const { status, stdout } = await ours('integrate', feed);
    expect([status, stdout]).toEqual([0, expect.stringContaining('zeroinstall-teatimer.desktop') as string]);
    const groups = parseDesktopEntry(entry());
    expect(groups.get('Desktop Entry')?.get('Icon')).toBe('zeroinstall-teatimer');
    expect(existsSync(inHome('.local/share/icons/hicolor/48x48/apps/zeroinstall-teatimer.png'))).toBe(true);
    expect((await launch(valueOf(entry(), 'Exec'), ['a b', '$HOME'])).stdout).toBe('tea a b $HOME\n');
    expect((await launch(groups.get('Desktop Action action-1')?.get('Exec'))).stdout).toBe('brew \n');
  });

  it('does all of it, lists it, and undoes it', async () => {
    const before = describeTree(home);
    const { status } = await ours('integrate', feed, '--menu', '--autostart', '--file-types', '--alias', 'tea');
    expect(status).toBe(0);
    expect((await runCommand(inHome('bin/tea'), { ...env, ZERODESK_NODE: process.execPath }, ['x'])).stdout).toBe(
      'tea x\n',
    );
    const opening = readFileSync(inHome('.local/share/applications/zerodesk-types-1-teatimer.desktop'), 'utf8');
    expect((await launch(valueOf(opening, 'Exec'), ['/x y.tea'])).stdout).toBe('tea --file /x y.tea\n');

    const list = JSON.parse((await ours('integrate', '--list', '--json')).stdout) as readonly {
      readonly kind: string;
    }[];
    expect(list.map(({ kind }) => kind).sort()).toEqual(['alias', 'autostart', 'file-types', 'menu']);
    expect((await ours('integrate', feed, '--list', '--autostart')).stdout.split('\n')).toHaveLength(2);

    expect((await ours('integrate', feed, '--remove', '--autostart')).status).toBe(0);
    expect(existsSync(inHome('.config/autostart'))).toBe(false);
    expect((await ours('integrate', feed, '--remove')).stdout.trim().split('\n')).toHaveLength(3);
    expect(describeTree(home)).toEqual(before);
    expect((await ours('integrate', '--list')).stdout).toBe('');
  });

  it('integrates an app under its own name', async () => {
    expect((await ours('add', 'tea', feed)).status).toBe(0);
    expect((await ours('integrate', 'tea')).status).toBe(0);
    const text = readFileSync(inHome('.local/share/applications/zeroinstall-teatimertea.desktop'), 'utf8');
    expect(valueOf(text, 'Name')).toBe('Tea Timer (tea)');
    expect((await launch(valueOf(text, 'Exec'))).stdout).toBe('tea \n');
    expect((await ours('integrate', feed, '--remove')).status).toBe(1);
    await ours('destroy', 'tea');
    expect((await ours('integrate', 'tea', '--remove')).status).toBe(0);
    expect(existsSync(inHome('.local/share/applications'))).toBe(false);
  });

  it('removes what is there for a feed that is gone', async () => {
    await ours('integrate', feed);
    rmSync(feed);
    expect((await ours('integrate', feed, '--remove')).status).toBe(0);
    expect(existsSync(inHome('.local/share/applications'))).toBe(false);
  });

  it('only says what it would do with --dry-run', async () => {
    const before = describeTree(home);
    const { stdout } = await ours('--dry-run', 'integrate', feed, '--menu', '--autostart');
    expect(stdout.match(/^\[dry-run\] would integrate .*\((menu|autostart)\)$/gm)).toHaveLength(2);
    expect(describeTree(home)).toEqual(before);
    await ours('integrate', feed);
    expect((await ours('--dry-run', 'integrate', feed, '--remove')).stdout).toMatch(
      /^\[dry-run\] would remove \/.*\.desktop\n$/,
    );
    expect(existsSync(inHome('.local/share/applications'))).toBe(true);
  });

  it.each([
    [['integrate'], 'needs a program'],
    [['integrate', 'https://example.com'], 'Missing /'],
    [['integrate', 'nothing-of-that-name'], 'Bad interface name'],
    [['integrate', 'nothing-of-that-name', '--remove'], 'Nothing of nothing-of-that-name was found'],
    [['integrate', '/nowhere', '--remove', '--json'], '"code":"not-integrated"'],
  ])('%j ends with a sentence', async (args, sentence) => {
    const { status, stderr } = await ours(...args);
    expect([status, stderr]).toEqual([1, expect.stringContaining(sentence) as string]);
  });

  it('says so when a program opens no files', async () => {
    writeFileSync(feed, readFileSync(feed, 'utf8').replace(/<capabilities.*<\/capabilities>/s, ''));
    const { status, stderr } = await ours('integrate', feed, '--file-types');
    expect([status, stderr]).toEqual([1, expect.stringContaining('file-types') as string]);
  });

  it('leaves nothing on the computer when it is portable', async () => {
    env = { ...env, ZEROINSTALL_PORTABLE_BASE: inHome('base') };
    const { status, stderr } = await ours('integrate', feed);
    expect([status, stderr]).toEqual([1, expect.stringContaining('portable') as string]);
    expect(existsSync(inHome('.local/share/applications'))).toBe(false);
  });

  it('makes no entry for a program that cannot be started', async () => {
    writeFileSync(feed, readFileSync(feed, 'utf8').replace(/<implementation.*<\/implementation>/s, ''));
    expect((await ours('integrate', feed)).status).toBe(1);
    expect(existsSync(inHome('.local/share/applications'))).toBe(false);
  });
});

it('0desk integrate --self makes Zerodesk appear, and leaves nothing when it is undone', async () => {
  const before = describeTree(home);
  const { status, stdout } = await ours('integrate', '--self');
  const file = inHome('.local/share/applications/net.zerodesk.Zerodesk.desktop');
  expect([status, stdout]).toEqual([0, `${file}\n`]);
  const text = readFileSync(file, 'utf8');
  expect(splitExec(valueOf(text, 'Exec') ?? '', ['zero-install:x']).at(-1)).toBe('zero-install:x');
  expect(valueOf(text, 'MimeType')).toContain(';x-scheme-handler/zero-install;');
  expect(existsSync(inHome('.local/share/icons/hicolor/256x256/apps/net.zerodesk.Zerodesk.png'))).toBe(true);
  if (isInstalled('desktop-file-validate')) {
    const { stdout: said, status: verdict } = await runCommand('/usr/bin/desktop-file-validate', env, [file]);
    expect([verdict, said]).toEqual([0, '']);
  }
  if (isInstalled('update-mime-database')) {
    const types = readFileSync(inHome('.local/share/mime/XMLnamespaces'), 'utf8');
    expect(types).toContain(
      'http://zero-install.sourceforge.net/2004/injector/interface interface application/x-zeroinstall-feed+xml',
    );
  }
  expect((await ours('integrate', '--self', '--remove')).status).toBe(0);
  expect(describeTree(home)).toEqual(before);
  expect((await ours('integrate', '--self', feed)).status).toBe(1);
});

describe.skipIf(!hasReference())('beside the reference', () => {
  beforeEach(() => {
    env = { ...env, PATH: `${inHome('bin')}:/usr/bin:/bin` };
  });

  it('entries are in its list, and start by it', async () => {
    const plain = inHome('tea.xml');
    writeFileSync(plain, readFileSync(feed));
    await ours('integrate', plain);
    // How it finds an entry: by the name of the file and this line. @see execution.md 9.1
    expect(/^Exec=0launch (?:-- )?([^ ]*) /m.exec(entry())?.[1]).toBe(plain);
    expect((await launch(valueOf(entry(), 'Exec'), ['x'])).stdout).toBe('tea x\n');
  });

  it('aliases are its own', async () => {
    const plain = inHome('tea.xml');
    writeFileSync(plain, readFileSync(feed));
    await ours('integrate', plain, '--alias=tea');
    expect((await runCommand(inHome('bin/tea'), env, ['x'])).stdout).toBe('tea x\n');
    const { stdout } = await runCommand('0install', env, ['--console', 'select', 'alias:tea']);
    expect(stdout).toContain(plain);
  });
});

function isInstalled(name: string): boolean {
  const isThere = existsSync(`/usr/bin/${name}`);
  if (!isThere) console.warn(`${name} is missing: what it says is NOT CHECKED.`);
  return isThere;
}
