import { Menu } from 'electron';
import { actions, type ActionId } from '../../shared/actions.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import { menuTemplate, type MenuOptions } from './menu-template.ts';

/** The menus of the program. */
export interface Menus {
  /** Puts them up, in a language. */
  readonly speak: (texts: Translator) => void;
  /** Lets them know which actions can be carried out now. */
  readonly setPossible: (actions: readonly ActionId[]) => void;
}

/** Makes menus, which are not there before they are given a language. */
export function createMenus(options: Omit<MenuOptions, 'texts'>): Menus {
  let menu: Menu | null = null;
  let possible: readonly ActionId[] | null = null;
  const mark = (): void => {
    if (possible === null) return;
    for (const { id } of actions) {
      const item = menu?.getMenuItemById(id);
      if (item) item.enabled = possible.includes(id);
    }
  };
  return {
    speak(texts) {
      menu = Menu.buildFromTemplate(menuTemplate({ ...options, texts }));
      mark();
      Menu.setApplicationMenu(menu);
    },
    setPossible(now) {
      possible = now;
      mark();
    },
  };
}
