import { testScreens, testStretched, type Screen } from './looks.ts';
import { expect, test, type PageWindow } from './window.ts';

const nothing = async () => {};

const screens: readonly Screen[] = [
  { name: 'apps', scenario: 'default', show: nothing },
  { name: 'apps-empty', scenario: 'empty', show: nothing },
  { name: 'apps-loading', scenario: 'loading', show: nothing },
  { name: 'apps-failed', scenario: 'failed', show: nothing },
  { name: 'apps-catalogue-failed', scenario: 'catalogue-failed', show: nothing },
  { name: 'apps-downloading', scenario: 'downloading', show: nothing },
  { name: 'apps-long-names', scenario: 'long', show: nothing },
  {
    name: 'apps-search-none',
    scenario: 'default',
    show: ({ page }) => page.keyboard.type('qqq'),
  },
  {
    name: 'apps-menu',
    scenario: 'default',
    show: ({ page }) => page.getByRole('button', { name: 'More for Abacus' }).click(),
  },
  {
    name: 'apps-add',
    scenario: 'default',
    show: ({ page }) => page.getByRole('button', { name: 'Add', exact: true }).click(),
  },
  { name: 'run-ready', scenario: 'default', show: (window) => window.openApp('Memo') },
  { name: 'run-needs-download', scenario: 'default', show: (window) => window.openApp('Edit') },
  { name: 'run-downloading', scenario: 'downloading', show: (window) => window.openApp('Edit') },
  { name: 'run-output', scenario: 'running', show: (window) => window.openApp('Memo') },
  { name: 'run-failed', scenario: 'exited', show: (window) => window.openApp('Memo') },
  {
    name: 'run-problem',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Listen');
      await window.page.getByRole('region', { name: 'Why there is no solution' }).waitFor();
    },
  },
  {
    name: 'run-offline',
    scenario: 'offline',
    show: (window) => window.openApp('Edit'),
  },
  {
    name: 'panel-versions',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.version('3.13.9').first().waitFor();
    },
  },
  {
    name: 'panel-rating',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.version('3.12.12').click();
    },
  },
  {
    name: 'panel-rated',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.version('3.11.14').click();
      await window.page.getByRole('menuitemradio', { name: 'Preferred' }).click();
      await window.page.getByText('rated by you', { exact: true }).waitFor();
    },
  },
  {
    name: 'panel-why',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.askWhy('3.11.14');
      await window.page.getByRole('button', { name: 'What if I preferred it?' }).click();
      await window.page.getByRole('button', { name: 'Prefer 3.11.14' }).waitFor();
    },
  },
  {
    name: 'panel-draft',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.page.getByText('Try out first').click();
      await window.version('3.11.14').click();
      await window.page.getByRole('menuitemradio', { name: 'Preferred' }).click();
      await window.page.getByRole('button', { name: 'Apply' }).waitFor();
    },
  },
  {
    name: 'panel-feeds',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.page.getByRole('tab', { name: 'Feeds' }).click();
    },
  },
  {
    name: 'files-compared',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.compareFiles('3.12.12');
      await window.page.getByRole('row', { name: 'bin/main' }).waitFor();
    },
  },
  {
    name: 'files-missing',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Memo');
      await window.inspect('Python');
      await window.compareFiles('3.14.1');
      await window.page.getByText('Python 3.14.1 is not on this computer').waitFor();
    },
  },
  { name: 'trust-known', scenario: 'trust', show: ({ page }) => page.getByRole('dialog').waitFor() },
  { name: 'trust-unknown', scenario: 'trust-unknown', show: ({ page }) => page.getByRole('dialog').waitFor() },
  {
    name: 'trust-confirm',
    scenario: 'trust-unknown',
    show: ({ page }) => page.getByRole('button', { name: 'Trust this key' }).click(),
  },
  { name: 'downloads', scenario: 'history', show: (window) => window.goTo('Downloads') },
  {
    name: 'downloads-queue',
    scenario: 'queue',
    show: async (window) => {
      await window.goTo('Downloads');
      await window.page.getByText(/ now, at most /).waitFor();
    },
  },
  { name: 'trust-changed', scenario: 'trust-changed', show: ({ page }) => page.getByText(/^used by Memo/).waitFor() },
  {
    name: 'preferences-key-removal',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Preferences');
      await window.page.getByRole('button', { name: /^Remove Zerodesk Samples/ }).click();
      await window.page.getByText(/^used by Filer/).waitFor();
    },
  },
  {
    name: 'preferences-key-removed',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Preferences');
      await window.page.getByRole('button', { name: /^Remove Zerodesk Samples/ }).click();
      await window.page.getByRole('button', { name: 'Stop trusting the key' }).click();
      await window.page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  { name: 'downloads-empty', scenario: 'default', show: (window) => window.goTo('Downloads') },
  { name: 'sharing', scenario: 'default', show: (window) => window.goTo('Sharing') },
  { name: 'sharing-not-set-up', scenario: 'sharing-not-set-up', show: (window) => window.goTo('Sharing') },
  { name: 'sharing-broken', scenario: 'sharing-broken', show: (window) => window.goTo('Sharing') },
  ...['Shared', 'Only yours', 'Activity'].map((tab) => ({
    name: `sharing-${tab.toLowerCase().replace(' ', '-')}`,
    scenario: 'default',
    show: async (window: PageWindow) => {
      await window.goTo('Sharing');
      await window.page.getByRole('tab', { name: tab }).click();
    },
  })),
  {
    name: 'updates',
    scenario: 'default',
    show: async (window) => {
      await window.page.getByRole('button', { name: '2 updates' }).click();
      await window.page.getByRole('button', { name: 'What is new in Memo' }).click();
      await window.page.getByText(/Notes can be pinned/).waitFor();
    },
  },
  {
    name: 'updates-working',
    scenario: 'default',
    show: async (window) => {
      await window.page.getByRole('button', { name: '2 updates' }).click();
      await window.page.getByRole('button', { name: 'What is new in Edit' }).click();
      await window.page.getByRole('button', { name: /^Update 2 apps/ }).click();
      await window.page.getByRole('progressbar', { name: 'Progress of Edit' }).waitFor();
    },
  },
  { name: 'timeline', scenario: 'default', show: (window) => window.goTo('Time line') },
  {
    name: 'timeline-back',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Time line');
      await window.page.getByRole('button', { name: /^Go back to 1\.9 of/ }).click();
      await window.page.getByText(/is held at 1\.9/).waitFor();
    },
  },
  {
    name: 'timeline-skip',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Time line');
      await window.page.getByRole('button', { name: 'More for 2.0 of Sep 22, 2026' }).click();
      await window.page.getByRole('menuitem', { name: 'Skip until…' }).click();
    },
  },
  {
    name: 'timeline-searching',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Time line');
      await window.page.getByRole('button', { name: 'Which update broke it?' }).click();
      await window.page.getByRole('button', { name: 'Begin' }).click();
      await window.page.getByRole('button', { name: 'Start it' }).click();
      await window.page.getByRole('button', { name: 'It works', exact: true }).waitFor();
    },
  },
  {
    name: 'run-keep-timeline',
    scenario: 'default',
    show: async (window) => {
      await window.openApp('Edit');
      await window.page.getByRole('button', { name: 'Keep a time line…' }).click();
    },
  },
  {
    name: 'profile-import',
    scenario: 'default',
    show: async (window) => {
      await window.goTo('Preferences');
      await window.page.getByRole('button', { name: 'Import…', exact: true }).click();
      await window.page.getByRole('grid', { name: 'What the profile says' }).waitFor();
    },
  },
  { name: 'preferences', scenario: 'default', show: (window) => window.goTo('Preferences') },
  { name: 'preferences-locked', scenario: 'locked', show: (window) => window.goTo('Preferences') },
  {
    name: 'apps-mirror',
    scenario: 'default',
    show: async ({ page }) => {
      await page.keyboard.type('editor');
      await page.getByRole('button', { name: /^Search the mirror/ }).click();
      await page.getByRole('button', { name: 'Add Vim' }).waitFor();
    },
  },
  { name: 'shortcuts', scenario: 'default', show: ({ page }) => page.keyboard.press('?') },
];

