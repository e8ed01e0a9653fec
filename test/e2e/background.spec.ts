import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { noDesktopBus, startDesktopBus, type DesktopBus } from '../helpers/desktop-bus.ts';
import { expect, test as base } from '../helpers/electron-app.ts';

const missing = noDesktopBus();
if (missing !== null) console.warn(`SKIPPED: ${missing}, so the tray and notifications are not tried`);

/** A program on a desktop with a tray and notifications, which it uses. */
const test = base.extend<{ readonly desktop: DesktopBus }>({
  desktop: async ({}, use) => {
    const desktop = await startDesktopBus();
    await use(desktop);
    await desktop.close();
  },
  home: async ({ home }, use) => {
    const file = path.join(home, 'state/zerodesk/window-settings.json');
    await writeFile(file, JSON.stringify({ isWelcomed: true, showsTray: true, notifies: true }));
    await use(home);
  },
  appOptions: async ({ desktop }, use) => {
    // The samples come from the disk; at this pace they take their time, as others do.
    await use({ env: { DBUS_SESSION_BUS_ADDRESS: desktop.address, ZERODESK_SAMPLE_RATE: '25000' } });
  },
});
test.skip(missing !== null, missing ?? '');

const isVisible = (app: ElectronApplication): Promise<boolean | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
const close = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });

test('a window that is closed at work goes into the tray; it tells when it is done, and comes back by a click [O15] [O34] [W25] [X9]', async ({
  app,
  desktop,
  home,
  window,
}) => {
  await expect.poll(() => desktop.events.some(({ event }) => event === 'item')).toBe(true);
  await window.getByRole('searchbox', { name: 'Search apps' }).first().fill('pi explorer');
  // By its name: the first one may be another's, which goes away with its menu when the search shows its result.
  await window.getByRole('button', { name: 'More for Pi Explorer' }).click();
  await window.getByRole('menuitem', { name: 'Download without running' }).click();
  await window.keyboard.press('Control+2');
  await expect(window.getByRole('progressbar').first()).toBeVisible();

  await close(app);
  await expect.poll(() => isVisible(app)).toBe(false);
  desktop.ask({ do: 'tooltip' });
  await expect
    .poll(() => desktop.events.flatMap((each) => (each.event === 'tooltip' ? [each.text] : [])))
    .toContain('Zerodesk: one job at work');

  const notices = () => desktop.events.flatMap((each) => (each.event === 'notification' ? [each] : []));
  await expect
    .poll(() => notices().map(({ title }) => title), { timeout: 60_000 })
    .toEqual([expect.stringMatching(/is downloaded$/)]);
  desktop.ask({ do: 'click-notification', id: notices()[0]?.id ?? 0 });
  await expect.poll(() => isVisible(app)).toBe(true);
  await expect(window.getByRole('heading', { level: 1, name: 'Downloads' })).toBeVisible();

  // The same by the icon itself, and nothing is told of what one sees.
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.hide();
  });
  desktop.ask({ do: 'click-item' });
  await expect.poll(() => isVisible(app)).toBe(true);
  expect(desktop.events.filter(({ event }) => event === 'error')).toEqual([]);
  expect(JSON.parse(await readFile(path.join(home, 'state/zerodesk/window-settings.json'), 'utf8'))).toMatchObject({
    showsTray: true,
  });
});
