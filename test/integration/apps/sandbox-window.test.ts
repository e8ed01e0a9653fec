import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDesk, type Desk } from '../../../electron/desk.ts';
import { createHandlers } from '../../../electron/ipc/handlers.ts';
import { calls, type CallInput, type CallName, type Input, type Output } from '../../../shared/ipc/contract.ts';
import type { AppName, InterfaceUri } from '../../../shared/model/index.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { noShell } from '../../helpers/no-shell.ts';
import { sampleSiteDir } from '../../helpers/sample-site.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const canSandbox =
  spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', '/bin/true'], { stdio: 'ignore' }).status === 0;
if (!canSandbox) console.warn('SKIPPED: bubblewrap is missing or may not be used here, so sandboxes are not tried');

const app = 'look' as AppName;
let home: string;
let feed: InterfaceUri;
/** What a person chooses next. */
let chosen: string | null;

function openDesk(PATH = `${home}/bin:/usr/bin:/bin`): Desk {
  const env = { HOME: home, PATH, LC_ALL: 'C.UTF-8', XDG_CONFIG_DIRS: '', XDG_CACHE_DIRS: '', XDG_DATA_DIRS: '' };
  const cliDir = path.resolve(import.meta.dirname, '../../../out/cli');
  const log = createMemoryLog();
  const desk = createDesk({ env, version: '0', samplesDir: sampleSiteDir, workersDir: null, cliDir, log });
  onTestFinished(() => desk.close());
  return desk;
}

/** Calls as the page makes them. */
function pageOf(desk: Desk) {
  const handlers = createHandlers(desk, {
    ...noShell,
    chooseFolder: () => Promise.resolve(chosen),
  });
  return async <N extends CallName>(name: N, input: CallInput<N>): Promise<Output<N>> =>
    calls[name].output.parse(await handlers[name](calls[name].input.parse(input) as Input<N>)) as Output<N>;
}

beforeEach(async () => {
  home = tempDir();
  chosen = null;
  for (const folder of ['bin', 'prog', 'given']) mkdirSync(path.join(home, folder));
  writeFileSync(path.join(home, 'secret'), 'nobody may know');
  writeFileSync(path.join(home, 'given/file'), 'to be read');
  writeFileSync(path.join(home, 'prog/run'), '#!/bin/sh\ncat ~/secret ~/given/file 2>&1; true\n', { mode: 0o755 });
  feed = path.join(home, 'look.xml') as InterfaceUri;
  writeFileSync(
    feed,
    `<?xml version="1.0"?><interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>Look</name><summary>x</summary>
      <implementation id="1" local-path="prog" version="1" stability="stable" main="run"/></interface>`,
  );
  const desk = openDesk();
  await desk.jobs.ended(desk.appJobs.add(app, feed));
});

describe.skipIf(!canSandbox)('an app in a sandbox, in the window', () => {
  it('sees what it was given, started from its tile or from its time line', async () => {
    const desk = openDesk();
    const call = pageOf(desk);
    const run = async (isEntry = false): Promise<string> => {
      const job = isEntry ? await call('timeline.run', { app, entry: 1 }) : await call('apps.run', { interface: feed });
      await desk.jobs.ended(job);
      return desk.jobs.get(job).program?.output ?? '';
    };
    expect(await run()).toContain('nobody may know');
    await call('sandbox.set', { app, isOn: true, allowsNetwork: false });
    for (const isEntry of [false, true]) {
      const output = await run(isEntry);
      expect(output).not.toContain('nobody may know');
      expect(output).not.toContain('to be read');
    }
    chosen = path.join(home, 'given');
    await call('sandbox.allow', { app, access: 'read' });
    expect(await run()).toContain('to be read');
    await call('sandbox.forbid', { app, folder: chosen });
    expect(await run()).not.toContain('to be read');
    await call('sandbox.set', { app, isOn: false, allowsNetwork: false });
    expect(await run()).toContain('nobody may know');
  });
});

describe('the settings of a sandbox', () => {
  it.skipIf(!canSandbox)('are kept, and nothing changes when no folder was chosen', async () => {
    const call = pageOf(openDesk());
    await call('sandbox.set', { app, isOn: true, allowsNetwork: true });
    await call('sandbox.allow', { app, access: 'read' });
    chosen = home;
    await call('sandbox.allow', { app, access: 'read' });
    await call('sandbox.allow', { app, access: 'write' });
    const expected = { isOn: true, allowsNetwork: true, writable: [home], readable: [], missingPackage: null };
    expect(await call('sandbox.view', { app })).toEqual(expected);
  });

  it('say what is missing without bubblewrap, and promise nothing then', async () => {
    const call = pageOf(openDesk(path.join(home, 'bin')));
    expect((await call('sandbox.view', { app })).missingPackage).toBe('bubblewrap');
    await expect(call('sandbox.set', { app, isOn: true, allowsNetwork: false })).rejects.toMatchObject({
      code: 'sandbox-missing',
    });
    expect((await call('sandbox.view', { app })).isOn).toBe(false);
  });

  it('are of apps only', async () => {
    const call = pageOf(openDesk());
    chosen = home;
    await expect(call('sandbox.view', { app: 'none' })).rejects.toMatchObject({ code: 'app-missing' });
    await expect(call('sandbox.allow', { app, access: 'read' })).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('what exists on this computer', () => {
  it('is listed with all that made it, and undone by its id', async () => {
    const desk = openDesk();
    const call = pageOf(desk);
    await desk.integrations.integrate({ uri: feed, app }, { kinds: ['menu', 'autostart'], alias: null });
    await desk.integrations.integrate({ uri: feed, app: null }, { kinds: ['alias'], alias: 'other' });
    const entries = await call('desktop.all', {});
    expect(entries.map(({ kind, of }) => [kind, of]).sort()).toEqual([
      ['alias', feed],
      ['autostart', 'look'],
      ['menu', 'look'],
    ]);
    const [first] = entries;
    await call('desktop.undo', { ids: [first?.id ?? ''] });
    expect(existsSync(first?.path ?? '')).toBe(false);
    expect(await call('desktop.all', {})).toHaveLength(2);
    // It is gone already.
    await call('desktop.undo', { ids: entries.map(({ id }) => id) });
    expect(await call('desktop.all', {})).toEqual([]);
  });
});
