import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskPage } from '../helpers/desk-page.ts';
import { expect, test as base } from '../helpers/electron-app.ts';
import { startSampleSite, type SampleSite } from '../helpers/sample-site.ts';

/** A home that asks about every key and lists no catalogue, and a copy of the samples that nobody vouches for. */
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
    const site = await startSampleSite({ archiveBytesPerSecond: 300_000 });
    await use(site);
    await site.close();
  },
  desk: async ({ window }, use) => {
    await use(new DeskPage(window));
  },
});

test('from a click to a running program, another version, and a cleared cache [O6]', async ({ desk, site, window }) => {
  await test.step('click, question, progress, it runs', async () => {
    await desk.addByAddress(`${site.baseUrl}/pi.xml`);
    await expect(window.getByText('pi.xml was not checked yet.')).toBeVisible();
    await desk.open('Apps');
    await desk.runTile('pi.xml');
    await desk.trustUnknownKey();
    const tree = desk.tree('Pi Explorer');
    await expect(
      tree
        .getByText(/kB of .* kB/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();
    await expect(desk.output).toContainText('is found in pi at digit');
  });

  await test.step('the next program of the same publisher asks nothing', async () => {
    await desk.open('Apps');
    await desk.addByAddress(`${site.baseUrl}/memo.xml`);
    await desk.run();
    await expect(desk.output).toContainText('Memo 2.0');
    await expect(window.getByText('Memo has ended normally.')).toBeVisible();
  });

  await test.step('the second start asks the network for nothing', async () => {
    const before = site.requests.length;
    await desk.run();
    await expect(window.getByText(/Memo is running|Memo has ended normally/).first()).toBeVisible();
    await expect(desk.output).toContainText('Memo 2.0');
    expect(site.requests.length).toBe(before);
  });

  await test.step('a rating changes what is chosen, and that runs', async () => {
    const tree = desk.tree('Memo');
    const versions = await desk.inspect(tree, 'Memo');
    // It was opened by a double click, whose second half must not have rated anything.
    await expect(window.getByRole('menu')).toBeHidden();
    await expect(desk.row(versions, '2.0').first()).toContainText('in use');
    await expect(desk.row(versions, '1.9').first()).toContainText("Poor stability 'buggy'");
    await desk.rate(versions, '2.1', 'Stable');
    await expect(desk.row(versions, '2.1').first()).toContainText('STABLE');
    await expect(desk.row(versions, '2.1').first()).toContainText('in use');
    await expect(desk.row(tree, 'Memo').first()).toContainText('2.1');
    await desk.run();
    await expect(desk.output).toContainText('Memo 2.1');
  });

  await test.step('the cache is cleared, and the programs are still there', async () => {
    await desk.open('Storage');
    await expect(window.getByRole('row').filter({ hasText: 'Digits' })).toBeVisible();
    await window.getByRole('button', { name: 'Clear all…' }).click();
    await window
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Delete \d+ versions$/ })
      .click();
    await expect(window.getByText('Nothing is stored')).toBeVisible();
    await expect(window.getByText(/freed/).first()).toBeVisible();
    await desk.open('Apps');
    await expect(window.getByRole('button', { name: 'Run Memo' })).toBeVisible();
  });
});

test('a refused key leaves nothing behind and says why', async ({ desk, site, window }) => {
  await desk.addByAddress(`${site.baseUrl}/memo.xml`);
  await desk.run();
  await window.getByRole('dialog', { name: 'Trust this key?' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(
    window
      .getByRole('alert')
      .filter({ hasText: /trust|key/i })
      .first(),
  ).toBeVisible();
  await desk.open('Storage');
  await expect(window.getByText('Nothing is stored')).toBeVisible();
});

test('by keyboard alone: add, run, rate', async ({ site, window }) => {
  await window.keyboard.press('Tab');
  await window.getByRole('button', { name: 'Add', exact: true }).press('Enter');
  await expect(window.getByRole('dialog').getByRole('textbox')).toBeFocused();
  await window.keyboard.type(`${site.baseUrl}/hello.xml`);
  await window.keyboard.press('Enter');
  await window.getByRole('button', { name: 'Run', exact: true }).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Trust this key?' });
  // The safe answer has the focus: nobody vouches for this key.
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  const second = window.getByRole('alertdialog', { name: 'Really trust an unknown key?' });
  await expect(second.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  await expect(window.getByText('Hello has ended normally.')).toBeVisible();
  const tree = window.getByRole('treegrid', { name: 'Components of Hello' });
  await tree.getByRole('row').nth(1).press('Enter');
  const versions = window.getByRole('grid', { name: 'Versions of Hello' });
  await versions.getByRole('row').nth(2).press('Enter');
  await expect(window.getByRole('menu')).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(window.getByRole('menu')).toBeHidden();
  await expect(versions).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(versions).toBeHidden();
});

test('a program outlives the window', async ({ app, desk, site, window }) => {
  await desk.addByAddress(`${site.baseUrl}/timer.xml`);
  await desk.run();
  await desk.trustUnknownKey();
  const status = window.getByText(/Tea Timer is running \(process \d+/);
  await expect(status).toBeVisible();
  const pid = Number(/process (\d+)/.exec(await status.innerText())?.[1]);
  await app.close();
  // Signal 0 only asks whether it is there; it throws if not.
  expect(() => process.kill(pid, 0)).not.toThrow();
  process.kill(-pid, 'SIGTERM');
});

test('Stop ends the program', async ({ desk, site, window }) => {
  await desk.addByAddress(`${site.baseUrl}/timer.xml`);
  await desk.run();
  await desk.trustUnknownKey();
  await expect(window.getByText(/Tea Timer is running \(process/)).toBeVisible();
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(desk.output).toContainText('ended by SIGTERM');
});
