import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createStartScripts } from '../../../electron/adapters/apps/start-scripts.ts';
import { createLinuxDesktop } from '../../../electron/adapters/desktop/linux.ts';
import type { DesktopProgram } from '../../../electron/core/desktop/program.ts';
import type { IntegrationKind } from '../../../electron/core/desktop/integration-plan.ts';
import type { DesktopPort, Integration } from '../../../electron/core/ports/desktop.ts';
import { parseDesktopEntry, valueOf } from '../../helpers/desktop-entry.ts';
import { capsAttribute, pngOf, programOf } from '../../helpers/desktop-program.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { describeTree } from '../../helpers/tree.ts';

let home: string;
let tools: string;
let desktop: DesktopPort;

const kinds: readonly IntegrationKind[] = ['menu', 'autostart', 'file-types', 'alias'];
const inHome = (name: string): string => path.join(home, name);
const read = (name: string): string => readFileSync(inHome(name), 'utf8');
const applications = '.local/share/applications';
const opens = `<capabilities ${capsAttribute}><file-type id="memo"><description>Memo note</description>
  <extension value=".memo" mime-type="application/x-memo"/><extension value=".zzq"/></file-type><url-protocol id="memo"/></capabilities>`;

/** Whether the system has a program. Says loudly that a test is left out if not. */
function has(name: string): boolean {
  const isThere = spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  if (!isThere) console.warn(`${name} is missing: tests that need it are SKIPPED.`);
  return isThere;
}

function open(env: Readonly<Record<string, string>> = {}): DesktopPort {
  const all = { PATH: `${tools}:${inHome('bin')}:/usr/bin:/bin`, XDG_DATA_DIRS: inHome('system'), ...env };
  return createLinuxDesktop({
    env: all,
    home,
    command: '/opt/zerodesk/bin/0desk',
    scripts: createStartScripts({ home, cache: [inHome('.cache/0install.net')] }, all),
    log: createMemoryLog(),
  });
}

async function write(
  kind: IntegrationKind,
  program: DesktopProgram,
  change: { alias?: string; icon?: Uint8Array } = {},
): Promise<Integration | null> {
  return desktop.write({ kind, program, alias: change.alias ?? null, icon: change.icon ?? null });
}

const entries = (): readonly string[] =>
  existsSync(inHome(applications)) ? readdirSync(inHome(applications)).sort() : [];
const menuFiles = (): readonly string[] => entries().filter((name) => name.startsWith('zeroinstall-'));

beforeEach(() => {
  home = tempDir();
  tools = tempDir();
  // What there is before anything is written: also things of others.
  for (const folder of ['bin', '.config', '.local/share', 'system']) mkdirSync(inHome(folder), { recursive: true });
  desktop = open();
});

describe.skipIf(!has('desktop-file-validate'))('every entry', () => {
  const hostile = `<name>"a" \`b\` $(c) %d %f \\e; [f]</name><summary>g=h
    Exec=i</summary><summary xml:lang="de">j\tk</summary><category>Office</category><category>Audio</category>
    <category>IDE</category><category>X;Exec=l</category><entry-point command="m &quot;n&quot; $o %p"/>${opens}`;

  it.each([
    ['a plain one', '<summary>Notes</summary><category>Utility</category>'],
    ['a hostile one', hostile],
    [
      'one with each category',
      'Graphics RasterGraphics IDE Audio Video AudioVideoEditing Viewer Education Science Robotics FileTransfer WebDevelopment TerminalEmulator TextEditor Email ArcadeGame HardwareSettings'
        .split(' ')
        .map((name) => `<category>${name}</category>`)
        .join(''),
    ],
    ['one that starts in a terminal', '<needs-terminal/>'],
  ])('is what the validator accepts: %s', async (_, content) => {
    for (const reference of [true, false]) {
      if (reference) writeFileSync(path.join(tools, '0launch'), '#!/bin/sh\n', { mode: 0o755 });
      for (const kind of ['menu', 'autostart', 'file-types'] as const) {
        await write(kind, programOf(content), { icon: pngOf(48) });
      }
      const files = [
        ...entries()
          .filter((name) => name.endsWith('.desktop'))
          .map((name) => inHome(`${applications}/${name}`)),
        ...readdirSync(inHome('.config/autostart')).map((name) => inHome(`.config/autostart/${name}`)),
      ];
      expect(files.length).toBeGreaterThanOrEqual(2);
      for (const file of files) {
        parseDesktopEntry(readFileSync(file, 'utf8'));
        const { stdout, status } = spawnSync('desktop-file-validate', ['--no-hints', file], { encoding: 'utf8' });
        expect([status, stdout.replaceAll(file, 'FILE')]).toEqual([0, '']);
        expect(statSync(file).mode & 0o777).toBe(0o644);
      }
    }
  });
});

