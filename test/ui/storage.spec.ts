import { expect, test, type PageWindow } from './window.ts';

async function openStorage(window: PageWindow, scenario = 'default'): Promise<void> {
  await window.open({ scenario });
  await window.goTo('Storage');
}

/** First words of the rows, without the head. */
const names = ({ page }: PageWindow) =>
  page
    .getByRole('grid', { name: 'Stored versions' })
    .getByRole('row')
    .evaluateAll((rows) => rows.slice(1).map((row) => row.querySelector('[role=rowheader]')?.textContent ?? ''));

test('the list is sorted by its heads, also by keyboard, and narrowed', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  const head = page.getByRole('columnheader', { name: 'Name' });
  await head.click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  expect((await names(window)).slice(0, 3)).toEqual(['Filer', 'Filer', 'Memo']);
  await head.focus();
  await page.keyboard.press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  expect((await names(window))[0]).toBe('Toolkit');

  await page.getByRole('button', { name: /Show$/ }).click();
  await page.getByRole('option', { name: 'Unowned, temporary' }).click();
  await expect(page.getByText('3 of 10 shown')).toBeVisible();
  expect(await names(window)).toHaveLength(3);
});

test('each version says why it is here and what deleting it means', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  await window.stored('Toolkit 3.2').click();
  const about = page.getByRole('region', { name: 'About Toolkit 3.2' });
  await expect(about).toContainText('Memo and Filer need it.');
  await expect(about).toContainText('it is downloaded again the next time one of them is started');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('region', { name: 'About Python 3.12.12' })).toContainText(
    'None of your programs needs it at the moment.',
  );
  await expect(page.getByRole('region', { name: 'About Python 3.12.12' })).toContainText(
    'of which 22 MB would be freed',
  );
});

test('a clean-up shows what would go and why, and deletes only that [D-5]', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  await page.getByRole('button', { name: 'Clean up…' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Clean up the storage' });
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(dialog.getByRole('row', { name: /^Python 3\.12\.12/ })).toContainText('needed by nothing');
  await expect(dialog.getByRole('row', { name: /^0store-unpack/ })).toContainText('left over');
  await expect(dialog.getByRole('row', { name: /^Filer/ })).toHaveCount(0);
  await expect(dialog).toContainText('Stays: 6 needed.');

  // Fewer runs need less.
  const runs = dialog.getByRole('textbox', { name: 'Latest runs to keep the versions of' });
  await runs.fill('0');
  await runs.press('Enter');
  await expect(dialog.getByRole('row', { name: /^Filer 2\.4/ })).toBeVisible();
  await dialog.getByRole('row', { name: /^sha1new/ }).click();
  await expect(dialog).toContainText('Stays: 5 needed and 1 unticked.');
  await expect(dialog.getByRole('button', { name: /^Delete/ })).toHaveText('Delete 3 versions (30 MB)');
  await dialog.getByRole('button', { name: 'Delete 3 versions (30 MB)' }).press('Enter');

  await expect(page.getByText('30 MB freed').first()).toBeVisible();
  await expect(window.stored('Python 3.12.12')).toHaveCount(0);
  await expect(window.stored('Filer 2.4')).toHaveCount(0);
  await expect(window.stored('Filer 2.5')).toBeVisible();
  await expect(page.getByRole('row', { name: /^sha1new/ })).toBeVisible();
  // What is left of the pair shares its files with none.
  await expect(window.stored('Python 3.13.9')).toContainText(/42 MB\s*42 MB/);
});

test('a clean-up with nothing to do says so, and Escape leaves everything', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  await page.getByRole('button', { name: 'Clean up…' }).click();
  await page.getByRole('grid', { name: 'What would be deleted' }).waitFor();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Clean up…' })).toBeFocused();
  await expect(window.stored('Python 3.12.12')).toBeVisible();

  await page.getByRole('button', { name: 'Clean up…' }).click();
  await page.getByRole('button', { name: /^Delete 3 versions/ }).click();
  await expect(page.getByText(/MB freed/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Clean up…' }).click();
  await expect(page.getByText('There is nothing to clean up')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Delete \d/ })).toHaveCount(0);
});

test('verifying finds what is damaged, and repairing mends it [O27]', async ({ window }) => {
  const { page } = window;
  await openStorage(window, 'damaged');
  await page.getByRole('button', { name: 'Verify all' }).click();
  await expect(page.getByRole('progressbar', { name: /^Verifying/ })).toBeVisible();
  await expect(page.getByText(/^Verifying \d of 9$/)).toBeVisible();
  const alert = page.getByRole('alert').filter({ hasText: 'are damaged' });
  await expect(alert).toContainText('Toolkit 3.2');
  await expect(alert).toContainText('One of them is in no known feed and can only be deleted.');
  await alert.getByText('Details').click();
  await expect(alert).toContainText('The contents of the directory have changed');

  await alert.getByRole('button', { name: 'Show' }).click();
  expect(await names(window)).toHaveLength(2);
  await alert.getByRole('button', { name: 'Repair 1 version' }).click();
  await expect(page.getByText('1 version was damaged and is as it was again').first()).toBeVisible();
  expect(await names(window)).toHaveLength(1);
  await expect(page.getByRole('alert').filter({ hasText: 'is damaged' })).toBeVisible();

  await page.getByRole('row', { name: /^sha1new/ }).focus();
  await page.keyboard.press('Delete');
  await page.getByRole('button', { name: 'Delete 1 version' }).click();
  await expect(page.getByText('Nothing of this kind is stored.')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'is damaged' })).toHaveCount(0);
});

