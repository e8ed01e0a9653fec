import { describe, expect, it } from 'vitest';
import { createMacPlanner } from '../../../../../electron/core/desktop/macos-plan.ts';
import { createWindowsPlanner, type WindowsOperation } from '../../../../../electron/core/desktop/windows-plan.ts';
import { toSystemCall } from '../../../../../electron/adapters/desktop/windows.ts';
import type { IntegrationKind } from '../../../../../electron/core/desktop/integration-plan.ts';
import type { DesktopProgram } from '../../../../../electron/core/desktop/program.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';
import { capsAttribute, programOf } from '../../../../helpers/desktop-program.ts';

const request = (
  kind: IntegrationKind,
  program: DesktopProgram,
  alias: string | null = null,
): Parameters<ReturnType<typeof createWindowsPlanner>>[0] => ({ kind, program, alias, icon: null });

describe('on Windows', () => {
  const places = {
    roaming: 'C:\\Users\\me\\AppData\\Roaming',
    local: 'C:\\Users\\me\\AppData\\Local',
    command: ['C:\\Zero desk\\node.exe', 'C:\\Zero desk\\0desk.js'] as const,
    isTaken: () => false,
  };
  const plan = createWindowsPlanner(places);
  const start = '"C:\\Zero desk\\0desk.js" "run" "--" "https://example.com/app.xml"';

  it('a program gets a shortcut in the start menu', () => {
    const path = 'C:\\Users\\me\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\App.lnk';
    expect(plan(request('menu', programOf('<summary>Notes</summary>')))).toEqual({
      path,
      apply: [{ type: 'shortcut', path, target: 'C:\\Zero desk\\node.exe', args: start, description: 'Notes' }],
      undo: [{ type: 'delete-file', path }],
    });
  });

  it.each([
    ['..\\..\\x', 'x'],
    ['CON', 'Program CON'],
    ['a:b*c?', 'abc'],
    ['...', 'Program'],
  ])('a shortcut for %j is called %s', (name, file) => {
    expect(plan(request('menu', programOf(`<name>${name}</name>`)))?.path).toMatch(
      new RegExp(`\\\\Programs\\\\${file}\\.lnk$`),
    );
  });

  it('a second program of that name gets another shortcut', () => {
    const second = createWindowsPlanner({ ...places, isTaken: () => true });
    expect(second(request('menu', programOf('')))?.path).toMatch(/\\App [0-9a-f]{6}\.lnk$/);
  });

  it('a program starts with the session by a value of the registry', () => {
    const { apply, undo } = plan(request('autostart', programOf(''))) ?? {};
    const key = 'Software\\Microsoft\\Windows\\CurrentVersion\\Run';
    const name = expect.stringMatching(/^Zerodesk-[0-9a-f]{6}$/) as string;
    expect(apply).toEqual([{ type: 'set-value', key, name, value: `"C:\\Zero desk\\node.exe" ${start}` }]);
    expect(undo).toEqual([{ type: 'delete-value', key, name }]);
  });

  it('a program is offered for files and addresses, and every key is taken away again', () => {
    const program = programOf(`<capabilities ${capsAttribute}><file-type id="a"><description>Note</description>
      <extension value=".memo"/><verb name="open" args='-o "%V"'/></file-type><url-protocol id="memo"/></capabilities>`);
    const { apply = [], undo = [] } = plan(request('file-types', program)) ?? {};
    const values = new Map(
      apply.flatMap((step) => (step.type === 'set-value' ? [[`${step.key}|${step.name}`, step.value] as const] : [])),
    );
    const [, id = ''] = /\\Classes\\(Zerodesk\.[0-9a-f]{6})\.1\|$/m.exec([...values.keys()].join('\n')) ?? [];
    expect(values.get(`Software\\Classes\\${id}.1|`)).toBe('Note');
    expect(values.get(`Software\\Classes\\${id}.1\\shell\\open\\command|`)).toBe(
      `"C:\\Zero desk\\node.exe" ${start} "-o" "%1"`,
    );
    expect(values.has(`Software\\Classes\\.memo\\OpenWithProgids|${id}.1`)).toBe(true);
    expect(values.get(`Software\\Classes\\${id}.url-memo|URL Protocol`)).toBe('');
    expect(values.get(`Software\\Zerodesk\\${id}\\Capabilities\\URLAssociations|memo`)).toBe(`${id}.url-memo`);
    // The default of an ending or a scheme is never touched.
    expect([...values.keys()].filter((key) => /\\Classes\\\.[^\\]*\||\\Classes\\memo/.test(key))).toEqual([]);
    const isUndone = (step: WindowsOperation): boolean =>
      step.type !== 'set-value' ||
      undo.some(
        (other) =>
          (other.type === 'delete-key' && `${step.key}\\`.startsWith(`${other.key}\\`)) ||
          (other.type === 'delete-value' && other.key === step.key && other.name === step.name),
      );
    expect(apply.filter((step) => !isUndone(step))).toEqual([]);
  });

  it('a program that opens nothing gets nothing', () => {
    expect(plan(request('file-types', programOf('')))).toBeNull();
  });

  it('an address with percent signs cannot open files, and is escaped in a command', () => {
    const uri = 'https://example.com/a%20b.xml';
    const program = programOf(`<capabilities ${capsAttribute}><url-protocol id="memo"/></capabilities>`, { uri });
    expect(() => plan(request('file-types', program))).toThrow('not-allowed');
    expect(plan(request('alias', program, 'memo'))?.apply).toEqual([
      {
        type: 'write-file',
        path: 'C:\\Users\\me\\AppData\\Local\\Microsoft\\WindowsApps\\memo.cmd',
        text: '@"C:\\Zero desk\\node.exe" "C:\\Zero desk\\0desk.js" "run" "--" "https://example.com/a%%20b.xml" %*\r\n',
      },
    ]);
  });

  it.each(['../x', 'a b', '', '0desk'])('no command is called %j', (alias) => {
    expect(() => plan(request('alias', programOf(''), alias))).toThrow('bad-app-name');
  });

  it('quotes and backslashes in arguments stay what they are', () => {
    const quoted = createWindowsPlanner({ ...places, command: ['C:\\a\\', 'b"c\\'] });
    const [step] = quoted(request('autostart', programOf('')))?.apply ?? [];
    expect(step).toMatchObject({ value: '"C:\\a\\\\" "b\\"c\\\\" "run" "--" "https://example.com/app.xml"' });
  });

  it('steps are calls of programs of the system, without a shell', () => {
    expect(toSystemCall({ type: 'set-value', key: 'Software\\X', name: '', value: 'a"b' })).toEqual({
      program: 'reg.exe',
      args: ['add', 'HKCU\\Software\\X', '/ve', '/t', 'REG_SZ', '/d', 'a"b', '/f'],
      mayFail: false,
    });
    expect(toSystemCall({ type: 'delete-key', key: 'Software\\X' })).toMatchObject({
      args: ['delete', 'HKCU\\Software\\X', '/f'],
      mayFail: true,
    });
    const evil = "'; Remove-Item C:\\ -Recurse #";
    const call = toSystemCall({ type: 'shortcut', path: evil, target: evil, args: evil, description: evil });
    expect(Buffer.from(call.args.at(-1) ?? '', 'base64').toString('utf16le')).not.toContain('Remove-Item');
    expect(call.env).toMatchObject({ SHORTCUT_PATH: evil });
  });
});

