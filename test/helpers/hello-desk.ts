import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskPage } from './desk-page.ts';
import { test as base } from './electron-app.ts';
import { startSampleSite, type SampleSite } from './sample-site.ts';

/** `test` with a home that has a folder for commands, no catalogue, and a site that publishes versions of Hello as a test wants. */
export const test = base.extend<{ readonly site: SampleSite; readonly desk: DeskPage }>({
  home: async ({ home }, use) => {
    await mkdir(path.join(home, 'config/injector'), { recursive: true });
    await mkdir(path.join(home, 'bin'));
    await writeFile(path.join(home, 'config/injector/global'), '[global]\nauto_approve_keys = False\n');
    await writeFile(path.join(home, 'config/catalog-sources'), '# none\n');
    await mkdir(path.join(home, 'state/zerodesk'), { recursive: true });
    const settings = JSON.stringify({ theme: 'system', isWelcomed: true, showSamples: false });
    await writeFile(path.join(home, 'state/zerodesk/window-settings.json'), settings);
    await use(home);
  },
  appOptions: async ({ home }, use) => {
    await use({ env: { HOME: home, PATH: `${home}/bin:${process.env['PATH'] ?? ''}` } });
  },
  site: async ({}, use) => {
    const site = await startSampleSite();
    await use(site);
    await site.close();
  },
  desk: async ({ window }, use) => {
    await use(new DeskPage(window));
  },
});

export { expect } from './electron-app.ts';
