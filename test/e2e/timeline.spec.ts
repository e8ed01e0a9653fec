import { expect, test } from '../helpers/hello-desk.ts';
import { publishHello } from '../helpers/hello-updates.ts';

test('an update breaks the app: back without network, it runs; and the update is found', async ({
  desk,
  site,
  window,
}) => {
  const ended = window.getByText('Hello has ended normally.');
  const versions = [{ version: '1.1' }, { version: '1.2' }, { version: '1.3', isBroken: true }];

  await test.step('an app with a time line', async () => {
    await publishHello(site, versions.slice(0, 1));
    await desk.addByAddress(`${site.baseUrl}/hello.xml`);
    await desk.run();
    await desk.trustUnknownKey();
    await expect(ended).toBeVisible();
    await window.getByRole('button', { name: 'Keep a time line…' }).click();
    await window.getByRole('textbox', { name: 'Name of the app' }).press('Enter');
    await expect(window.getByRole('button', { name: 'Show time line' })).toBeVisible();
  });

  await test.step('an update, from the list of all', async () => {
    await publishHello(site, versions.slice(0, 2));
    await desk.open('Apps');
    await window.getByRole('button', { name: 'Updates', exact: true }).press('Enter');
    await window.getByRole('button', { name: 'Look for updates' }).press('Enter');
    await expect(window.getByRole('listitem', { name: 'Hello' })).toContainText('1.1 → 1.2');
    await window.getByRole('button', { name: 'Update 1 app' }).press('Enter');
    await expect(window.getByText('Everything is up to date')).toBeVisible();
    await desk.open('Apps');
    await desk.runTile('Hello');
    await expect(ended).toBeVisible();
  });

  await test.step('another one, which breaks it', async () => {
    await publishHello(site, versions);
    await window.getByRole('button', { name: 'Fetch all feeds again (F5)' }).click();
    await expect(desk.tree('Hello').getByText('1.3').first()).toBeVisible();
    await desk.run();
    await expect(window.getByRole('alert').filter({ hasText: 'is missing from its files' })).toBeVisible();
  });

  await test.step('the update is found', async () => {
    await window.getByRole('button', { name: 'Show time line' }).click();
    await window.getByRole('button', { name: 'Which update broke it?' }).click();
    await window.getByRole('button', { name: 'Begin' }).click();
    await window.getByRole('button', { name: 'Start it' }).press('Enter');
    await window.getByRole('button', { name: 'It works' }).press('Enter');
    await expect(window.getByText(/1\.3 of .* broke it, found by one start/)).toBeVisible();
  });

  await test.step('back, off-line', async () => {
    await desk.open('Preferences');
    await window.getByRole('radio', { name: /^Off-line/ }).press('Space');
    const asked = site.requests.length;
    await desk.open('Time line');
    await window.getByRole('button', { name: 'Go back to 1.2', exact: true }).press('Enter');
    await expect(window.getByText('Hello is held at 1.2. No update changes it.')).toBeVisible();
    await window.getByRole('button', { name: 'Run Hello' }).press('Enter');
    await expect(ended).toBeVisible();
    await expect(desk.output).toContainText('Hello');
    expect(site.requests.length).toBe(asked);
  });
});