testScreens(screens);

const steady = [
  'apps',
  'run-downloading',
  'panel-versions',
  'downloads',
  'downloads-queue',
  'timeline',
  'timeline-searching',
  'updates',
  'trust-changed',
  'preferences-key-removal',
  'files-compared',
  'sharing',
  'sharing-broken',
  'sharing-only-yours',
  'preferences',
  'trust-unknown',
];

testStretched(screens.filter(({ name }) => steady.includes(name)));

test('a longer language fits, and every text comes from the catalogue', async ({ window }) => {
  for (const size of [
    [1200, 800],
    [700, 900],
  ] as const) {
    await window.open({ language: 'pseudo', size });
    await window.shoot(`apps-pseudo-${size[0]}`);
    await window.expectNoOverflow();
    const labels = await window.page
      .getByRole('button')
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? button.textContent));
    expect(labels.filter((label) => !label.startsWith('['))).toEqual([]);
  }
});

test('the downloads and the question about a key stand in a wide window, in both schemes', async ({ window }) => {
  for (const theme of ['light', 'dark'] as const) {
    for (const screen of screens.filter(({ name }) => /^(downloads-queue|trust-changed)$/.test(name))) {
      await window.open({ scenario: screen.scenario ?? 'default', theme, size: [1440, 900] });
      await screen.show(window);
      await window.shoot(`${screen.name}-wide-${theme}`);
      await window.expectNoOverflow();
      await window.expectAccessible();
    }
  }
});

test('every page stands in German, wide and narrow', async ({ window }) => {
  for (const size of [
    [1200, 800],
    [700, 900],
  ] as const) {
    await window.open({ language: 'de', size });
    for (const number of [1, 2, 3, 4, 5, 6, 7]) {
      await window.page.keyboard.press(`Control+${number}`);
      await window.page.getByRole('heading', { level: 1 }).waitFor();
      await window.shootKept(`german-${number}-${size[0]}`);
      await window.expectNoOverflow();
    }
  }
});
