import { testScreens, testStretched, type Screen } from './looks.ts';
import { expect, test, type PageWindow } from './window.ts';

const openPalette = async ({ page }: PageWindow, typed = ''): Promise<void> => {
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Do anything' }).waitFor();
  await page.keyboard.type(typed);
};

/** Drops a text or files, as another program would. */
const drop = ({ page }: PageWindow, { links = '', files = [] as readonly string[] }): Promise<void> =>
  page.evaluate(
    ({ links, files }) => {
      const data = new DataTransfer();
      if (links !== '') data.setData('text/uri-list', links);
      for (const name of files) data.items.add(new File([''], name));
      for (const kind of ['dragenter', 'dragover', 'drop']) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
      }
    },
    { links, files: [...files] },
  );

/** Goes on to a step of the introduction. */
const welcome = async ({ page }: PageWindow, presses: number): Promise<void> => {
  for (let press = 0; press < presses; press += 1) await page.getByRole('button', { name: 'Next' }).press('Enter');
  await page.getByText(`${presses + 1} of 3`).waitFor();
};

const screens: readonly Screen[] = [
  { name: 'welcome', scenario: 'first', show: (window) => welcome(window, 0) },
  { name: 'welcome-choices', scenario: 'first', show: (window) => welcome(window, 1) },
  { name: 'welcome-sources', scenario: 'first', show: (window) => welcome(window, 2) },
  {
    name: 'crashed',
    scenario: 'default',
    show: async ({ page }) => {
      await page.evaluate(() => {
        window.location.hash = 'crashed';
      });
      await page.getByRole('button', { name: 'Continue' }).waitFor();
    },
  },
  {
    name: 'dropped',
    scenario: 'default',
    show: async (window) => {
      const links = [
        'https://apps.example.org/editor/feed.xml',
        'zero-install:https://a-very-long-name-of-a-host-that-goes-on-and-on.example.org/programs/of/somebody/viewer.xml',
        'https://example.org/tool-1.0.tar.gz',
        'mailto:ada@example.org',
      ];
      await drop(window, { links: links.join('\r\n') });
      await window.page.getByRole('dialog', { name: 'Add these 2 programs?' }).waitFor();
    },
  },
  {
    name: 'drop-hover',
    scenario: 'default',
    show: async ({ page }) => {
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.setData('text/uri-list', 'https://example.org/a.xml');
        document.body.dispatchEvent(
          new DragEvent('dragenter', { dataTransfer: data, bubbles: true, cancelable: true }),
        );
      });
      await page.getByText('Drop links or feeds').waitFor();
    },
  },
  { name: 'palette', scenario: 'default', show: (window) => openPalette(window) },
  {
    name: 'palette-found',
    scenario: 'default',
    show: async (window) => {
      await openPalette(window, 'memo');
      await window.page.getByRole('option', { name: /^Run Memo/ }).waitFor();
    },
  },
  {
    name: 'palette-none',
    scenario: 'default',
    show: async (window) => {
      await openPalette(window, 'qqqq');
      await window.page.getByText('Nothing fits. Try').waitFor();
    },
  },
  {
    name: 'keys',
    scenario: 'default',
    show: async ({ page }) => {
      await page.keyboard.press('F1');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    },
  },
];

testScreens(screens);
testStretched(screens);

