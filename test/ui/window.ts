import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import axe from 'axe-core';
import { noteAnalysis } from './axe-count.ts';
import { closeElectron, launchElectron } from '../helpers/electron-app.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Where the page with the scripted client is built to. */
export const pageFolder = path.join(root, 'out/ui-page');
const shotsFolder = path.join(root, 'out/ui-shots');

// Stricter than the shipped one where the page allows it; what breaks it here would break there.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' icon: data:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

export interface Look {
  readonly scenario?: string;
  readonly language?: 'en' | 'de' | 'pseudo' | 'rtl';
  readonly theme?: 'light' | 'dark';
  /** The few colours of the system instead of ours. */
  readonly isForced?: boolean;
  readonly size?: readonly [width: number, height: number];
  /** Factor of the whole page, as *Zoom in* sets it. */
  readonly zoom?: number;
}

/** A window with the page in it, and what a person does there. */
export class PageWindow {
  readonly page: Page;
  readonly #app: ElectronApplication;
  #zoom = 1;
  /** Problems that the page itself reported. */
  readonly complaints: string[] = [];

  constructor(app: ElectronApplication, page: Page) {
    this.#app = app;
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const text = message.text();
      // Electron's advice about policies is for windows that are not packaged.
      if (message.type() === 'error' && !text.includes('Electron Security Warning')) this.complaints.push(text);
    });
  }

  /** Opens the page afresh. */
  async open({
    scenario = 'default',
    language = 'en',
    theme = 'light',
    isForced = false,
    size = [1200, 800],
    zoom = 1,
  }: Look = {}): Promise<void> {
    const [width, height] = size;
    this.#zoom = zoom;
    await this.#app.evaluate(
      ({ BrowserWindow }, { width, height, zoom }) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.setContentSize(width, height);
        window?.webContents.setZoomFactor(zoom);
      },
      { width, height, zoom },
    );
    await this.page.emulateMedia({
      colorScheme: theme,
      reducedMotion: 'reduce',
      forcedColors: isForced ? 'active' : 'none',
    });
    await this.page.goto('about:blank');
    this.complaints.length = 0;
    await this.page.goto(`app://zerodesk/index.html?scripted=${scenario}&language=${language}`);
    await this.#app.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
      zoom,
    );
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.evaluate(() => document.fonts.ready);
  }

  async goTo(name: 'Apps' | 'Downloads' | 'Time line' | 'Storage' | 'Sharing' | 'Map' | 'Preferences'): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
    await this.page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Opens a program's page by a click on its tile. */
  async openApp(name: string): Promise<void> {
    const tree = this.page.getByRole('treegrid');
    const tile = this.page.getByRole('row', { name, exact: true }).getByRole('heading');
    // An enlarged page may still be finding its size, and the click lands beside the tile.
    await expect(async () => {
      if (!(await tree.isVisible())) await tile.click({ timeout: 5000 });
      await tree.waitFor({ timeout: 5000 });
    }).toPass();
  }

  /** Opens the panel of a component. */
  async inspect(name: string): Promise<void> {
    await this.page
      .getByRole('treegrid')
      .getByRole('row', { name: new RegExp(name) })
      .click();
    await this.page.getByRole('complementary').waitFor();
  }

  /** Row of a version in the panel. */
  version(number: string) {
    return this.page.getByRole('grid', { name: /^Versions of/ }).getByRole('row', { name: number, exact: true });
  }

  /** Asks from the menu of a version why it is used or not. */
  async askWhy(number: string): Promise<void> {
    await this.version(number).click();
    await this.page.getByRole('menuitem', { name: 'Why (not) this version?' }).click();
    await this.page.getByRole('dialog').waitFor();
  }

  /** Opens the comparison of a version's files from its menu. */
  async compareFiles(number: string): Promise<void> {
    await this.version(number).click();
    await this.page.getByRole('menuitem', { name: 'Compare files with…' }).click();
    await this.page.getByRole('dialog', { name: /^Files of/ }).waitFor();
  }

  /** Row of what is stored, by name and version, or by digest. */
  stored(name: string) {
    const table = { name: 'Stored versions' };
    const row = { name, exact: true };
    return this.page.getByRole('grid', table).or(this.page.getByRole('treegrid', table)).getByRole('row', row);
  }

  async shoot(name: string): Promise<void> {
    await mkdir(shotsFolder, { recursive: true });
    await this.page.mouse.move(2, 2);
    const file = path.join(shotsFolder, `${name}.png`);
    if (this.#zoom === 1) {
      await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
      return;
    }
    // What changed last must have been painted.
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    // An enlarged page is cut off by the protocol's own screenshot.
    const png = await this.#app.evaluate(async ({ BrowserWindow }) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
    );
    await writeFile(file, Buffer.from(png ?? '', 'base64'));
  }

  /**
   * The same, and the picture is as it was when somebody looked at it last (`test/ui/screenshots`). Edges of letters differ
   * between machines a little.
   */
  async shootKept(name: string): Promise<void> {
    await this.shoot(name);
    expect(await readFile(path.join(shotsFolder, `${name}.png`))).toMatchSnapshot(`${name}.png`, {
      maxDiffPixelRatio: 0.03,
    });
  }

  /** Another scheme for the page as it is. */
  async wear({ theme = 'light', isForced = false }: Pick<Look, 'theme' | 'isForced'>): Promise<void> {
    await this.page.emulateMedia({ colorScheme: theme, forcedColors: isForced ? 'active' : 'none' });
    // Colours may be on their way to the new ones, even without motion.
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /**
   * axe finds nothing.
   *
   * @param what for the count
   * @param rules of a page that was looked at in another scheme, only those about colours are new
   */
  async expectAccessible(what = 'a screen', rules: 'all' | 'colours' = 'all'): Promise<void> {
    // Once a page: that takes a third of the time.
    if (await this.page.evaluate(() => !('axe' in globalThis))) await this.page.evaluate(axe.source);
    const found = await this.page.evaluate(
      async (options) => {
        const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, options);
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
      },
      {
        resultTypes: ['violations'],
        ...(rules === 'colours' && { runOnly: ['color-contrast'] }),
      } satisfies axe.RunOptions,
    );
    noteAnalysis(what, found.length);
    expect(found).toEqual([]);
  }

  /** Nothing is wider than the window, nothing but lists scrolls sideways, and the frame stays where it is. */
  async expectNoOverflow(): Promise<void> {
    const hidden = await this.page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(hidden).toBeLessThanOrEqual(1);
    const wide = await this.page.evaluate(() => {
      const isList = (element: Element) => element.closest('[role=grid], [role=treegrid], pre') !== null;
      const all = [...document.querySelectorAll('body *')].filter((element) => {
        if (isList(element) || element.closest('[aria-hidden=true]') !== null || !element.checkVisibility())
          return false;
        const box = element.getBoundingClientRect();
        return box.width > 2 && (box.right > window.innerWidth + 1 || box.left < -1);
      });
      return all.map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`);
    });
    expect(wide).toEqual([]);
  }
}

interface Workers {
  readonly host: ElectronApplication;
}

interface Fixtures {
  readonly window: PageWindow;
}

/** `test` with a window that shows the page alone. The page may complain about nothing. */
export const test = base.extend<Fixtures, Workers>({
  host: [
    async ({}, use) => {
      const app = await launchElectron({
        target: path.join(import.meta.dirname, 'host'),
        env: { HOST_PAGE: pageFolder, HOST_POLICY: policy },
      });
      await use(app);
      await closeElectron(app);
    },
    { scope: 'worker' },
  ],
  window: async ({ host }, use) => {
    const page = await host.firstWindow();
    const window = new PageWindow(host, page);
    await use(window);
    page.removeAllListeners('console');
    page.removeAllListeners('pageerror');
    expect(window.complaints).toEqual([]);
  },
});

export { expect };