test('a verification is cancelled', async ({ window }) => {
  const { page } = window;
  await openStorage(window, 'many');
  await page.getByRole('button', { name: 'Verify all' }).click();
  await expect(page.getByRole('button', { name: 'Clear all…' })).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Clear all…' })).toBeEnabled();
});

test('the keyboard alone: to a version, its menu, Delete, and on', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  await page.getByRole('searchbox', { name: 'Filter' }).focus();
  for (let stops = 0; stops < 12; stops += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.closest('[role=grid]') !== null)) break;
  }
  await page.keyboard.press('Home');
  const row = window.stored('Spelling 1.4');
  while (!(await row.evaluate((one) => one === document.activeElement))) await page.keyboard.press('ArrowDown');

  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'What to do with Spelling 1.4' });
  await expect(menu.getByRole('menuitem', { name: 'Open in the file manager' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();

  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Delete 1 version (9.2 MB)?');
  await expect(question).toContainText('Memo will have to download again');
  await expect(question).toContainText('This cannot be undone.');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();

  await page.keyboard.press('Delete');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row).toHaveCount(0);
  await expect(page.getByText('9.2 MB freed').first()).toBeVisible();
  // The focus stays in the list.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[role=row]')?.textContent ?? 'nowhere'))
    .toContain('Filer');
});

test('what others own stays, and the reason is said', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  const shared = page.getByRole('row', { name: /^sha256new_7KQ2/ });
  await shared.focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
  await expect(page.getByText('It is in a store that you may not change, so it stays.').first()).toBeVisible();
});

test('several are deleted together, and what they share is counted', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  await window.stored('Python 3.13.9').click();
  await window.stored('Python 3.12.12').click();
  await expect(page.getByText('2 selected, frees 65 MB')).toBeVisible();
  await page.keyboard.press('Delete');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('Delete 2 versions (65 MB)?');
  await expect(question.getByRole('listitem')).toHaveText(['Python 3.13.9', 'Python 3.12.12']);
  await question.getByRole('button', { name: 'Delete 2 versions' }).click();
  await expect(page.getByText('65 MB freed').first()).toBeVisible();
});

test('versions are grouped by their programs; a head selects its versions', async ({ window }) => {
  const { page } = window;
  await openStorage(window);
  await page.getByText('Group by program').click();
  const tree = page.getByRole('treegrid', { name: 'Stored versions' });
  const python = tree.getByRole('row', { name: 'Python 2 versions' });
  await python.getByRole('checkbox').press('Space');
  await expect(page.getByText(/^2 selected/)).toBeVisible();
  await python.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(window.stored('Python 3.13.9')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await window.stored('Python 3.13.9').getByRole('checkbox').press('Space');
  await expect(page.getByText(/^1 selected/)).toBeVisible();
});

test('5,000 stored versions: only those in view are drawn', async ({ window }) => {
  const { page } = window;
  await openStorage(window, 'many');
  await expect(window.stored('Library 5000 3.12.12')).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  await page.keyboard.type('4711');
  await expect(window.stored('Library 4711 3.12.12')).toBeVisible();
  await expect(page.getByText('1 of 5,000 shown')).toBeVisible();
});

test('the files of two versions are compared by keyboard, narrowed, and left by Escape', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.openApp('Memo');
  await window.inspect('Python');
  await window.version('3.12.12').focus();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Files of Python, compared' });
  await expect(dialog).toContainText('3 added, 1 removed, 4 changed, 117 the same.');
  await expect(dialog.getByRole('row', { name: 'bin/update-helper' })).toContainText('can newly be run');

  await dialog.getByRole('searchbox', { name: 'Filter by path' }).fill('legacy');
  await expect(dialog.getByRole('row', { name: 'lib/legacy.py' })).toContainText('removed');
  await expect(dialog.getByRole('row', { name: 'bin/main' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('row', { name: 'bin/main' })).toBeVisible();
  await dialog.getByRole('button', { name: /Show$/ }).click();
  await page.getByRole('option', { name: 'Can newly be run (2)' }).click();
  await expect(dialog.getByRole('row')).toHaveCount(3);

  // A version that is not here cannot be compared, and the dialog says which.
  await dialog.getByRole('button', { name: /After$/ }).click();
  await page.getByRole('option', { name: '3.14.1 (Linux-x86_64), not here' }).click();
  await expect(dialog).toContainText('Python 3.14.1 is not on this computer, so its files cannot be compared.');
  await dialog.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(window.version('3.12.12')).toBeFocused();
});

test('5,000 changed files: only those in view are drawn, and the end of the list is told', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'many' });
  await window.openApp('Memo');
  await window.inspect('Python');
  await window.compareFiles('3.12.12');
  await expect(page.getByText('312 more changes are not listed.')).toBeVisible();
  expect(await page.getByRole('dialog').getByRole('row').count()).toBeLessThan(60);
  await page.getByRole('searchbox', { name: 'Filter by path' }).fill('page-4711');
  await expect(page.getByRole('row', { name: 'share/help/page-4711.html' })).toBeVisible();
});