test('everything can be done by its name, and what the palette says is what happens [D-15] [X20]', async ({
  window,
}) => {
  const { page } = window;
  await window.open();
  const field = page.getByRole('combobox', { name: 'Do anything' });
  await page.keyboard.press('Control+K');
  await expect(field).toBeFocused();
  await page.keyboard.type('storage');
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('option').first()).toContainText('Ctrl+4');
  await expect(page.getByText('0desk store manage')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Storage' })).toBeVisible();

  // The second of what fits, by the arrow; around its end back to the first.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('colours');
  await expect(page.getByRole('option')).toHaveCount(2);
  const second = await page.getByRole('option').nth(1).getAttribute('id');
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveAttribute('aria-activedescendant', second ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();

  // What cannot be done is not offered: nothing runs that could be stopped.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('stop');
  await expect(page.getByRole('option', { name: /^Stop\b(?! testing)/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+K');
  await page.keyboard.type('run edit');
  await expect(page.getByText(/^0desk run https:.*edit\.xml$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit' })).toBeVisible();
  await expect(page.getByText(/^Edit is running \(process/)).toBeVisible();
});

test('the introduction is in nobody’s way, and comes back when it is asked for [W23]', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'first' });
  const card = page.getByRole('region', { name: 'Welcome to Zerodesk' });
  await expect(card).toBeVisible();
  // Searching is possible meanwhile; the card makes room.
  await page.keyboard.type('memo');
  await expect(card).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(card).toBeVisible();

  await card.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'How it should behave' })).toBeFocused();
  await page.getByText('Minimal', { exact: true }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Network: as little as possible');
  await page.getByRole('button', { name: 'Skip' }).press('Enter');
  await expect(page.getByText('2 of 3')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Apps' })).toBeFocused();

  await window.goTo('Preferences');
  await page.getByRole('button', { name: 'Show the introduction' }).press('Enter');
  await expect(page.getByText('1 of 3')).toBeVisible();
});

test('back and forward by the keyboard', async ({ window }) => {
  const { page } = window;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await window.open();
  await page.keyboard.press('Control+2');
  await expect(heading('Downloads')).toBeVisible();
  await page.keyboard.press('Control+4');
  await expect(heading('Storage')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading('Downloads')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading('Apps')).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading('Downloads')).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading('Storage')).toBeVisible();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(heading('Storage')).toBeVisible();
});

test('Delete takes the tile that has the focus out of My apps', async ({ window }) => {
  const { page } = window;
  await window.open();
  const mine = page.getByRole('grid', { name: 'My apps' });
  await mine.getByRole('row', { name: 'Memo' }).focus();
  await page.keyboard.press('Delete');
  await expect(mine.getByRole('row', { name: 'Memo' })).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Catalogue' }).getByRole('row', { name: 'Memo' })).toBeVisible();
});

test('the palette stays quick with 5,000 programs [D-15]', async ({ window }) => {
  const { page } = window;
  await window.open({ scenario: 'many' });
  await page.getByRole('row', { name: 'Program 0001' }).waitFor();
  await page.keyboard.press('Control+K');
  const field = page.getByRole('combobox', { name: 'Do anything' });
  await expect(field).toBeFocused();
  // Each key until what it found is drawn.
  const times = await field.evaluate(async (input: HTMLInputElement) => {
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const found: number[] = [];
    for (const typed of [
      'd',
      'do',
      'dow',
      'down',
      'download',
      'download 4',
      'download 49',
      'download 499',
      'download 4999',
    ]) {
      const from = performance.now();
      setValue?.call(input, typed);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      found.push(performance.now() - from);
    }
    return found;
  });
  await expect(page.getByRole('option', { name: /^Download Program 4999/ })).toBeVisible();
  expect(await page.getByRole('option').count()).toBeLessThanOrEqual(50);
  const sorted = [...times].sort((a, b) => a - b);
  console.info(
    `a key among 5,000 programs: median ${Math.round(sorted[4] ?? 0)} ms, worst ${Math.round(sorted.at(-1) ?? 0)} ms`,
  );
});

test('links and files that are dropped are only asked about, and refused with a reason [W15] [O29]', async ({
  window,
}) => {
  const { page } = window;
  await window.open();
  await drop(window, { links: 'https://example.org/tool.xml' });
  const add = page.getByRole('dialog', { name: 'Add a program by its address' });
  await expect(add.getByRole('textbox')).toHaveValue('https://example.org/tool.xml');
  await expect(add.locator('strong')).toHaveText('example.org');
  await add.getByRole('button', { name: 'Cancel' }).click();

  await drop(window, { links: 'https://example.org/tool-1.0.rpm' });
  const none = page.getByRole('dialog', { name: 'Nothing of this can be added' });
  await expect(none).toContainText('https://example.org/tool-1.0.rpm is an archive or installer.');
  await none.getByRole('button', { name: 'Close' }).press('Enter');

  await drop(window, { files: ['one.xml', 'two.xml', 'notes.txt'] });
  const several = page.getByRole('dialog', { name: 'Add these 2 programs?' });
  await expect(several).toContainText('notes.txt is neither a feed nor a link to one.');
  await several.getByText('/home/ada/two.xml').click();
  await several.getByRole('button', { name: 'Add 1 program' }).click();
  await expect(several).toBeHidden();

  // What is dragged within the window is not for adding.
  await page.evaluate(() => document.body.dispatchEvent(new DragEvent('dragstart', { bubbles: true })));
  await drop(window, { links: 'https://example.org/own.xml' });
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