describe('on macOS', () => {
  const places = { home: '/Users/me', command: '/opt/zero desk/bin/0desk', isTaken: () => false };
  const plan = createMacPlanner(places);

  it('a program is a folder that the Finder starts', () => {
    const { path, apply = [], undo } = plan(request('menu', programOf('<name>A &amp; &lt;B&gt;</name>'))) ?? {};
    expect(path).toBe('/Users/me/Applications/A & B.app');
    const [info, start] = apply;
    expect(info).toMatchObject({ path: `${path ?? ''}/Contents/Info.plist`, mode: 0o644 });
    const plist = parseXml(info?.type === 'write-file' ? info.text : '', { source: 'Info.plist' });
    const dict = plist.children[0]?.children.map(({ text }) => text) ?? [];
    expect(dict[dict.indexOf('CFBundleName') + 1]).toBe('A & <B>');
    expect(start).toEqual({
      type: 'write-file',
      path: `${path ?? ''}/Contents/MacOS/start`,
      text: `#!/bin/sh\nexec '/opt/zero desk/bin/0desk' run -- 'https://example.com/app.xml' "$@"\n`,
      mode: 0o755,
    });
    expect(undo).toEqual([{ type: 'delete', path }]);
  });

  it('one that needs a terminal is a script that the Finder opens in one', () => {
    expect(plan(request('menu', programOf('<needs-terminal/>')))?.path).toBe('/Users/me/Applications/App.command');
  });

  it('a program starts with the session by an agent', () => {
    const { path, apply } = plan(request('autostart', programOf(''))) ?? {};
    expect(path).toMatch(/^\/Users\/me\/Library\/LaunchAgents\/net\.zerodesk\.program-[0-9a-f]{6}\.plist$/);
    expect(apply?.[0]).toMatchObject({
      text: expect.stringContaining('<string>--</string><string>https://example.com/app.xml</string>') as string,
    });
  });

  it('a command is a script beside the others', () => {
    expect(plan(request('alias', programOf(''), 'memo'))?.path).toBe('/Users/me/.local/bin/memo');
    const taken = createMacPlanner({ ...places, isTaken: () => true });
    expect(() => taken(request('alias', programOf(''), 'memo'))).toThrow('not-allowed');
  });
});
