import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../../../electron/app/menu-template.ts';
import { loadMainTexts } from '../../../../electron/app/texts.ts';
import { actions } from '../../../../shared/actions.ts';

async function build(platform: NodeJS.Platform) {
  const wanted: string[] = [];
  const texts = await loadMainTexts('en', []);
  const menus = menuTemplate({ texts, platform, isDevelopment: false, onAction: (id) => wanted.push(id) });
  const items = menus.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  return { menus, items, wanted };
}

describe('the menus', () => {
  it.each(['linux', 'win32', 'darwin'] as const)('offer every action once on %s', async (platform) => {
    const { items, menus } = await build(platform);
    const ids = items.flatMap(({ id }) => (id === undefined ? [] : [id]));
    expect([...ids].sort()).toEqual(actions.map(({ id }) => id).sort());
    expect(menus.every(({ label }) => label !== undefined && label !== '')).toBe(true);
    expect(items.filter(({ type, label }) => type !== 'separator' && label === undefined)).toEqual([]);
  });

  it('have the menu of the program on macOS, with its preferences', async () => {
    const { menus } = await build('darwin');
    const own = menus[0]?.submenu as MenuItemConstructorOptions[];
    expect(menus[0]?.label).toBe('Zerodesk');
    expect(own.map(({ id, role }) => id ?? role).filter(Boolean)).toEqual([
      'about',
      'go.preferences',
      'services',
      'hide',
      'hideOthers',
      'unhide',
      'quit',
    ]);
    expect(own.find(({ id }) => id === 'go.preferences')?.accelerator).toBe('CommandOrControl+,');
  });

  it('speak the language of the window', async () => {
    const { t } = await loadMainTexts('system', ['de-AT', 'en']);
    expect(t('nav.storage')).toBe('Speicher');
    expect(t('updates.look')).not.toBe('Look for updates');
  });

  it('ask the page for what is chosen', async () => {
    const { items, wanted } = await build('linux');
    items.find(({ id }) => id === 'go.palette')?.click?.({} as never, undefined, {});
    expect(wanted).toEqual(['go.palette']);
  });
});
