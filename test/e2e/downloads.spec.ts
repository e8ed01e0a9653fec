import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskPage } from '../helpers/desk-page.ts';
import { closeElectron, expect, launchElectron, test as base } from '../helpers/electron-app.ts';
import { startSampleSite, type SampleSite } from '../helpers/sample-site.ts';

/** A home that asks about every key and lists no catalogue, and a site that takes its time until it is told to hurry. */
const test = base.extend<{ readonly site: SampleSite; readonly desk: DeskPage }>({
  home: async ({ home }, use) => {
    await mkdir(path.join(home, 'config/injector'), { recursive: true });
    await writeFile(path.join(home, 'config/injector/global'), '[global]\nauto_approve_keys = False\n');
    await writeFile(path.join(home, 'config/catalog-sources'), '# none\n');
    await mkdir(path.join(home, 'state/zerodesk'), { recursive: true });
    await writeFile(
      path.join(home, 'state/zerodesk/window-settings.json'),
      JSON.stringify({ theme: 'system', isWelcomed: true, showSamples: false }),
    );
    await use(home);
  },
  site: async ({}, use) => {
    const site = await startSampleSite({ archiveBytesPerSecond: 20_000 });
    await use(site);
    await site.close();
  },
  desk: async ({ window }, use) => {
    await use(new DeskPage(window));
  },
});