describe('a desktop', () => {
  it('is as before when everything is removed again', async () => {
    const before = describeTree(home);
    const programs = [programOf(`<name>Memo</name>${opens}`), programOf('<name>Tea</name>', { app: 'tea' })];
    for (const program of programs) {
      for (const kind of kinds) await write(kind, program, { alias: `a${program.name.text.length}`, icon: pngOf(64) });
    }
    expect(describeTree(home).length).toBeGreaterThan(before.length + 8);
    for (const one of await desktop.list()) await desktop.remove(one);
    expect(await desktop.list()).toEqual([]);
    expect(describeTree(home)).toEqual(before);
  });

  it('keeps what others have there', async () => {
    mkdirSync(inHome(applications));
    mkdirSync(inHome('.local/share/icons/hicolor/64x64/apps'), { recursive: true });
    mkdirSync(inHome('.local/share/mime/packages'), { recursive: true });
    writeFileSync(
      inHome(`${applications}/other.desktop`),
      '[Desktop Entry]\nType=Application\nName=O\nExec=o\nMimeType=text/x-o;\n',
    );
    writeFileSync(inHome('.local/share/icons/hicolor/64x64/apps/other.png'), 'x');
    writeFileSync(
      inHome('.local/share/mime/packages/other.xml'),
      '<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info"><mime-type type="text/x-o"><glob pattern="*.oo"/></mime-type></mime-info>',
    );
    writeFileSync(inHome('bin/other'), '#!/bin/sh\n');
    for (const kind of kinds) await write(kind, programOf(opens), { alias: 'mine', icon: pngOf(64) });
    for (const one of await desktop.list()) await desktop.remove(one);
    expect(existsSync(inHome('bin/other'))).toBe(true);
    expect(readdirSync(inHome('.local/share/icons/hicolor/64x64/apps'))).toEqual(['other.png']);
    expect(readdirSync(inHome('.local/share/mime/packages'))).toEqual(['other.xml']);
    if (has('update-mime-database')) expect(read('.local/share/mime/globs2')).toMatch(/text\/x-o(?!.*zzq)/s);
    if (has('update-desktop-database')) expect(read(`${applications}/mimeinfo.cache`)).toMatch(/=other\.desktop;\n$/);
  });

  it('needs none of the tools of the system', async () => {
    desktop = open({ PATH: inHome('bin') });
    const before = describeTree(home);
    for (const kind of kinds) expect(await write(kind, programOf(opens), { alias: 'x' })).not.toBeNull();
    expect(entries()).toEqual([
      'zerodesk-types-1-app.desktop',
      'zerodesk-types-2-app.desktop',
      'zeroinstall-app.desktop',
    ]);
    for (const one of await desktop.list()) await desktop.remove(one);
    expect(describeTree(home)).toEqual(before);
  });

  it('goes on when a tool fails', async () => {
    for (const name of ['update-desktop-database', 'update-mime-database']) {
      writeFileSync(path.join(tools, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    }
    expect(await write('file-types', programOf(opens))).not.toBeNull();
  });

  it('follows the variables for its folders, but no relative ones', async () => {
    desktop = open({ XDG_DATA_HOME: inHome('data'), XDG_CONFIG_HOME: 'relative' });
    expect((await write('menu', programOf('')))?.path).toBe(inHome('data/applications/zeroinstall-app.desktop'));
    expect((await write('autostart', programOf('')))?.path).toBe(inHome('.config/autostart/zeroinstall-app.desktop'));
  });

  it('says it when it may not write, and leaves no part of a file', async () => {
    writeFileSync(inHome(applications), 'a file in the way');
    await expect(write('menu', programOf(''))).rejects.toThrow(/file-failed|file-missing/);
    expect(readdirSync(inHome('.local/share'))).toEqual(['applications']);
  });
});

describe('entries of several programs', () => {
  const first = programOf('<name>Memo</name>');
  const second = programOf('<name>Memo</name>', { uri: 'https://example.org/other.xml' });

  it('with one name are told apart', async () => {
    await write('menu', first);
    await write('menu', second);
    expect(menuFiles()).toEqual([
      expect.stringMatching(/^zeroinstall-memo-[0-9a-f]{6}\.desktop$/),
      'zeroinstall-memo.desktop',
    ]);
    await write('menu', first);
    expect(menuFiles()).toHaveLength(2);
    expect(valueOf(read(`${applications}/zeroinstall-memo.desktop`), 'X-ZeroInstall-URI')).toBe(first.target.uri);
  });

  it('have names of their own also where only one has an entry', async () => {
    await write('autostart', first, { icon: pngOf(48) });
    await write('menu', second, { icon: pngOf(48) });
    const [file = ''] = menuFiles();
    expect(file).toMatch(/^zeroinstall-memo-[0-9a-f]{6}\.desktop$/);
    expect(valueOf(read(`${applications}/${file}`), 'Icon')).toBe(file.replace('.desktop', ''));
  });

  it('never take the place of a file that somebody else wrote', async () => {
    mkdirSync(inHome(applications));
    writeFileSync(inHome('elsewhere'), 'mine');
    const places = [
      'zeroinstall-memo.desktop',
      'zeroinstall-link.desktop',
      'zeroinstall-gone.desktop',
      'zeroinstall-pipe.desktop',
    ];
    writeFileSync(inHome(`${applications}/${places[0]!}`), 'mine');
    symlinkSync(inHome('elsewhere'), inHome(`${applications}/${places[1]!}`));
    symlinkSync(inHome('nowhere'), inHome(`${applications}/${places[2]!}`));
    spawnSync('mkfifo', [inHome(`${applications}/${places[3]!}`)]);
    for (const name of ['Memo', 'Link', 'Gone', 'Pipe']) {
      const written = await write(
        'menu',
        programOf(`<name>${name}</name>`, { uri: `https://example.com/${name}.xml` }),
      );
      expect(written?.path).toMatch(/-[0-9a-f]{6}\.desktop$/);
    }
    expect(read(`${applications}/${places[0]!}`)).toBe('mine');
    expect(read('elsewhere')).toBe('mine');
    expect(existsSync(inHome('nowhere'))).toBe(false);
  });

  it('keep their names when the program is renamed', async () => {
    await write('menu', first);
    await write('menu', programOf('<name>Notes</name>'));
    expect(menuFiles()).toEqual(['zeroinstall-memo.desktop']);
    expect(valueOf(read(`${applications}/zeroinstall-memo.desktop`), 'Name')).toBe('Notes');
  });
});

describe('the list', () => {
  it('has what the reference wrote too, and what the system offers to everybody', async () => {
    mkdirSync(inHome(applications));
    mkdirSync(inHome('system/applications'));
    const entry = (name: string, uri: string): string => `[Desktop Entry]\nName=${name}\nExec=0launch -- ${uri} %f\n`;
    writeFileSync(inHome(`${applications}/zeroinstall-theirs.desktop`), entry('Theirs', 'https://example.com/t.xml'));
    writeFileSync(inHome(`${applications}/other.desktop`), entry('Not by its name', 'https://example.com/n.xml'));
    writeFileSync(
      inHome('system/applications/zeroinstall-all.desktop'),
      entry('For all', 'https://example.com/all.xml'),
    );
    writeFileSync(
      inHome('system/applications/zeroinstall-theirs.desktop'),
      entry('Hidden', 'https://example.com/h.xml'),
    );
    const list = await desktop.list();
    expect(list.map(({ name, uri, isRemovable }) => [name, uri, isRemovable])).toEqual([
      ['Theirs', 'https://example.com/t.xml', true],
      ['For all', 'https://example.com/all.xml', false],
    ]);
    await desktop.remove(list[0]!);
    expect(entries()).toEqual(['other.desktop']);
  });

  it('is not stopped by what cannot be read', async () => {
    mkdirSync(inHome(`${applications}/zeroinstall-folder.desktop`), { recursive: true });
    writeFileSync(inHome(`${applications}/zeroinstall-big.desktop`), Buffer.alloc(2_000_000, 'x'));
    writeFileSync(inHome(`${applications}/zeroinstall-bytes.desktop`), Buffer.from([0xff, 0xfe, 0x00]));
    spawnSync('mkfifo', [inHome(`${applications}/zeroinstall-pipe.desktop`)]);
    expect(await desktop.list()).toEqual([]);
  });

  it('shows all ways of opening files as one', async () => {
    await write('file-types', programOf(opens));
    expect((await desktop.list()).map(({ kind }) => kind)).toEqual(['file-types']);
  });
});

describe('icons', () => {
  it.each([
    [pngOf(48), '48x48'],
    [pngOf(50, 20), '48x48'],
    [pngOf(1024), '512x512'],
    [pngOf(1), '16x16'],
  ])('go where themes look for them (%#)', async (icon, size) => {
    await write('menu', programOf(''), { icon });
    expect(new Uint8Array(readFileSync(inHome(`.local/share/icons/hicolor/${size}/apps/zeroinstall-app.png`)))).toEqual(
      icon,
    );
    expect(valueOf(read(`${applications}/zeroinstall-app.desktop`), 'Icon')).toBe('zeroinstall-app');
  });

  it.each([
    ['no PNG', new Uint8Array(Buffer.from('<svg onload="alert(1)"/>'.padEnd(64)))],
    ['more pixels than any screen', pngOf(100_000)],
    ['no pixels', pngOf(0)],
    ['more bytes than an icon', pngOf(48, 48, 600 * 1024)],
    ['cut off', pngOf(48).subarray(0, 20)],
  ])('are refused: %s', async (_, icon) => {
    await expect(write('menu', programOf(''), { icon })).rejects.toThrow('not-allowed');
    expect(existsSync(inHome('.local/share/icons'))).toBe(false);
  });

  it('stay while another entry shows them, and have one size', async () => {
    await write('menu', programOf(''), { icon: pngOf(32) });
    await write('autostart', programOf(''), { icon: pngOf(64) });
    const icons = (): readonly string[] => describeTree(inHome('.local/share')).filter((line) => line.includes('.png'));
    expect(icons()).toHaveLength(1);
    const [menu] = (await desktop.list()).filter(({ kind }) => kind === 'menu');
    await desktop.remove(menu!);
    expect(icons()).toHaveLength(1);
    for (const one of await desktop.list()) await desktop.remove(one);
    expect(existsSync(inHome('.local/share/icons'))).toBe(false);
  });
});

describe('files', () => {
  it.skipIf(!has('update-mime-database') || !has('update-desktop-database'))(
    'of a new type are known and opened by the program',
    async () => {
      await write('file-types', programOf(opens));
      expect(read('.local/share/mime/globs2')).toContain('10:application/x-memo:*.memo');
      expect(read(`${applications}/mimeinfo.cache`)).toContain('application/x-memo=zerodesk-types-1-app.desktop;');
      expect(read(`${applications}/mimeinfo.cache`)).toContain('x-scheme-handler/memo=zerodesk-types-2-app.desktop;');
    },
  );

  it('of a type that the system knows keep it, whatever the feed says', async () => {
    mkdirSync(inHome('system/mime'));
    writeFileSync(
      inHome('system/mime/globs2'),
      '# comment\n50:application/pdf:*.pdf\n10:text/old:*.pdf\n50:text/plain:*.txt:cs\n',
    );
    const program =
      programOf(`<capabilities ${capsAttribute}><file-type id="a"><extension value=".pdf" mime-type="application/x-evil"/>
      <extension value=".new" mime-type="text/plain"/></file-type></capabilities>`);
    await write('file-types', program);
    expect(valueOf(read(`${applications}/zerodesk-types-1-app.desktop`), 'MimeType')).toBe(
      'application/pdf;text/plain;',
    );
    const types = read('.local/share/mime/packages/zerodesk-app.xml');
    expect(types).not.toMatch(/pdf|evil|<comment/);
    expect(types).toContain('<glob pattern="*.new" weight="10"/>');
  });

  it('are nothing for a program that opens none', async () => {
    const before = describeTree(home);
    expect(await write('file-types', programOf(''))).toBeNull();
    expect(describeTree(home)).toEqual(before);
  });
});

describe('commands', () => {
  it('start the program', async () => {
    writeFileSync(path.join(tools, '0desk'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const uri = '/srv/it\'s $HOME `x` "y".xml';
    const written = await write('alias', programOf('', { uri }), { alias: 'memo' });
    const { stdout } = spawnSync(written!.path, ['a b', '$c'], {
      encoding: 'utf8',
      env: { PATH: `${tools}:/usr/bin:/bin` },
    });
    expect(stdout.split('\n')).toEqual(['run', '--', uri, 'a b', '$c', '']);
  });

  it('are not made over others', async () => {
    writeFileSync(inHome('bin/memo'), 'mine');
    chmodSync(inHome('bin/memo'), 0o755);
    await expect(write('alias', programOf(''), { alias: 'memo' })).rejects.toThrow('command-exists');
    await write('alias', programOf(''), { alias: 'tea' });
    const other = programOf('', { uri: 'https://example.org/o.xml' });
    await expect(write('alias', other, { alias: 'tea' })).rejects.toThrow('command-exists');
    expect(await write('alias', programOf(''), { alias: 'tea' })).not.toBeNull();
    expect(read('bin/memo')).toBe('mine');
  });

  it.each(['../x', '', '-x', 'a b', 'a\nb', '0desk', 'a;b', '$(x)'])('are not called %j', async (alias) => {
    await expect(write('alias', programOf(''), { alias })).rejects.toThrow('bad-app-name');
  });

  it('that were replaced since they were listed stay', async () => {
    await write('alias', programOf(''), { alias: 'tea' });
    const [alias] = await desktop.list();
    writeFileSync(inHome('bin/tea'), 'changed');
    await desktop.remove(alias!);
    expect(read('bin/tea')).toBe('changed');
  });
});
