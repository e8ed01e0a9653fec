import { testScreens, testStretched, type Screen } from './looks.ts';
import { test } from './window.ts';

const screens: readonly Screen[] = [
  { name: 'storage', scenario: 'default', show: (window) => window.goTo('Storage') },
  { name: 'storage-empty', scenario: 'empty', show: (window) => window.goTo('Storage') },
  { name: 'storage-loading', scenario: 'loading', show: (window) => window.goTo('Storage') },
  { name: 'storage-failed', scenario: 'failed', show: (window) => window.goTo('Storage') },
  {
    name: 'storage-about',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Storage');
      await window.stored('Toolkit 3.2').click();
    },
  },
  {
    name: 'storage-grouped',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Storage');
      await window.page.getByText('Group by program').click();
      await window.stored('Python 3.13.9').click();
    },
  },
  {
    name: 'storage-menu',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Storage');
      await window.page.getByRole('button', { name: 'More for Toolkit 3.2' }).click();
    },
  },
  {
    name: 'storage-damaged',
    scenario: 'damaged',
    show: async (window) => {
      await window.goTo('Storage');
      await window.page.getByRole('button', { name: 'Verify all' }).click();
      await window.page.getByRole('button', { name: 'Repair 1 version' }).waitFor();
      await window.stored('Toolkit damaged 3.2').click();
    },
  },
  {
    name: 'storage-verifying',
    scenario: 'many',
    show: async (window) => {
      await window.goTo('Storage');
      await window.page.getByRole('button', { name: 'Verify all' }).click();
      await window.page.getByText(/^Verifying \d+ of 5,000$/).waitFor();
    },
  },
  {
    name: 'storage-delete',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Storage');
      await window.stored('Toolkit 3.2').click();
      await window.page.getByRole('button', { name: 'Delete…' }).click();
    },
  },
  {
    name: 'storage-clear',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Storage');
      await window.page.getByRole('button', { name: 'Clear all…' }).click();
    },
  },
  {
    name: 'storage-clean-up',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Storage');
      await window.page.getByRole('button', { name: 'Clean up…' }).click();
      await window.page.getByRole('grid', { name: 'What would be deleted' }).waitFor();
    },
  },
];

testScreens(screens);

const steady = ['storage', 'storage-damaged', 'storage-clean-up'];

testStretched(screens.filter(({ name }) => steady.includes(name)));

test('the storage stands in a wide window, and in a longer language in a narrow one', async ({ window }) => {
  await window.open({ size: [1440, 900] });
  await window.goTo('Storage');
  await window.stored('Toolkit 3.2').click();
  await window.shoot('storage-wide');
  await window.expectNoOverflow();
  for (const size of [
    [1200, 800],
    [720, 900],
  ] as const) {
    await window.open({ language: 'pseudo', scenario: 'damaged', size });
    await window.page.keyboard.press('Control+4');
    await window.page.getByRole('row', { name: /^Toolkit/ }).click();
    await window.shoot(`storage-pseudo-${size[0]}`);
    await window.expectNoOverflow();
    await window.page.getByRole('row', { name: /^Toolkit/ }).press('Delete');
    await window.page.getByRole('alertdialog').waitFor();
    await window.shoot(`storage-delete-pseudo-${size[0]}`);
    await window.expectNoOverflow();
  }
});
