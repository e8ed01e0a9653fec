import { test, type PageWindow } from './window.ts';

interface Screen {
  readonly name: string;
  readonly scenario: string;
  readonly show: (window: PageWindow) => Promise<unknown>;
}

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

const looks = [
  { name: 'light', theme: 'light', size: [1200, 800] },
  { name: 'dark-narrow', theme: 'dark', size: [700, 900] },
] as const;

for (const screen of screens) {
  test(`${screen.name} looks right, fits and is accessible`, async ({ window }) => {
    for (const look of looks) {
      await window.open({ scenario: screen.scenario, ...look });
      await screen.show(window);
      await window.shoot(`${screen.name}-${look.name}`);
      await window.expectNoOverflow();
      await window.expectAccessible();
    }
  });

  test(`${screen.name} stands at 200 %, from right to left and in the colours of the system`, async ({ window }) => {
    await window.open({ scenario: screen.scenario, zoom: 2, size: [1200, 800] });
    await screen.show(window);
    await window.shoot(`${screen.name}-zoomed`);
    await window.expectNoOverflow();
    await window.open({ scenario: screen.scenario, language: 'rtl' });
    await screen.show(window);
    await window.shoot(`${screen.name}-rtl`);
    await window.expectNoOverflow();
    await window.open({ scenario: screen.scenario, isForced: true });
    await screen.show(window);
    await window.expectAccessible();
  });
}
