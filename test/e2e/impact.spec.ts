import { DeskPage } from '../helpers/desk-page.ts';
import { expect, test } from '../helpers/hello-desk.ts';
import { publishHello } from '../helpers/hello-updates.ts';

test('a feed calls a used version insecure: the program is named, and one click replaces it [D-9]', async ({
  site,
  window,
}) => {
  const desk = new DeskPage(window);
  const ended = window.getByText('Hello has ended normally.');
  await publishHello(site, [{ version: '1.0' }]);
  await desk.addByAddress(`${site.baseUrl}/hello.xml`);
  await desk.run();
  await desk.trustUnknownKey();
  await expect(ended).toBeVisible();
  await window.getByRole('button', { name: 'Keep a time line…' }).click();
  await window.getByRole('textbox', { name: 'Name of the app' }).press('Enter');
  await expect(window.getByRole('button', { name: 'Show time line' })).toBeVisible();

  await publishHello(site, [{ version: '1.0', stability: 'insecure' }, { version: '1.1' }]);
  await window.getByRole('button', { name: 'Fetch all feeds again (F5)' }).click();
  await desk.open('Apps');
  await expect(window.getByRole('alert')).toContainText(
    'One program uses a version in which a security flaw was found.',
  );
  await expect(window.getByRole('gridcell').filter({ hasText: 'Hello' })).toContainText('Insecure version');
  await window.getByRole('alert').getByRole('button', { name: 'Show' }).press('Enter');
  const row = window.getByRole('listitem', { name: 'Hello: Hello 1.0' });
  await expect(row).toContainText('stable → insecure');
  await row.getByRole('button', { name: /^Why\?/ }).press('Enter');
  await expect(row.getByRole('status')).toContainText('Hello 1.0');
  await row.getByRole('button', { name: 'Use 1.1 for Hello' }).press('Enter');
  await expect(window.getByRole('alert')).toBeHidden();
  await expect(window.getByRole('gridcell').filter({ hasText: 'Hello' })).not.toContainText('Insecure');

  await desk.runTile('Hello');
  await expect(ended).toBeVisible();
  await desk.open('Time line');
  await expect(window.getByRole('main')).toContainText('1.0 → 1.1');
});
