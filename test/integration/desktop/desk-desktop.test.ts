import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createDesk } from '../../../electron/desk.ts';
import { createHandlers } from '../../../electron/ipc/handlers.ts';
import { calls } from '../../../shared/ipc/contract.ts';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { noShell } from '../../helpers/no-shell.ts';
import { sampleSiteDir } from '../../helpers/sample-site.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function open(change: Readonly<Record<string, string>> = {}) {
  const home = tempDir();
  const feed = path.join(home, 'memo.xml') as InterfaceUri;
  mkdirSync(path.join(home, 'prog'));
  writeFileSync(
    feed,
    `<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>Memo</name><summary>notes</summary>
     <implementation id="1" local-path="prog" version="1" main="run"/></interface>`,
  );
  const env = {
    HOME: home,
    PATH: '/usr/bin:/bin',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
    ...change,
  };
  const desk = createDesk({ env, version: '0', samplesDir: sampleSiteDir, workersDir: null, log: createMemoryLog() });
  onTestFinished(() => desk.close());
  return {
    home,
    feed,
    handlers: createHandlers(desk, noShell),
  };
}

it('the page makes programs appear, sees where they do, and undoes it', async () => {
  const { home, feed, handlers } = open();
  const presence = async () => calls['desktop.list'].output.parse(await handlers['desktop.list']({ interface: feed }));
  const entry = path.join(home, '.local/share/applications/zeroinstall-memo.desktop');
  expect(await presence()).toEqual({ possible: ['menu', 'autostart'], present: [], commands: [] });
  await handlers['desktop.integrate']({ interface: feed, place: 'menu' });
  expect(existsSync(entry)).toBe(true);
  expect((await presence()).present).toEqual(['menu']);
  await handlers['desktop.remove']({ interface: feed, place: 'menu' });
  expect(existsSync(entry)).toBe(false);
  expect((await presence()).present).toEqual([]);
});

it('nothing is possible for a program that is not here, or when Zerodesk is portable', async () => {
  const { handlers } = open();
  const uri = 'https://example.com/none.xml' as InterfaceUri;
  expect((await handlers['desktop.list']({ interface: uri })).possible).toEqual([]);
  await expect(handlers['desktop.integrate']({ interface: uri, place: 'menu' })).rejects.toThrow('feed-missing');

  const portable = open({ ZEROINSTALL_PORTABLE_BASE: tempDir() });
  expect((await portable.handlers['desktop.list']({ interface: portable.feed })).possible).toEqual([]);
  const refused = portable.handlers['desktop.integrate']({ interface: portable.feed, place: 'menu' });
  await expect(refused).rejects.toThrow('not-allowed');
});
