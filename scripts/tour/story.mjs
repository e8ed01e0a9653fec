// The story of the tour: what a person does with the program, from the first look to a cleared cache. Everything comes from the
// built-in sample repository, so it needs no network; its downloads are slowed down so that they can be seen.

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Bytes per second at which samples arrive. */
export const sampleRate = 150_000;

/** What the tour sets before the program starts: ask about every key, list only the samples. */
export async function prepareHome(home) {
  await mkdir(path.join(home, 'config/injector'), { recursive: true });
  await writeFile(path.join(home, 'config/injector/global'), '[global]\nauto_approve_keys = False\n');
  await writeFile(path.join(home, 'config/catalog-sources'), '# Only the built-in samples.\n');
}

/** Plays the story. `step(name, action)` takes a picture after each action. */
export async function story({ app, page, step, note }) {
  const button = (name) => page.getByRole('button', { name, exact: true });
  /** Searched for first: a click at a machine's speed may meet a tile that is still being scrolled into view. */
  const runTile = async (name) => {
    await page.getByRole('searchbox').first().fill(name);
    await button(`Run ${name}`).first().click();
  };
  const rail = (name) => page.getByRole('navigation', { name: 'Pages' }).getByText(name, { exact: true }).click();
  const tree = (name) => page.getByRole('treegrid', { name: `Components of ${name}` });
  const version = async (name, part) => {
    const row = tree(name)
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: part }) })
      .first();
    return (await row.getByRole('gridcell').first().textContent())?.trim() ?? '';
  };

  await step('The question about a key', async () => {
    await page.getByRole('dialog', { name: 'Trust this key?' }).waitFor();
  });

  await step('The apps', async () => {
    await button('Trust this key').click();
    await button('Run Memo').waitFor();
    await page.getByRole('status').first().waitFor();
  });

  await step('A download in progress', async () => {
    await runTile('Pi Explorer');
    await tree('Pi Explorer').waitFor();
    await tree('Pi Explorer').getByText(/\/s/).filter({ visible: true }).first().waitFor();
  });

  await step('The program runs and its output is shown', async () => {
    await page
      .getByText(/is found in pi at digit/)
      .first()
      .waitFor();
    note(await page.getByRole('region', { name: 'Program output' }).innerText());
  });

  await step('Downloads', async () => {
    await rail('Downloads');
    await page.getByRole('heading', { level: 1, name: 'Downloads' }).waitFor();
  });

  await step('Memo runs', async () => {
    await rail('Apps');
    await runTile('Memo');
    await page.getByText('Welcome to Memo!').first().waitFor();
    note(await page.getByRole('region', { name: 'Program output' }).innerText());
  });

  await step('The second start without download', async () => {
    const startMs = Date.now();
    await button('Run again').click();
    await page
      .getByText(/has ended normally/)
      .first()
      .waitFor();
    note(`From the click to the end of the program: ${Date.now() - startMs} ms, nothing downloaded.`);
  });

  await step('Versions in the order of the policy', async () => {
    note(`Memo before the rating: ${await version('Memo', 'Memo')}`);
    await tree('Memo').getByRole('row').filter({ hasText: 'Memo' }).first().dblclick();
    await page
      .getByRole('complementary', { name: 'Versions and feeds of Memo' })
      .getByText('2.1', { exact: true })
      .first()
      .waitFor();
  });

  await step('The rating menu', async () => {
    const panel = page.getByRole('complementary', { name: 'Versions and feeds of Memo' });
    await panel.getByRole('row').filter({ hasText: '2.1' }).first().click();
    await page.getByRole('menu').getByText('Stable', { exact: true }).waitFor();
  });

  await step('A rating changes the selection', async () => {
    await page.getByRole('menu').getByText('Stable', { exact: true }).click();
    await tree('Memo').getByText(/^2\.1/).first().waitFor();
    note(`Memo after the rating: ${await version('Memo', 'Memo')}`);
  });

  await step('The other version runs', async () => {
    await page.keyboard.press('Escape');
    await button('Run again').click();
    await page.getByText('Memo 2.1').first().waitFor();
  });

  await step('A program that fails at once', async () => {
    await rail('Apps');
    await runTile('Backup Buddy');
    await page
      .getByRole('alert')
      .or(page.getByText(/code 3|ended with 3/))
      .first()
      .waitFor();
  });

  await step('Storage', async () => {
    await rail('Storage');
    await page.getByRole('row').filter({ hasText: 'Memo' }).first().waitFor();
  });

  await step('Clear all asks first', async () => {
    await button('Clear all…').click();
    await page.getByRole('alertdialog').waitFor();
  });

  await step('The cleared cache', async () => {
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await page.getByText('Nothing is stored').waitFor();
  });

  await step('Preferences', async () => {
    await rail('Preferences');
    await page.getByRole('heading', { level: 1, name: 'Preferences' }).waitFor();
  });

  await step('Dark and narrow', async () => {
    await page.getByText('Dark', { exact: true }).click();
    await page.locator('html[data-theme="dark"]').waitFor();
    await rail('Apps');
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setSize(720, 800);
    });
    await page.getByRole('searchbox').first().fill('');
    await button('Run Memo').first().waitFor();
  });
}
