import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { electronExecutable, expect, test } from '../helpers/electron-app.ts';

test('the window opens and says what it is', async ({ window }) => {
  await expect(window).toHaveTitle('Zerodesk');
});

test.describe('a start that names a page', () => {
  test.use({ appOptions: { args: ['--page=storage'] } });

  test('opens it, and so does a later start while the window is there', async ({ window, home }) => {
    await expect(window.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible();

    const root = path.resolve(import.meta.dirname, '../..');
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const start = async (page: string): Promise<void> => {
      const env = { ...process.env, ZEROINSTALL_PORTABLE_BASE: home };
      const again = spawn(electronExecutable(), [...sandbox, root, `--page=${page}`], { env, stdio: 'ignore' });
      await once(again, 'exit');
    };
    await start('downloads');
    await expect(window.getByRole('heading', { level: 1, name: 'Downloads' })).toBeVisible();
    await window.getByRole('navigation', { name: 'Pages' }).getByText('Apps').click();
    await expect(window.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
    // The same page once more.
    await start('downloads');
    await expect(window.getByRole('heading', { level: 1, name: 'Downloads' })).toBeVisible();
  });
});

test.describe('a start with a link to a program', () => {
  test.use({ appOptions: { args: ['zero-install:https://samples.zerodesk.invalid/memo.xml'] } });

  test('asks about its address, and adds nothing by itself', async ({ window }) => {
    const dialog = window.getByRole('dialog');
    await expect(dialog.getByRole('textbox')).toHaveValue('https://samples.zerodesk.invalid/memo.xml');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toBeHidden();
    await expect(window.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
    // The next one begins with nothing.
    await window.getByRole('button', { name: 'Add' }).first().click();
    await expect(window.getByRole('dialog').getByRole('textbox')).toHaveValue('');
  });
});
