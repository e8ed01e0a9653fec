import { testScreens, testStretched, type Screen } from './looks.ts';
import type { PageWindow } from './window.ts';

async function openTab(window: PageWindow, app: string, tab: string): Promise<void> {
  await window.openApp(app);
  await window.page.getByRole('tab', { name: tab }).click();
}

const screens: readonly Screen[] = [
  {
    name: 'program-environment',
    scenario: 'default',
    show: async (window) => {
      await openTab(window, 'Memo', 'Environment');
      await window.page.getByRole('table', { name: 'Variables it gets' }).waitFor();
    },
  },
  {
    name: 'program-environment-own',
    scenario: 'default',
    show: async (window) => {
      await openTab(window, 'Edit', 'Environment');
      await window.page.getByText('Show my own values').click();
      await window.page.getByText('result', { exact: true }).first().waitFor();
    },
  },
];

const more: readonly Screen[] = [
  {
    name: 'program-details',
    scenario: 'default',
    show: async (window) => {
      await openTab(window, 'Memo', 'Details');
      await window.page.getByRole('list', { name: 'Where it comes from' }).waitFor();
    },
  },
  {
    name: 'program-details-end',
    scenario: 'default',
    show: async (window) => {
      await openTab(window, 'Memo', 'Details');
      await window.page.getByRole('button', { name: 'Show trusted keys' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'program-replaced',
    scenario: 'default',
    show: async (window) => {
      await openTab(window, 'Filer', 'Details');
      await window.page.getByText(/no longer kept up/).waitFor();
    },
  },
  {
    name: 'program-menu',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.page.getByRole('button', { name: 'More ways to run Memo' }).click();
      await window.page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'program-options',
    scenario: 'default',
    show: async ({ page }) => {
      await page.getByRole('button', { name: 'More for Memo' }).click();
      await page.getByRole('menuitem', { name: 'Run with options…' }).click();
      await page.getByRole('textbox', { name: 'Version', exact: true }).fill('1..!2');
      await page.getByRole('textbox', { name: 'Arguments' }).fill("--new 'two words' notes.txt");
      await page.getByRole('button', { name: /Command/ }).waitFor();
    },
  },
  {
    name: 'map',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Map');
      await window.page.getByRole('group', { name: 'Map of components' }).waitFor();
    },
  },
  {
    name: 'map-why',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Map');
      await window.page.getByRole('button', { name: /^Python 3.13.9/ }).click();
      await window.page.getByRole('list', { name: 'Why is Python 3.13.9 here?' }).waitFor();
    },
  },
  {
    name: 'map-table',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Map');
      await window.page.getByText('Table', { exact: true }).click();
      await window.page.getByRole('row', { name: /^Toolkit/ }).click();
    },
  },
  {
    name: 'map-of-program',
    scenario: 'default',
    show: async (window) => {
      await openTab(window, 'Memo', 'Map');
      await window.page.getByRole('group', { name: 'Map of components' }).waitFor();
    },
  },
  {
    name: 'map-big',
    scenario: 'map-big',
    show: async (window) => {
      await window.goTo('Map');
      await window.page.getByRole('button', { name: /^Component 0300/ }).waitFor({ state: 'attached' });
    },
  },
];

testScreens([...screens, ...more]);
testStretched([...screens, ...more]);
