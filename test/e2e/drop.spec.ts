import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../helpers/electron-app.ts';

const feed =
  '<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>Dropped</name><summary>was dropped</summary></interface>';

/** Drops files of this computer on the window, as a file manager does. */
async function dropFiles(window: Page, files: readonly string[]): Promise<void> {
  const session = await window.context().newCDPSession(window);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
  }
  await session.detach();
}

test('feeds dropped from the file manager are asked about, and kept when wanted [W15]', async ({ window, home }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  const file = path.join(home, 'dropped.xml');
  const other = path.join(home, 'other.xml');
  const archive = path.join(home, 'prog-1.0.tar.gz');
  await writeFile(file, feed);
  await writeFile(other, feed.replace('Dropped', 'Other'));
  await writeFile(archive, '');

  await dropFiles(window, [file]);
  const add = window.getByRole('dialog', { name: 'Add a program by its address' });
  await expect(add.getByRole('textbox')).toHaveValue(file);
  await add.getByRole('button', { name: 'Cancel' }).click();

  await dropFiles(window, [file, other, archive]);
  const several = window.getByRole('dialog', { name: 'Add these 2 programs?' });
  await expect(several).toContainText('prog-1.0.tar.gz is an archive or installer.');
  await several.getByRole('button', { name: 'Add 2 programs' }).click();
  const mine = window.getByRole('grid', { name: 'My apps' });
  await expect(mine.getByRole('row', { name: 'Dropped' })).toBeVisible();
  await expect(mine.getByRole('row', { name: 'Other' })).toBeVisible();

  // A file that a script made up has no path, so nothing is read.
  const answer = await window.evaluate(async (name) => {
    const { zerodesk } = window as unknown as { zerodesk: { drop: (files: File[]) => Promise<unknown> } };
    return zerodesk.drop([new File(['x'], name)]);
  }, file);
  expect(answer).toEqual({ ok: true, value: [] });
});