test('a first download: the question by keyboard, progress, a pause, a reload, and its place under what is finished', async ({
  app,
  desk,
  site,
  window,
}) => {
  // What the task bar is told, since nobody can see it here.
  await app.evaluate(({ BrowserWindow }) => {
    const told: number[] = [];
    const [main] = BrowserWindow.getAllWindows();
    if (main === undefined) throw new Error('there is no window');
    const original = main.setProgressBar.bind(main);
    main.setProgressBar = (fraction, options) => {
      told.push(fraction);
      original(fraction, options);
    };
    Object.assign(globalThis, { told });
  });
  const told = () => app.evaluate(() => (globalThis as unknown as { readonly told: readonly number[] }).told);

  await test.step('ask for it, and answer by keyboard', async () => {
    await desk.addByAddress(`${site.baseUrl}/pi.xml`);
    await desk.open('Apps');
    await window.getByRole('button', { name: 'More for pi.xml' }).press('Enter');
    await window.getByRole('menuitem', { name: 'Download without running' }).press('Enter');
    const dialog = window.getByRole('dialog', { name: 'Trust this key?' });
    await expect(dialog).toContainText('No other feed of 127.0.0.1');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await window.keyboard.press('Tab');
    await window.keyboard.press('Enter');
    const second = window.getByRole('alertdialog', { name: 'Really trust an unknown key?' });
    await expect(second.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await window.keyboard.press('Tab');
    await window.keyboard.press('Enter');
    await expect(second).toBeHidden();
  });

  const bar = window.getByRole('progressbar', { name: 'Progress of Pi Explorer', exact: true });
  await test.step('it comes, here and on the task bar', async () => {
    await desk.open('Downloads');
    await expect(bar).toHaveAttribute('aria-valuetext', /[1-9][\d.]* kB of \d+ kB/);
    await expect.poll(async () => (await told()).some((fraction) => fraction > 0 && fraction < 1)).toBe(true);
  });

  await test.step('a pause keeps it where it is, also when the page is loaded anew', async () => {
    await window.getByRole('button', { name: 'Pause Pi Explorer' }).press('Enter');
    await expect(bar).toHaveAttribute('aria-valuetext', /^Paused · [\d.]+ kB of \d+ kB$/);
    const before = await bar.getAttribute('aria-valuetext');
    await window.reload();
    await desk.open('Downloads');
    await expect(bar).toHaveAttribute('aria-valuetext', before ?? '');
    await window.getByRole('button', { name: 'Resume Pi Explorer' }).press('Enter');
    await expect(bar).toHaveAttribute('aria-valuetext', /^[\d.]+ kB of \d+ kB/);
  });

  await test.step('a reload in the middle loses nothing', async () => {
    await window.reload();
    await desk.open('Downloads');
    await expect(bar).toBeVisible();
    site.setArchiveSpeed(null);
    await expect(window.getByRole('region', { name: 'Finished today' })).toContainText(/Pi Explorer.*downloaded/s);
    await expect(bar).toBeHidden();
    expect((await told()).at(-1)).toBe(-1);
  });

  await test.step('its key can be taken back, which names what depends on it, and given again', async () => {
    await desk.open('Preferences');
    await window.getByRole('button', { name: /^Remove Passing Signer/ }).press('Enter');
    const question = window.getByRole('alertdialog');
    await expect(question).toContainText('would not be updated any more');
    await expect(question.getByRole('listitem').filter({ hasText: 'Pi Explorer' })).toContainText(
      'used by Pi Explorer',
    );
    await question.getByRole('button', { name: 'Stop trusting the key' }).press('Enter');
    await expect(window.getByText('You trust no key yet.')).toBeVisible();
    await window.getByRole('button', { name: 'Undo' }).press('Enter');
    await expect(window.getByRole('button', { name: /^Remove Passing Signer/ })).toBeVisible();
  });
});

test('what was cancelled says how much is kept, and tried again it is finished', async ({ desk, site, window }) => {
  await desk.addByAddress(`${site.baseUrl}/pi.xml`);
  await desk.open('Apps');
  await desk.runTile('pi.xml');
  await desk.trustUnknownKey();
  await desk.open('Downloads');
  const bar = window.getByRole('progressbar', { name: 'Progress of Pi Explorer', exact: true });
  await expect(bar).toHaveAttribute('aria-valuetext', /[1-9][\d.]* kB of \d+ kB/);
  await window.getByRole('button', { name: 'Cancel Pi Explorer' }).press('Enter');
  const unfinished = window.getByRole('region', { name: 'Not finished' });
  await expect(unfinished).toContainText(/Continues at \d+%: [\d.]+ kB of \d+ kB are kept/);
  site.setArchiveSpeed(null);
  await unfinished.getByRole('button', { name: 'Try again: Pi Explorer' }).press('Enter');
  await expect(window.getByRole('region', { name: 'Finished today' })).toContainText('Pi Explorer');
});

test('what a killed program was downloading goes on after a restart [W32]', async ({
  app,
  desk,
  home,
  site,
  window,
}) => {
  await test.step('end it in the middle of a download', async () => {
    await desk.addByAddress(`${site.baseUrl}/pi.xml`);
    await desk.open('Apps');
    await desk.runTile('pi.xml');
    await desk.trustUnknownKey();
    await desk.open('Downloads');
    const bar = window.getByRole('progressbar', { name: 'Progress of Pi Explorer', exact: true });
    await expect(bar).toHaveAttribute('aria-valuetext', /[1-9][\d.]* kB of \d+ kB/);
    const savedFile = path.join(home, 'state/zerodesk/downloads.json');
    await expect.poll(() => readFile(savedFile, 'utf8')).toMatch(/"bytes": [1-9]/);
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGKILL');
    await ended;
  });

  site.setArchiveSpeed(null);
  const next = await launchElectron({ env: { ZEROINSTALL_PORTABLE_BASE: home } });
  const later = new DeskPage(await next.firstWindow());
  await later.open('Downloads');
  const unfinished = later.page.getByRole('region', { name: 'Not finished' });
  await expect(unfinished).toContainText('Interrupted when Zerodesk was closed.');
  await expect(unfinished).toContainText(/Continues at \d+%: [\d.]+ kB of \d+ kB are kept/);
  await unfinished.getByRole('button', { name: 'Try again: Pi Explorer' }).press('Enter');
  await expect(later.page.getByRole('region', { name: 'Finished today' })).toContainText('Pi Explorer');
  await closeElectron(next);
});
