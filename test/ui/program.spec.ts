import { expect, test } from './window.ts';

test('Enter on the Run button of a tile runs the program, and on the tile itself opens it', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.getByRole('button', { name: 'Run Filer' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Filer' })).toBeVisible();
  await expect(page.getByText(/^Filer is running \(process/)).toBeVisible();
  await window.open();
  await page.getByRole('row', { name: 'Edit', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit' })).toBeVisible();
  await expect(page.getByText(/^Running Edit downloads/)).toBeVisible();
});

test('a catalogue that cannot be reached moves no tile', async ({ window }) => {
  const { page } = window;
  const placeOf = async (name: string) => page.getByRole('row', { name, exact: true }).boundingBox();
  await window.open();
  const before = [await placeOf('Memo'), await placeOf('Abacus')];
  await window.open({ scenario: 'catalogue-failed' });
  await expect(page.getByRole('button', { name: 'One catalogue was not refreshed' })).toBeVisible();
  expect([await placeOf('Memo'), await placeOf('Abacus')]).toEqual(before);
});

test('Space on a button of a tile does what the button says', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.getByRole('button', { name: 'Run Filer' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText(/^Filer is running \(process/)).toBeVisible();
  await window.open();
  await page.getByRole('button', { name: /^Remove Memo/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Add Memo to My apps' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
});

test('without a solution the page scrolls as a whole, and the conflict stands there once', async ({ window }) => {
  const { page } = window;
  await window.open({ size: [800, 600] });
  await window.openApp('Listen');
  await expect(page.getByRole('region', { name: 'Why there is no solution' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Problems' })).toHaveCount(0);
  const rows = page.getByRole('treegrid').getByRole('row');
  await rows.last().scrollIntoViewIfNeeded();
  const [tree, last] = [await page.getByRole('treegrid').boundingBox(), await rows.last().boundingBox()];
  expect((tree?.y ?? 0) + (tree?.height ?? 0)).toBeGreaterThanOrEqual((last?.y ?? 0) + (last?.height ?? 0));
  expect(
    await page.getByRole('treegrid').evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
  ).toBe(0);
  await window.shoot('run-problem-800');
});
