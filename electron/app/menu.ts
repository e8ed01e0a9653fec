import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The least menu: editing and zoom by their usual keys. Everything else is in the page. */
export function installMenu(isDevelopment: boolean): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ];
  if (isDevelopment) view.push({ role: 'toggleDevTools' }, { role: 'reload' });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
