import { expect, test } from '../helpers/electron-app.ts';

test('the window opens and says what it is', async ({ window }) => {
  await expect(window).toHaveTitle('Zerodesk');
});
