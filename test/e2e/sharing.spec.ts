import * as fs from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { DeskPage } from '../helpers/desk-page.ts';
import { closeElectron, electronExecutable, expect, launchElectron, test as base } from '../helpers/electron-app.ts';
import { createIsland, hasIslands, islandProgram, type Island } from '../helpers/island.ts';

const store = '/var/cache/0install.net/implementations';

/** Several real users with a shared store, and the window of one of them at a time. */
interface Users {
  readonly island: Island;
  readonly openAs: (user: string) => Promise<ElectronApplication>;
}

const test = base.extend<{ readonly users: Users }>({
  users: async ({ home }, use) => {
    const island = await createIsland(['alice', 'bob', 'charlie']);
    const running = new Set<ElectronApplication>();
    const electron = path.posix.join('/opt/electron', path.basename(electronExecutable()));
    try {
      fs.cpSync(path.dirname(electronExecutable()), island.outside('/opt/electron'), { recursive: true });
      const authority = process.env['XAUTHORITY'];
      if (authority !== undefined) {
        fs.copyFileSync(authority, island.outside('/opt/authority'));
        fs.chmodSync(island.outside('/opt/authority'), 0o644);
      }
      const setup = await island.run('root', [`${islandProgram}/bin/0desk`, 'share', 'setup', '--apply']);
      expect(setup.stdout).toContain('Sharing: ready');
      await use({
        island,
        async openAs(user) {
          const env = {
            DISPLAY: process.env['DISPLAY'] ?? '',
            XDG_RUNTIME_DIR: `/home/${user}`,
            ...(authority !== undefined && { XAUTHORITY: '/opt/authority' }),
          };
          const command = island.commandLine(user, [electron], { env });
          const starter = path.join(home, `open-as-${user}`);
          const words = command.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
          fs.writeFileSync(starter, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
          const app = await launchElectron({ executable: starter, target: islandProgram, args: ['--no-sandbox'] });
          running.add(app);
          app.once('close', () => running.delete(app));
          return app;
        },
      });
    } finally {
      for (const app of running) await closeElectron(app);
      island.close();
    }
  },
});

test.skip(!hasIslands(), 'needs root, sudo and mount namespaces');

test('what Alice downloads Bob has, and what Charlie changes nobody gets', async ({ users }) => {
  const { island, openAs } = users;
  const stored = (): readonly string[] => fs.readdirSync(island.outside(store)).sort();
  const ownOf = (user: string): string => island.outside(`/home/${user}/.cache/0install.net/implementations`);

  await test.step('Charlie downloads Memo, changes it, and cannot put that in its place', async () => {
    // Without the helper it is his own.
    const env = { PATH: '/usr/bin:/bin', ZERODESK_NODE: '/usr/local/bin/node' };
    const download = [`${islandProgram}/bin/0desk`, 'download', 'https://samples.zerodesk.invalid/memo.xml'];
    expect((await island.run('charlie', download, { env })).status).toBe(0);
    for (const digest of fs.readdirSync(ownOf('charlie'))) {
      const own = `.cache/0install.net/implementations/${digest}`;
      const change = `find . -type f ! -name .manifest -exec sh -c 'chmod u+w "$1"; echo evil >> "$1"' sh {} ';'`;
      const script = `chmod -R u+w ${own} && cd ${own} && ${change} && exec 0store-secure-add-helper ${digest}`;
      const forged = await island.run('charlie', ['sh', '-c', script]);
      expect(forged).toMatchObject({ status: 1, stderr: expect.stringMatching(/\((?:size|digest)\)/) });
    }
    expect(stored()).toEqual([]);
  });

  await test.step('Alice downloads and runs Memo', async () => {
    const app = await openAs('alice');
    const window = await app.firstWindow();
    const desk = new DeskPage(window);
    await desk.runTile('Memo');
    await expect(desk.output).toContainText('Memo 2.0');
    expect(stored().length).toBeGreaterThan(0);
    expect(fs.existsSync(ownOf('alice'))).toBe(true);
    expect(fs.readdirSync(ownOf('alice'))).toEqual([]);
    await desk.open('Sharing');
    await expect(window.getByText('Downloads are shared with all users')).toBeVisible();
    await window.getByRole('tab', { name: /^Shared/ }).click();
    await expect(window.getByRole('row', { name: /^Memo 2\.0/ })).toContainText('you');
    await closeElectron(app);
  });

  await test.step('Bob runs Memo without downloading', async () => {
    const before = stored();
    const app = await openAs('bob');
    const window = await app.firstWindow();
    const desk = new DeskPage(window);
    await desk.runTile('Memo');
    await expect(desk.output).toContainText('Memo 2.0');
    expect(stored()).toEqual(before);
    expect(fs.existsSync(ownOf('bob'))).toBe(false);
    await desk.open('Sharing');
    await window.getByRole('tab', { name: 'Activity' }).click();
    await expect(window.getByRole('row').filter({ hasText: /^.*Memo 2\.0refused/ })).toContainText('another user');
    await closeElectron(app);
  });
});
