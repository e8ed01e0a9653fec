import { DeskPage } from '../helpers/desk-page.ts';
import { expect, test } from '../helpers/electron-app.ts';

test('why, what if, taken back, and what to do when nothing works any more [O18] [D-1] [D-2]', async ({ window }) => {
  const desk = new DeskPage(window);
  await desk.runTile('Hello');
  await expect(window.getByText('Hello has ended normally.')).toBeVisible();
  const tree = desk.tree('Hello');
  const versions = await desk.inspect(tree, 'Hello');
  const bar = window.getByRole('region', { name: 'Changes tried out' });

  await test.step('a version explains itself, and is preferred once it was seen what that does', async () => {
    await desk.row(versions, '1.0').first().press('Enter');
    await window.getByRole('menuitem', { name: 'Why (not) this version?' }).press('Enter');
    const dialog = window.getByRole('dialog');
    await expect(dialog).toContainText('Hello 1.0 could be used, but 1.1 comes first: it is newer.');
    await dialog.getByRole('button', { name: 'What if I preferred it?' }).press('Enter');
    await expect(dialog).toContainText('Hello 1.1 → 1.0');
    await dialog.getByRole('button', { name: 'Prefer 1.0' }).press('Enter');
    await expect(desk.row(versions, '1.0').first()).toContainText('in use');
  });

  await test.step('what was done is taken back', async () => {
    await window.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(desk.row(versions, '1.1').first()).toContainText('in use');
    await desk.rate(versions, '1.1', 'Buggy');
    await expect(desk.row(versions, '1.0').first()).toContainText('in use');
    await window.keyboard.press('Control+z');
    await expect(desk.row(versions, '1.1').first()).toContainText('in use');
    await desk.rate(versions, '1.0', 'Preferred');
    await expect(desk.row(versions, '1.0').first()).toContainText('in use');
  });

  await test.step('ratings are tried out together, and nothing changes before they are applied', async () => {
    await window.getByRole('checkbox', { name: 'Try out first' }).press('Space');
    await desk.rate(versions, '1.0', 'Buggy');
    await expect(bar).toContainText('Hello 1.0 → 1.1');
    await expect(desk.row(versions, '1.0').first()).toContainText('in use');
    for (const version of ['1.1', '1.2-rc1']) await desk.rate(versions, version, 'Buggy');
    await expect(bar).toContainText('There would be no solution any more.');
    await expect(desk.row(tree, 'Hello').first()).toContainText('1.0');
    await bar.getByRole('button', { name: 'Apply' }).press('Enter');
  });

  await test.step('what cannot hold together is named, and one button lifts it', async () => {
    const card = window.getByRole('region', { name: 'Why there is no solution' });
    await expect(card).toContainText(/Hello .* are marked as buggy or insecure\./);
    await card.getByRole('button', { name: /^Do this: Remove your rating “buggy” of Hello 1\.1/ }).press('Enter');
    await expect(card).toBeHidden();
    await expect(desk.row(tree, 'Hello').first()).toContainText('1.1');
    await desk.run();
    await expect(window.getByText('Hello has ended normally.')).toBeVisible();
  });
});
