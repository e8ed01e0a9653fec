import { existsSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createMacDesktop } from '../../../electron/adapters/desktop/macos.ts';
import { programOf } from '../../helpers/desktop-program.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const record = 'Library/Application Support/Zerodesk/integrations.json';

it('what is written for macOS is remembered, replaced and removed', async () => {
  const home = tempDir();
  const desktop = createMacDesktop({ home, command: '/opt/0desk' });
  const request = { kind: 'menu', program: programOf(''), alias: null, icon: null } as const;
  const start = path.join(home, 'Applications/App.app/Contents/MacOS/start');
  expect(await desktop.write(request)).toMatchObject({ path: path.join(home, 'Applications/App.app') });
  expect(statSync(start).mode & 0o777).toBe(0o755);

  const other = programOf('', { uri: 'https://example.org/other.xml' });
  expect((await desktop.write({ ...request, program: other }))?.path).toMatch(/App [0-9a-f]{6}\.app$/);
  await desktop.write({ ...request, program: programOf('<name>New</name>') });
  expect(existsSync(start)).toBe(false);
  expect((await desktop.list()).map(({ name, uri }) => [name, uri])).toEqual([
    ['App', 'https://example.org/other.xml'],
    ['New', 'https://example.com/app.xml'],
  ]);

  for (const one of await desktop.list()) await desktop.remove(one);
  expect(await desktop.list()).toEqual([]);
  expect(existsSync(path.join(home, record))).toBe(false);
  expect(existsSync(path.join(home, 'Applications/New.app'))).toBe(false);
});

it.each(['garbage', '[{"kind":"menu","undo":[{"type":"run","path":"/"}]}]', '{}'])(
  'a damaged record is none: %s',
  async (text) => {
    const home = tempDir();
    const desktop = createMacDesktop({ home, command: '/opt/0desk' });
    const request = { kind: 'autostart', program: programOf(''), alias: null, icon: null } as const;
    await desktop.write(request);
    writeFileSync(path.join(home, record), text);
    expect(await desktop.list()).toEqual([]);
    await desktop.write(request);
    expect(await desktop.list()).toHaveLength(1);
  },
);
