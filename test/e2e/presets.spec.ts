import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeskPage } from '../helpers/desk-page.ts';
import { expect, test } from '../helpers/hello-desk.ts';
import { publishHello } from '../helpers/hello-updates.ts';

test('each of the seven ways to choose a version gives what it promises, and is taken back [D-2]', async ({
  app,
  home,
  site,
  window,
}) => {
  test.setTimeout(120_000);
  const desk = new DeskPage(window);
  const uri = `${site.baseUrl}/hello.xml`;
  const ended = window.getByText('Hello has ended normally.');
  const root = desk.row(desk.tree('Hello'), 'Hello').first();
  const part = window.getByRole('group', { name: 'Which version?' });

  await test.step('an app of which the first version was used', async () => {
    await publishHello(site, [{ version: '11.0' }]);
    await desk.addByAddress(uri);
    await desk.run();
    await desk.trustUnknownKey();
    await expect(ended).toBeVisible();
    await window.getByRole('button', { name: 'Keep a time line…' }).click();
    await window.getByRole('textbox', { name: 'Name of the app' }).press('Enter');
    await expect(window.getByRole('button', { name: 'Show time line' })).toBeVisible();
  });

  await test.step('there is a version for each way', async () => {
    await publishHello(
      site,
      [
        { version: '11.0' },
        { version: '12.0', digest: 'B'.repeat(52) },
        { version: '13.0', digest: 'C'.repeat(52), stability: 'testing' },
        { version: '14.0', digest: 'D'.repeat(52), stability: 'developer' },
        { version: '15.0', digest: 'E'.repeat(52), stability: 'insecure' },
      ],
      { more: '<package-implementation package="coreutils" main="/bin/true"/>' },
    );
    await window.getByRole('button', { name: 'Fetch all feeds again (F5)' }).click();
    await expect(root).toContainText('12.0');
    await expect(part).toContainText('The latest stable');
    const versions = await desk.inspect(desk.tree('Hello'), 'Hello');
    await desk.rate(versions, '15.0', 'Stable');
    await window.getByRole('button', { name: 'Allow the insecure version' }).click();
    await expect(root).toContainText('15.0');
    await window.getByRole('button', { name: 'Close (Esc)' }).click();
  });

  const feed = path.join(home, 'mine/hello.xml');
  await mkdir(path.dirname(feed));
  await writeFile(
    feed,
    `<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>Hello</name>
    <summary>mine</summary><feed-for interface="${uri}"/>
    <implementation id="." version="0.1" main="hello"/></interface>`,
  );
  await writeFile(path.join(path.dirname(feed), 'hello'), '#!/bin/sh\necho My own build\n', { mode: 0o755 });
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, feed);

  const ways = [
    ['No known flaw', '13.0'],
    ['The very latest', '14.0'],
    ['The latest in the cache', '11.0'],
    ['The latest stable', '12.0'],
    ['The distribution’s', /(^|[^0-9])[1-9]\.[0-9]/],
    ['Always the same', '11.0'],
    ['My own build', '0.1'],
  ] as const;
  for (const [name, version] of ways) {
    await test.step(name, async () => {
      await part.getByRole('button', { name: 'Change…' }).press('Enter');
      const dialog = window.getByRole('dialog', { name: 'Which version of Hello?' });
      await dialog.getByRole('radio', { name: new RegExp(`^${name}`) }).press('Space');
      if (name === 'My own build') await dialog.getByRole('button', { name: 'Choose a feed file…' }).press('Enter');
      await expect(dialog.getByRole('list', { name: 'Settings that change' })).toBeVisible();
      await expect(dialog.getByRole('region', { name: 'What would change' })).toContainText(version);
      await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
      await expect(dialog).toBeHidden();
      await expect(root).toContainText(version);
      await expect(part).toContainText(name);
    });
  }

  await test.step('and runs', async () => {
    await desk.run();
    await expect(ended).toBeVisible();
    await expect(desk.output).toContainText('My own build');
  });

  await test.step('taken back, the way before is in force again', async () => {
    await window.keyboard.press('Control+z');
    await expect(part).toContainText('Always the same');
    await expect(root).toContainText('11.0');
  });

  await test.step('for all programs at once', async () => {
    await desk.open('Preferences');
    await window.getByRole('button', { name: 'Change…' }).first().press('Enter');
    const dialog = window.getByRole('dialog', { name: 'Which versions of all programs?' });
    await expect(dialog.getByRole('radio', { name: /^The very latest/ })).toBeVisible();
    await expect(dialog).toContainText('For 1 of 1 in My apps.');
    await dialog.getByRole('radio', { name: /^The very latest/ }).press('Space');
    await expect(dialog.getByRole('region', { name: 'What would change' })).toContainText('Hello 11.0 → 14.0');
    await dialog.getByRole('button', { name: 'Apply' }).press('Enter');
    await expect(window.getByRole('checkbox', { name: /^Help/ })).toBeChecked();
    await desk.open('Apps');
    await expect(window.getByRole('gridcell').filter({ hasText: 'Hello' }).first()).toContainText('14.0');
  });
});
