import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../helpers/electron-app.ts';

const field = { role: 'combobox', name: 'Do anything' } as const;

test('the main job by the keyboard alone: find, run, stop [D-15]', async ({ window }) => {
  await expect(window.getByRole('button', { name: 'Run Tea Timer' })).toBeVisible();
  await window.keyboard.press('Control+K');
  await window.keyboard.type('run tea');
  await expect(window.getByRole('option', { name: /^Run Tea Timer/ })).toHaveAttribute('aria-selected', 'true');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'Tea Timer' })).toBeVisible();
  await expect(window.getByText(/^Tea Timer is running \(process/)).toBeVisible();

  await window.keyboard.press('Control+K');
  await window.keyboard.type('stop');
  await expect(window.getByRole('option').first()).toContainText('Tea Timer');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('region', { name: 'Program output' })).toContainText('ended by SIGTERM');

  // And once more by the keys that the palette has shown.
  await window.keyboard.press('Control+Enter');
  await expect(window.getByText(/^Tea Timer is running \(process/)).toBeVisible();
  await window.keyboard.press('Control+.');
  await expect(window.getByText(/^Tea Timer is running \(process/)).toBeHidden();
});

test('a setting is made by its name, where the command line finds it [D-15]', async ({ window, home }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  await window.keyboard.press('Control+K');
  await expect(window.getByRole(field.role, { name: field.name })).toBeFocused();
  await window.keyboard.type('off-line');
  await expect(window.getByText('0desk config network_use off-line')).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('contentinfo').getByText('Off-line')).toBeVisible();
  expect(await readFile(path.join(home, 'config/injector/global'), 'utf8')).toMatch(/network_use = off-line/);
});

test('the menus of the system do the same, and offer only what can be done', async ({ app, window }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  const isEnabled = (id: string): Promise<boolean | undefined> =>
    app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.enabled, id);
  const choose = (id: string): Promise<void> =>
    app.evaluate(({ Menu }, wanted) => {
      Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
    }, id);
  await expect.poll(() => isEnabled('go.back')).toBe(false);
  await expect.poll(() => isEnabled('program.run')).toBe(false);
  await choose('go.storage');
  await expect(window.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible();
  await expect.poll(() => isEnabled('go.back')).toBe(true);
  await choose('go.palette');
  await expect(window.getByRole(field.role, { name: field.name })).toBeFocused();
  await window.keyboard.press('Escape');

  const level = (): Promise<number | undefined> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());
  await window.keyboard.press('Control+=');
  await expect.poll(level).toBe(1);
  await window.keyboard.press('Control+0');
  await expect.poll(level).toBe(0);
});
