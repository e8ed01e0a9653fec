import { expect, test } from './window.ts';

test('private copies are shared by keyboard, and each says why it is private', async ({ window }) => {
  const { page } = window;
  await window.open({});
  await page.keyboard.press('Control+5');
  await expect(page.getByRole('heading', { name: 'Sharing', level: 1 })).toBeVisible();
  await page.getByRole('tab', { name: 'Setup' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Only yours (3)' })).toHaveAttribute('aria-selected', 'true');
  const table = page.getByRole('grid', { name: 'Versions that only you have' });
  await expect(table.getByRole('row', { name: /Tetris 0\.9/ })).toContainText('proves nothing to other users');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Share 2 versions' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('What could be shared is shared now').first()).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Only yours (1)' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Share \d/ })).toHaveCount(0);
});

test('what is broken is named with the command that mends it', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'sharing-broken' });
  await window.goTo('Sharing');
  const step = page.getByRole('listitem').filter({ hasText: 'The directories of the shared store' });
  await expect(step).toContainText('has the wrong permissions (777)');
  await expect(step.getByRole('group', { name: 'What an administrator types to mend it' })).toContainText('install -d');
  await step.getByRole('button', { name: 'Copy' }).click();
  await expect(page.getByText('Copied').first()).toBeVisible();
});

test('who needs what is told in numbers, and refusals with their reason [D-6]', async ({ window }) => {
  const { page } = window;
  await window.open({});
  await window.goTo('Sharing');
  await page.getByRole('tab', { name: /^Shared/ }).click();
  const shared = page.getByRole('grid', { name: 'Shared versions' });
  await expect(shared.getByRole('row', { name: /Filer 2\.5/ })).toContainText('you and 2 other users');
  await expect(shared.getByRole('row', { name: /Spelling 1\.4/ })).toContainText('nobody');
  await page.getByRole('tab', { name: 'Activity' }).click();
  await expect(page.getByRole('row').filter({ hasText: /refused/ })).toContainText(
    'the contents were not what the digest says',
  );
});

test('computers nearby are asked only when that was ticked [W30]', async ({ window }) => {
  const { page } = window;
  await window.open({});
  await window.goTo('Sharing');
  const box = page.getByRole('checkbox', { name: /^Ask computers of the local network/ });
  await expect(box).not.toBeChecked();
  await box.focus();
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();
  await page.getByRole('button', { name: 'Look again (F5)' }).click();
  await expect(box).toBeChecked();
});
