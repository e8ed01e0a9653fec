import { expect, test, type Locator, type Page } from '@playwright/test';

/** The window in a person's words. Everything is found by role and name. */
export class DeskPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens one of the pages of the rail. */
  async open(name: 'Apps' | 'Downloads' | 'Time line' | 'Storage' | 'Sharing' | 'Preferences'): Promise<void> {
    await test.step(`open ${name}`, async () => {
      const rail = this.page.getByRole('navigation', { name: 'Pages' });
      await rail
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .or(rail.getByRole('link', { name: new RegExp(`^${name}`) }))
        .click();
      await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible();
    });
  }

  /** Adds a program by the address of its feed. */
  async addByAddress(url: string): Promise<void> {
    await test.step(`add ${url}`, async () => {
      await this.page.getByRole('button', { name: 'Add', exact: true }).click();
      const dialog = this.page.getByRole('dialog', { name: 'Add a program by its address' });
      await dialog.getByRole('textbox').fill(url);
      await dialog.getByRole('button', { name: 'Add a program' }).click();
      await expect(dialog).toBeHidden();
    });
  }

  /** The Run button of the Run view. */
  async run(): Promise<void> {
    await test.step('run', () => this.page.getByRole('button', { name: /^Run( again)?$/ }).click());
  }

  /** The Run button on a tile. */
  async runTile(name: string): Promise<void> {
    await test.step(`run ${name}`, () =>
      this.page
        .getByRole('button', { name: `Run ${name}`, exact: true })
        .first()
        .click());
  }

  /** Trusts a key that nobody vouches for: it takes two answers. */
  async trustUnknownKey(): Promise<void> {
    await test.step('trust the key', async () => {
      const dialog = this.page.getByRole('dialog', { name: 'Trust this key?' });
      await expect(dialog).toBeVisible();
      await dialog.getByRole('button', { name: 'Trust this key' }).click();
      const second = this.page.getByRole('alertdialog', { name: 'Really trust an unknown key?' });
      await second.getByRole('button', { name: 'Trust the unknown key' }).click();
      await expect(second).toBeHidden();
      await expect(dialog).toBeHidden();
    });
  }

  /** The trees of the Run view. */
  tree(name: string): Locator {
    return this.page.getByRole('treegrid', { name: `Components of ${name}` });
  }

  row(tree: Locator, text: string | RegExp): Locator {
    return tree.getByRole('row').filter({ hasText: text });
  }

  /** What the program printed. */
  get output(): Locator {
    return this.page.getByRole('region', { name: 'Program output' });
  }

  /** Opens the versions of a component beside the tree. */
  async inspect(tree: Locator, component: string): Promise<Locator> {
    return test.step(`versions of ${component}`, async () => {
      await this.row(tree, component).first().dblclick();
      const table = this.page
        .getByRole('grid', { name: `Versions of ${component}` })
        .or(this.page.getByRole('treegrid', { name: `Versions of ${component}` }));
      await expect(table.first()).toBeVisible();
      return table.first();
    });
  }

  /** Rates a version by its popup. */
  async rate(table: Locator, version: string, rating: string): Promise<void> {
    await test.step(`rate ${version} ${rating}`, async () => {
      await table
        .getByRole('row')
        .filter({ has: this.page.getByRole('rowheader', { name: version, exact: true }) })
        .first()
        .click();
      await this.page
        .getByRole('menuitemradio', { name: rating })
        .or(this.page.getByRole('menuitem', { name: rating }))
        .first()
        .click();
    });
  }
}
