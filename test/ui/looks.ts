import { test, type PageWindow } from './window.ts';

/** A state of the window that is looked at. */
export interface Screen {
  readonly name: string;
  /** Of the scripted client; without it `default`. */
  readonly scenario?: string;
  readonly show: (window: PageWindow) => Promise<unknown>;
}

/** Screens whose pictures are kept, to be looked at when they change. */
const kept = [
  ...['apps', 'palette', 'run-ready', 'panel-versions', 'program-details', 'program-environment', 'run-problem'],
  ...['downloads-queue', 'timeline', 'storage', 'sharing', 'map', 'preferences', 'preset-program', 'impact-list'],
];

const wide = [1200, 800] as const;
const narrow = [700, 900] as const;

/**
 * One test for each screen: pictures in `out/ui-shots`, nothing cut off, and nothing that axe finds, light, dark, in the colours of the
 * system, and narrow.
 */
export function testScreens(screens: readonly Screen[]): void {
  for (const { name, scenario = 'default', show } of screens) {
    test(`${name} looks right, fits and is accessible in every scheme`, async ({ window }) => {
      await window.open({ scenario, size: wide });
      await show(window);
      const shoot = (look: string) =>
        kept.includes(name) ? window.shootKept(`${name}-${look}`) : window.shoot(`${name}-${look}`);
      await shoot('light');
      await window.expectNoOverflow();
      await window.expectAccessible(`${name}, light`);
      await window.wear({ theme: 'dark' });
      await shoot('dark');
      await window.expectAccessible(`${name}, dark`, 'colours');
      await window.wear({ isForced: true });
      await window.shoot(`${name}-forced`);
      await window.expectAccessible(`${name}, colours of the system`, 'colours');

      await window.open({ scenario, theme: 'dark', size: narrow });
      await show(window);
      await shoot('dark-narrow');
      await window.expectNoOverflow();
      await window.expectAccessible(`${name}, narrow`);
    });
  }
}

/** One test for each screen: nothing is cut off at 200 % and from right to left. */
export function testStretched(screens: readonly Screen[]): void {
  for (const { name, scenario = 'default', show } of screens) {
    test(`${name} stands at 200 % and from right to left`, async ({ window }) => {
      await window.open({ scenario, zoom: 2, size: wide });
      await show(window);
      await window.shoot(`${name}-zoomed`);
      await window.expectNoOverflow();
      await window.open({ scenario, language: 'rtl' });
      await show(window);
      await window.shoot(`${name}-rtl`);
      await window.expectNoOverflow();
    });
  }
}
