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

test('the map is walked by keyboard, says why something is here, and is the same as a table [D-13]', async ({
  window,
}) => {
  const { page } = window;
  await window.open();
  await page.keyboard.press('Control+6');
  await expect(page.getByRole('heading', { level: 1, name: 'Map' })).toBeVisible();
  const node = (name: RegExp) => page.getByRole('group', { name: 'Map of components' }).getByRole('button', { name });
  await node(/^Memo/).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(node(/^Python/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(node(/^Python/)).toHaveAttribute('aria-pressed', 'true');
  const reasons = page.getByRole('list', { name: 'Why is Python 3.13.9 here?' }).getByRole('listitem');
  await expect(reasons.first()).toHaveText('Memo → Python 3.13.9');
  await expect(reasons).toHaveCount(6);
  const box = () => page.getByRole('group', { name: 'Map of components' }).getAttribute('viewBox');
  const before = await box();
  await page.keyboard.press('+');
  await expect.poll(box).not.toBe(before);
  await page.keyboard.press('0');
  await expect.poll(box).toBe(before);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Share of each program' })).toBeVisible();

  await page.getByText('Table', { exact: true }).click();
  const row = page.getByRole('grid', { name: 'Components' }).getByRole('row', { name: /^Python/ });
  await expect(row).toContainText('Edit, Filer, Memo');
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(reasons).toHaveCount(6);
});

test('a map that is too big to draw says so and is a table [D-13]', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'map-huge' });
  await window.goTo('Map');
  await expect(page.getByText('3,006 components are too many to draw; the table shows all of them.')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Components' });
  await expect(grid.getByRole('row', { name: /^Python/ })).toBeVisible();
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('component 2999');
  await grid.getByRole('row', { name: /^Component 2999/ }).click();
  await expect(page.getByRole('list', { name: /^Why is Component 2999/ }).getByRole('listitem')).toHaveCount(1);
});
