import { Menu } from 'electron';
import { actions, type ActionId } from '../../shared/actions.ts';
import { menuTemplate, type MenuOptions } from './menu-template.ts';

/** Puts the menus up. @returns lets them know which actions can be carried out now */
export function installMenu(options: MenuOptions): (possible: readonly ActionId[]) => void {
  const menu = Menu.buildFromTemplate(menuTemplate(options));
  Menu.setApplicationMenu(menu);
  return (possible) => {
    for (const { id } of actions) {
      const item = menu.getMenuItemById(id);
      if (item !== null) item.enabled = possible.includes(id);
    }
  };
}
