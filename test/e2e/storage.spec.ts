import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test as base } from '../helpers/electron-app.ts';

const desk = path.resolve(import.meta.dirname, '../../bin/0desk');
const longAgo = new Date(Date.now() - 10 * 24 * 3600 * 1000);

/** A home in which a program was downloaded long ago that is in no list of programs, and something that is nobody's. */
const test = base.extend<{ readonly store: string }>({
  store: async ({ home }, use) => {
    await use(path.join(home, 'cache/implementations'));
  },
  home: async ({ home }, use) => {
    const env = { ...process.env, HOME: home, ZEROINSTALL_PORTABLE_BASE: home, ZERODESK_NODE: process.execPath };
    await promisify(execFile)(desk, ['download', 'https://samples.zerodesk.invalid/memo.xml'], { env });
    const store = path.join(home, 'cache/implementations');
    fs.mkdirSync(path.join(store, `sha256new_${'A'.repeat(52)}`));
    for (const name of fs.readdirSync(store)) fs.utimesSync(path.join(store, name), longAgo, longAgo);
    await use(home);
  },
});

test.use({ appOptions: { args: ['--page=storage'] } });

test('what is stored is verified, repaired, and cleaned up once it was seen what would go', async ({
  window,
  store,
}) => {
  const table = window.getByRole('grid', { name: 'Stored versions' });
  const memo = table.getByRole('row', { name: /^Memo / });

  await test.step('everything is listed, with what it belongs to', async () => {
    await expect(memo).toContainText('nothing of yours');
    await expect(table.getByRole('row', { name: /unowned/ })).toContainText('sha256new_AAAA');
  });

  await test.step('a changed file is found, and downloaded again', async () => {
    await memo.click();
    const digest = await window
      .getByRole('region', { name: /^About Memo/ })
      .getByRole('code')
      .innerText();
    const file = fs
      .readdirSync(path.join(store, digest), { recursive: true, withFileTypes: true })
      .find((entry) => entry.isFile() && entry.name !== '.manifest');
    const place = path.join(file?.parentPath ?? '', file?.name ?? '');
    const contents = fs.readFileSync(place, 'utf8');
    fs.chmodSync(place, 0o644);
    fs.writeFileSync(place, 'changed');
    await window.getByRole('button', { name: 'Verify', exact: true }).click();
    await window.getByRole('button', { name: 'Repair 1 version' }).click();
    await expect(window.getByText('1 version was damaged and is as it was again').first()).toBeVisible();
    await expect(window.getByRole('button', { name: 'Repair 1 version' })).toBeHidden();
    expect(fs.readFileSync(place, 'utf8')).toBe(contents);
    fs.utimesSync(path.join(store, digest), longAgo, longAgo);
  });

  await test.step('one version is deleted by the keyboard', async () => {
    const loose = table.getByRole('row', { name: /unowned/ });
    await memo.click();
    await loose.focus();
    await window.keyboard.press('Delete');
    await window.getByRole('alertdialog').getByRole('button', { name: 'Delete 1 version' }).press('Enter');
    await expect(loose).toHaveCount(0);
    expect(fs.readdirSync(store).some((name) => name.includes('AAAA'))).toBe(false);
  });

  await test.step('the rest goes by a clean-up', async () => {
    const before = fs.readdirSync(store).length;
    await window.getByRole('button', { name: 'Clean up…' }).click();
    const dialog = window.getByRole('dialog', { name: 'Clean up the storage' });
    await expect(dialog.getByRole('row', { name: /^Memo / })).toContainText('needed by nothing');
    expect(fs.readdirSync(store)).toHaveLength(before);
    await dialog.getByRole('button', { name: /^Delete \d+ versions? / }).click();
    await expect(window.getByText('Nothing is stored')).toBeVisible();
    expect(fs.readdirSync(store)).toEqual([]);
  });
});
