import { expect, test } from './window.ts';

test('a click runs a program: chosen, downloaded, started', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.getByRole('button', { name: 'Run Edit' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Edit' })).toBeVisible();
  await expect(page.getByRole('treegrid').getByRole('progressbar', { name: 'Progress of Edit' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await expect(page.getByText(/^Edit is running \(process/)).toBeVisible();
  await expect(page.getByLabel('Program output').first()).toContainText('Edit 1.9.7 started');
  await expect(page.getByText('Edit has ended normally.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toBeVisible();
});

test('a download is cancelled [O9]', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.getByRole('button', { name: 'Run Edit' }).click();
  await expect(page.getByRole('progressbar', { name: 'Progress of Edit' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Edit was cancelled. Nothing was changed.')).toBeVisible();
});

test('the keyboard alone: find, open, rate, close', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.keyboard.type('mem');
  await expect(page.getByRole('searchbox', { name: 'Search apps' }).first()).toHaveValue('mem');
  await expect(page.getByRole('row')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: 'Abacus' })).toBeVisible();
  await page.keyboard.type('mem');
  for (let stops = 0; stops < 12; stops += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.getAttribute('role'))) === 'row') break;
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Memo' })).toBeVisible();

  const tree = page.getByRole('treegrid');
  await tree.getByRole('row', { name: /Toolkit/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('row', { name: /Python/ })).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Versions and feeds of Python' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Python' })).toBeFocused();

  await window.version('3.13.9').first().focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu', { name: 'Rating of 3.13.9' })).toBeVisible();
  await page.keyboard.press('End');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(window.version('3.13.9').first()).toContainText('BUGGY');
  await expect(window.version('3.12.12')).toContainText('in use');
  await expect(tree.getByRole('row', { name: /Python/ })).toContainText('3.12.12');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toHaveCount(0);
  await expect(tree.getByRole('row', { name: /Python/ })).toBeFocused();
});

test('an unknown key needs two answers, and Cancel refuses the feed', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'trust-unknown' });
  const cancel = page.getByRole('button', { name: 'Cancel', exact: true });
  await expect(cancel).toBeFocused();
  await page.getByRole('button', { name: 'Trust this key' }).click();
  await expect(page.getByRole('alertdialog', { name: 'Really trust an unknown key?' })).toBeVisible();
  await expect(cancel).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog', { name: /Really trust/ })).toHaveCount(0);
  await expect(page.getByText(/by no key that you trust/).first()).toBeVisible();
});

test('the storage is cleared after a question that says how much', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.goTo('Storage');
  await page.getByRole('button', { name: 'Clear all…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(/Clear the storage \(\d+ MB\)\?/);
  await expect(question).toContainText('Filer and Memo will have to download again');
  await question.getByRole('button', { name: /^Delete \d+ versions$/ }).click();
  await expect(page.getByText(/MB freed/).first()).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Stored versions' }).getByRole('row')).toHaveCount(2);
});

test('typing goes to the filter of the storage, and its table types ahead by itself', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.goTo('Storage');
  await page.keyboard.type('memo');
  await expect(page.getByRole('searchbox', { name: 'Filter' })).toHaveValue('memo');
  await expect(page.getByRole('searchbox', { name: 'Search apps' })).toHaveValue('');
});

test('pages open by Ctrl and their number, and Alt+Left goes back', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.keyboard.press('Control+4');
  await expect(page.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible();
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('heading', { level: 1, name: 'Preferences' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible();
});

test('5,000 programs: only those in view are drawn, and searching is quick', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'many' });
  await expect(page.getByRole('row', { name: 'Program 0001' })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  const field = page.getByRole('searchbox', { name: 'Search apps' }).first();
  await field.fill('program 49');
  await expect(page.getByRole('row', { name: 'Program 0049' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'Program 0001' })).toHaveCount(0);
  await field.fill('');
  await expect(page.getByRole('row', { name: 'Program 0001' })).toBeVisible();
  // The list grows as its end comes near.
  await expect(async () => {
    await page.getByRole('region', { name: 'Catalogue' }).evaluate((section) => {
      section.closest('[class*=scroll]')?.scrollTo({ top: 1_000_000 });
    });
    await expect(page.getByRole('row', { name: 'Program 5000' })).toBeVisible({ timeout: 300 });
  }).toPass();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
});

test('the theme of the settings wins over the one of the system', async ({ window }) => {
  const { page } = window;
  await window.open({ theme: 'light' });
  await window.goTo('Preferences');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(background).not.toBe(light);
});

test('why not: a version explains itself, is tried, and is preferred [O20]', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.openApp('Memo');
  await window.inspect('Python');
  await window.askWhy('3.11.14');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/Python 3\.11\.14 could be used, but .* comes first: it is newer\./);
  await dialog.getByRole('button', { name: 'What if I preferred it?' }).press('Enter');
  await expect(dialog.getByRole('region', { name: 'If you prefer 3.11.14' })).toContainText(/Python .* → 3\.11\.14/);
  await dialog.getByRole('button', { name: 'Prefer 3.11.14' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(window.version('3.11.14')).toContainText('in use');
});

test('what if: ratings are collected, shown together, dropped or made', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.openApp('Memo');
  await window.inspect('Python');
  const bar = page.getByRole('region', { name: 'Changes tried out' });
  const rate = async (version: string, rating: string) => {
    await window.version(version).click();
    await page.getByRole('menuitemradio', { name: rating }).click();
  };
  await page.getByRole('checkbox', { name: 'Try out first' }).press('Space');
  await expect(bar).toContainText('nothing is changed yet');
  await rate('3.11.14', 'Preferred');
  await expect(bar).toContainText('1 change tried out');
  await expect(bar).toContainText(/Python .* → 3\.11\.14/);
  await expect(window.version('3.11.14')).toContainText('PREFERRED');
  await expect(window.version('3.11.14')).not.toContainText('in use');
  await rate('3.11.14', 'Unset');
  await expect(bar).toContainText('nothing is changed yet');
  await rate('3.11.14', 'Preferred');
  await bar.getByRole('button', { name: 'Discard' }).click();
  await expect(bar).toBeHidden();
  await expect(window.version('3.11.14')).not.toContainText('PREFERRED');

  await page.getByRole('checkbox', { name: 'Try out first' }).press('Space');
  await rate('3.11.14', 'Preferred');
  await bar.getByRole('button', { name: 'Apply' }).press('Enter');
  await expect(bar).toBeHidden();
  await expect(window.version('3.11.14')).toContainText('in use');
});

test('no solution: the conflict is named, and lifted by one button [O3]', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.openApp('Listen');
  const card = page.getByRole('region', { name: 'Why there is no solution' });
  await expect(card).toContainText('These requirements cannot hold together:');
  await expect(card).toContainText('There would be a solution:');
  await card.getByRole('button', { name: /^Do this: Allow/ }).press('Enter');
  await expect(card).toBeHidden();
});

test('what gets the focus far down a page comes into view, and the frame stays', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.goTo('Preferences');
  const last = page
    .getByRole('main')
    .locator('label')
    .filter({ has: page.getByRole('checkbox') })
    .last();
  await expect(last).not.toBeInViewport();
  // The real box is hidden in what is seen.
  await last.getByRole('checkbox').focus();
  await expect(last).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0);
});
