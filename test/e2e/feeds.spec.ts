import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { signXml } from '../../scripts/samples/signing.mjs';
import { DeskPage } from '../helpers/desk-page.ts';
import { expect, test } from '../helpers/hello-desk.ts';
import { publishHello } from '../helpers/hello-updates.ts';

const feedFor = (uri: string, version: string, own = '') => `<interface
  xmlns="http://zero-install.sourceforge.net/2004/injector/interface" ${own}><name>Hello</name><summary>more</summary>
  <feed-for interface="${uri}"/><implementation id="." version="${version}" stability="stable" main="hello"/></interface>`;

test('feeds and ranges of versions are tried out, applied and taken back [O16] [O21] [D-2]', async ({
  app,
  home,
  site,
  window,
}) => {
  const desk = new DeskPage(window);
  const uri = `${site.baseUrl}/hello.xml`;
  const row = desk.row(desk.tree('Hello'), 'Hello').first();
  await publishHello(site, [{ version: '1.0' }, { version: '1.1' }]);
  const remote = `${site.baseUrl}/more.xml`;
  const signedAt = new Date('2026-11-03T09:00:00Z');
  const more = feedFor(uri, '0.9', `uri="${remote}"`).replace('id="."', 'id="more"');
  site.files.set(
    'more.xml',
    Buffer.from(await signXml(`<?xml version="1.0"?>\n${more}\n`, { key: site.key, signedAt })),
  );
  const local = path.join(home, 'mine/hello.xml');
  await mkdir(path.dirname(local));
  await writeFile(local, feedFor(uri, '2.0'));
  await writeFile(path.join(path.dirname(local), 'hello'), '#!/bin/sh\necho My own build\n', { mode: 0o755 });
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, local);

  await desk.addByAddress(uri);
  await desk.run();
  await desk.trustUnknownKey();
  await expect(window.getByText('Hello has ended normally.')).toBeVisible();
  await window.getByRole('button', { name: 'Keep a time line…' }).click();
  await window.getByRole('textbox', { name: 'Name of the app' }).press('Enter');
  await expect(window.getByRole('button', { name: 'Show time line' })).toBeVisible();
  await desk.inspect(desk.tree('Hello'), 'Hello');
  const cards = window.getByRole('tabpanel').getByRole('listitem');

  await test.step('a remote feed, with its signature; errors and duplicates stay in the form', async () => {
    await window.getByRole('tab', { name: 'Feeds' }).click();
    await expect(cards.first()).toContainText('Last upstream change');
    await expect(cards.first()).toContainText('Last checked');
    const field = window.getByRole('textbox', { name: 'Add a feed' });
    await field.fill(`${site.baseUrl}/memo.xml`);
    await field.press('Enter');
    await expect(window.getByText(/it is not for/).first()).toBeVisible();
    await field.fill(remote);
    await field.press('Enter');
    const card = cards.filter({ hasText: remote });
    await expect(card).toContainText('Added by you');
    await expect(card).toContainText('Signed by');
    await field.fill(remote);
    await field.press('Enter');
    await expect(window.getByText(/has already been added/).first()).toBeVisible();
    await field.fill('');
  });

  const bar = window.getByRole('region', { name: 'Changes tried out' }).last();
  await test.step('a local feed is tried out first', async () => {
    await window.getByRole('tab', { name: 'Versions' }).click();
    await window.getByRole('checkbox', { name: 'Try out first' }).press('Space');
    await window.getByRole('tab', { name: 'Feeds' }).click();
    await window.getByRole('button', { name: 'Add a local feed…' }).press('Enter');
    await expect(bar).toContainText('Hello 1.1 → 2.0');
    await expect(row).toContainText('1.1');
    await bar.getByRole('button', { name: 'Apply' }).press('Enter');
    await expect(row).toContainText('2.0');
    await expect(cards.filter({ hasText: local })).toContainText('Added by you');
  });

  await test.step('a range of versions is tried out, and the app remembers it', async () => {
    await window.getByRole('tab', { name: 'Versions' }).click();
    await window.getByRole('checkbox', { name: 'Try out first' }).press('Space');
    await window.getByRole('button', { name: /Versions that may be used/ }).press('Enter');
    await window.getByRole('option', { name: 'Before…', exact: true }).press('Enter');
    const range = window.getByRole('textbox', { name: 'Version', exact: true });
    await range.fill('1.1');
    await range.press('Enter');
    await expect(bar).toContainText('Hello 2.0 → 1.0');
    await bar.getByRole('button', { name: 'Apply' }).press('Enter');
    await expect(row).toContainText('1.0');
    await expect(window.getByText('Restricted to versions: ..!1.1.')).toBeVisible();
  });

  await test.step('all of it is taken back, the last first', async () => {
    const heading = window.getByRole('tab', { name: 'Versions' });
    await heading.press('Control+z');
    await expect(row).toContainText('2.0');
    await heading.press('Control+z');
    await expect(row).toContainText('1.1');
    await window.getByRole('tab', { name: 'Feeds' }).click();
    await expect(cards.filter({ hasText: local })).toBeHidden();
    await window.keyboard.press('Control+z');
    await expect(cards.filter({ hasText: remote })).toBeHidden();
  });
});
