import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { DeskPage } from '../helpers/desk-page.ts';
import { expect, test } from '../helpers/electron-app.ts';
import { startSampleSite } from '../helpers/sample-site.ts';

test.describe('the first start', () => {
  test.use({ isFirstStart: true });

  test('introduces itself, takes the choices, and does so once [W23]', async ({ window, home }) => {
    const card = window.getByRole('region', { name: 'Welcome to Zerodesk' });
    await expect(card).toBeVisible();
    await card.getByRole('button', { name: 'Next' }).click();
    await window.getByText('Off-line', { exact: true }).first().click();
    await window.getByRole('button', { name: 'Next' }).click();
    await expect(window.getByRole('status').filter({ hasText: 'portable copy' })).toBeVisible();
    await window.getByRole('button', { name: 'Start', exact: true }).click();
    await expect(window.getByText('3 of 3')).toBeHidden();
    expect(await readFile(path.join(home, 'config/injector/global'), 'utf8')).toMatch(/network_use = off-line/);
    await window.reload();
    await expect(window.getByRole('button', { name: 'Run Tea Timer' })).toBeVisible();
    await expect(card).toBeHidden();
  });
});

test('a page that ended is loaded again in the middle of a download, says so, and offers a report without what is personal [B10] [S26]', async ({
  app,
  window,
  home,
}) => {
  const site = await startSampleSite({ archiveBytesPerSecond: 80_000 });
  try {
    const desk = new DeskPage(window);
    await desk.addByAddress(`${site.baseUrl}/pi.xml`);
    await desk.run();
    await desk.trustUnknownKey();
    await expect(
      desk
        .tree('Pi Explorer')
        .getByText(/kB of .* kB/)
        .filter({ visible: true })
        .first(),
    ).toBeVisible();

    await app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      await new Promise<void>((resolve) => {
        contents?.once('did-finish-load', () => {
          resolve();
        });
        contents?.forcefullyCrashRenderer();
      });
    });
    // The page object of a page that ended is of no more use, so its window is asked.
    const ask = (script: string): Promise<unknown> =>
      app.evaluate(
        ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code, true),
        script,
      );
    await expect
      .poll(() => ask('document.body.innerText'), { timeout: 20_000 })
      .toContain('Downloads and programs went on meanwhile');
    await ask(
      `[...document.querySelectorAll('button')].find((one) => one.textContent === 'Copy diagnostic report').click()`,
    );
    const report = () => app.evaluate(({ clipboard }) => clipboard.readText());
    await expect.poll(report).toContain('# Zerodesk diagnostic report');
    const text = await report();
    expect(text).toContain('the page ended');
    expect(text).toContain('networkUse = "full"');
    expect(text).not.toContain(home);
    if (userInfo().username !== 'root') expect(text).not.toContain(userInfo().username);
    if (hostname().length > 2) expect(text).not.toContain(hostname());

    // What was under way is still there, and ends well.
    await ask(`[...document.querySelectorAll('button')].find((one) => one.textContent === 'Continue').click()`);
    await ask(
      `[...document.querySelectorAll('nav button')].find((one) => one.textContent.startsWith('Downloads')).click()`,
    );
    await expect
      .poll(() => ask('document.body.innerText'), { timeout: 60_000 })
      .toMatch(/Pi Explorer[^]*(Running|Finished|Done|ended)/i);
  } finally {
    await site.close();
  }
});

test('a page that is loaded again in the middle of a download goes on where it was', async ({ window }) => {
  const site = await startSampleSite({ archiveBytesPerSecond: 30_000 });
  try {
    const desk = new DeskPage(window);
    await desk.addByAddress(`${site.baseUrl}/pi.xml`);
    await desk.run();
    await desk.trustUnknownKey();
    const moving = desk
      .tree('Pi Explorer')
      .getByText(/kB of .* kB/)
      .filter({ visible: true })
      .first();
    await expect(moving).toBeVisible();
    const before = site.requests.length;
    await window.reload();
    await desk.open('Downloads');
    await expect(window.getByRole('progressbar').first()).toBeVisible();
    await desk.open('Apps');
    await window.getByRole('grid', { name: 'My apps' }).getByRole('row', { name: 'Pi Explorer' }).press('Enter');
    await expect(desk.output).toContainText('is found in pi at digit', { timeout: 60_000 });
    // Nothing was fetched twice.
    const archives = site.requests.slice(before).filter((request) => /\.(tar|zip|tgz)/.test(request));
    expect(new Set(archives).size).toBe(archives.length);
  } finally {
    await site.close();
  }
});

test('the window comes back where it was', async ({ app, window, home }) => {
  await expect(window.getByRole('heading', { level: 1, name: 'Apps' })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    const [only] = BrowserWindow.getAllWindows();
    only?.setBounds({ x: 40, y: 30, width: 900, height: 600 });
    only?.close();
  });
  await expect
    .poll(
      async () =>
        JSON.parse(await readFile(path.join(home, 'state/zerodesk/window.json'), 'utf8').catch(() => '{}')) as unknown,
    )
    .toMatchObject({ width: 900, height: 600, isMaximized: false });
});
