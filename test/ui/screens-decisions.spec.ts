import { testScreens, type Screen } from './looks.ts';
import type { PageWindow } from './window.ts';

const choose = async ({ page }: PageWindow, title: RegExp, preset: RegExp) => {
  await page.getByRole('button', { name: 'Change…' }).click();
  await page.getByRole('dialog', { name: title }).getByRole('radio', { name: preset }).press('Space');
};

const screens: readonly Screen[] = [
  {
    name: 'preset-program',
    show: async (window) => {
      await window.openApp('Memo');
      await choose(window, /Which version of Memo/, /^The very latest/);
      await window.page.getByText('Preferred stability of Memo: developer').waitFor();
    },
  },
  {
    name: 'preset-own',
    show: async (window) => {
      await window.openApp('Memo');
      await choose(window, /Which version of Memo/, /^My own build/);
      await window.page.getByRole('button', { name: 'Choose a feed file…' }).waitFor();
      await window.page.getByText(/It must say that it is for this program/).waitFor();
    },
  },
  {
    name: 'preset-all',
    show: async (window) => {
      await window.goTo('Preferences');
      await choose(window, /Which versions of all programs/, /^The latest in the cache/);
      await window.page.getByText(/^Network use, for every program/).waitFor();
    },
  },
  {
    name: 'impact-banner',
    scenario: 'impact',
    show: ({ page }) => page.getByText(/3 programs use versions/).waitFor(),
  },
  {
    name: 'impact-list',
    scenario: 'impact',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.getByRole('button', { name: /^Why\? Filer/ }).click();
      await page
        .getByRole('status')
        .filter({ hasText: /Python 3\.13\.9/ })
        .waitFor();
    },
  },
  {
    name: 'impact-held',
    scenario: 'impact-held',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      await page.getByText(/Memo is held/).waitFor();
    },
  },
  {
    name: 'panel-feeds-tried',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.page.getByText('Try out first').click();
      await window.page.getByRole('tab', { name: 'Feeds' }).click();
      await window.page.getByRole('button', { name: 'Add a local feed…' }).click();
      await window.page.getByText('Tried out', { exact: true }).waitFor();
    },
  },
  {
    name: 'panel-range',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.page.getByText('Try out first').click();
      await window.page.getByRole('button', { name: /Versions that may be used/ }).click();
      await window.page.getByRole('option', { name: 'Before…', exact: true }).click();
      await window.page.getByRole('textbox', { name: 'Version', exact: true }).fill('3.13');
      await window.page.getByRole('button', { name: 'Try it' }).click();
      await window.page.getByText('1 change tried out').waitFor();
    },
  },
  {
    name: 'undo-offered',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.version('3.12.12').click();
      await window.page.getByRole('menuitemradio', { name: 'Buggy' }).click();
      await window.page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
];

testScreens(screens);
