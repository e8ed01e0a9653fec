import { expect, test, type PageWindow } from './window.ts';

async function openQueue(window: PageWindow): Promise<void> {
  await window.open({ scenario: 'queue' });
  await window.goTo('Downloads');
}

const rows = (window: PageWindow) =>
  window.page.getByRole('grid', { name: 'Work in progress, in its order' }).getByRole('row');

/** Names in the order of the queue. */
async function order(window: PageWindow): Promise<readonly string[]> {
  const texts = await rows(window).allInnerTexts();
  return texts.map((text) => /Edit|Memo|Darkroom/.exec(text)?.[0] ?? text);
}

test('running, waiting, paused, not finished, today and earlier each have their place and word', async ({ window }) => {
  const { page } = window;
  await openQueue(window);
  expect(await order(window)).toEqual(['Edit', 'Darkroom', 'Memo']);
  await expect(rows(window).nth(0)).toContainText('7.2 MB/s');
  await expect(rows(window).nth(2)).toContainText('Paused');
  const unfinished = page.getByRole('region', { name: 'Not finished' });
  await expect(unfinished).toContainText('Continues at 40%: 32 MB of 80 MB are kept.');
  await expect(unfinished).toContainText('Sketch');
  await expect(page.getByRole('region', { name: 'Finished today' })).toContainText('Filer');
  await expect(page.getByRole('region', { name: 'Finished earlier' })).toContainText('Abacus');
  await expect(page.getByRole('region', { name: 'All downloads' })).toContainText('3 in progress');
  await expect(page.getByRole('img', { name: /^Speed over the last minute: 7.2 MB\/s now/ })).toBeVisible();
});

test('Alt+Up and Alt+Down move a row, the focus goes with it, and it is said aloud', async ({ window }) => {
  const { page } = window;
  await openQueue(window);
  await rows(window).nth(2).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => order(window)).toEqual(['Edit', 'Memo', 'Darkroom']);
  await expect(page.getByRole('status').filter({ hasText: 'Memo is number 2 of 3' })).toBeAttached();
  await expect(rows(window).nth(1)).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => order(window)).toEqual(['Memo', 'Edit', 'Darkroom']);
  // There is nothing above.
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => order(window)).toEqual(['Edit', 'Memo', 'Darkroom']);
  await expect(rows(window).nth(1)).toBeFocused();
});

test('the menu of a row moves it, and offers only what is possible', async ({ window }) => {
  const { page } = window;
  await openQueue(window);
  await page.getByRole('button', { name: 'More for Edit' }).click();
  await expect(page.getByRole('menuitem', { name: 'Earlier' })).toBeDisabled();
  await expect(page.getByRole('menuitem', { name: 'To the front' })).toBeDisabled();
  await page.getByRole('menuitem', { name: 'To the end' }).click();
  await expect.poll(() => order(window)).toEqual(['Darkroom', 'Memo', 'Edit']);
});

test('a row is dragged by the mouse', async ({ window }) => {
  const { page } = window;
  await openQueue(window);
  const from = await page.getByRole('button', { name: 'Move Memo' }).boundingBox();
  const to = await rows(window).nth(0).boundingBox();
  if (from === null || to === null) throw new Error('the rows are not drawn');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 40, { steps: 8 });
  await page.mouse.move(to.x + 40, to.y + 3, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => order(window)).toEqual(['Memo', 'Edit', 'Darkroom']);
});

test('one is paused and resumed, then all [D-12]', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.getByRole('button', { name: 'Run Edit' }).click();
  await window.goTo('Downloads');
  await page.getByRole('button', { name: 'Pause Edit' }).click();
  const bar = page.getByRole('progressbar', { name: 'Progress of Edit', exact: true });
  await expect(bar).toHaveAttribute('aria-valuetext', /^Paused/);
  await page.getByRole('button', { name: 'Resume Edit' }).click();
  await expect(bar).not.toHaveAttribute('aria-valuetext', /^Paused/);
  await page.getByRole('button', { name: 'Pause all' }).click();
  await expect(bar).toHaveAttribute('aria-valuetext', /^Paused/);
  await expect(page.getByRole('button', { name: 'Pause all' })).toBeDisabled();
  await page.getByRole('button', { name: 'Resume all' }).click();
  await expect(
    page.getByRole('region', { name: 'Finished today' }).or(page.getByText('Edit', { exact: true })),
  ).toBeVisible();
});

test('what was cancelled says where it continues, and is tried again', async ({ window }) => {
  const { page } = window;
  await window.open();
  await page.getByRole('button', { name: 'Run Edit' }).click();
  await window.goTo('Downloads');
  await expect(page.getByRole('progressbar', { name: 'Progress of Edit', exact: true })).toHaveAttribute(
    'aria-valuetext',
    /MB of/,
  );
  await page.getByRole('button', { name: 'Cancel Edit' }).click();
  const unfinished = page.getByRole('region', { name: 'Not finished' });
  await expect(unfinished).toContainText(/Continues at \d+%/);
  await unfinished.getByRole('button', { name: 'Try again: Edit' }).click();
  await expect(unfinished).toHaveCount(0);
  await expect(rows(window)).toHaveCount(1);
});

test('a speed limit is chosen', async ({ window }) => {
  const { page } = window;
  await openQueue(window);
  await page.getByRole('button', { name: /Speed limit/ }).click();
  await page.getByRole('option', { name: '1 MB/s' }).click();
  await expect(page.getByRole('button', { name: /1 MB\/s.*Speed limit|Speed limit.*1 MB\/s/ })).toBeVisible();
});

test('a key is removed after a rehearsal, and comes back by Undo, by keyboard alone [O23]', async ({ window }) => {
  const { page } = window;
  await window.open();
  await window.goTo('Preferences');
  await page.getByRole('button', { name: /^Remove Zerodesk Samples/ }).press('Enter');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('3 feeds would not be updated any more');
  await expect(question).toContainText('used by Filer and Memo');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await question.getByRole('button', { name: 'Stop trusting the key' }).press('Enter');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(page.getByRole('button', { name: /^Remove Zerodesk Samples/ })).toHaveCount(0);
  await undo.press('Enter');
  await expect(page.getByRole('button', { name: /^Remove Zerodesk Samples/ })).toBeVisible();
  await expect(undo).toHaveCount(0);

  // One of two keys of a domain: nothing depends on it.
  await page.getByRole('button', { name: /^Remove Thea Moss/ }).click();
  await expect(page.getByRole('alertdialog')).toContainText('No stored feed needs this key.');
});
