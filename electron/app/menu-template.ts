import type { MenuItemConstructorOptions } from 'electron';
import { actions, type Action, type ActionGroup, type ActionId } from '../../shared/actions.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import { toAccelerator } from '../../shared/keys.ts';

/** What the menus are made of. */
export interface MenuOptions {
  readonly texts: Translator;
  readonly platform: NodeJS.Platform;
  readonly isDevelopment: boolean;
  /** Asks the page for an action. */
  readonly onAction: (id: ActionId) => void;
}

/**
 * The menus: all actions, and what the system does itself (editing, the window). On macOS with the menu of the program, where its
 * preferences stand.
 */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const { texts, platform, isDevelopment } = options;
  const { t } = texts;
  const isMac = platform === 'darwin';
  const group = (name: ActionGroup): MenuItemConstructorOptions[] =>
    actions
      .filter((action) => action.group === name && !(isMac && action.id === 'go.preferences'))
      .map((action) => toItem(action, options));
  const line = { type: 'separator' } as const;
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: t('menu.undo') },
    { role: 'redo', label: t('menu.redo') },
    line,
    { role: 'cut', label: t('menu.cut') },
    { role: 'copy', label: t('menu.copy') },
    { role: 'paste', label: t('menu.paste') },
    { role: 'selectAll', label: t('menu.select-all') },
  ];
  const view: MenuItemConstructorOptions[] = [
    ...group('view'),
    line,
    { role: 'togglefullscreen', label: t('menu.full-screen') },
    ...(isDevelopment ? [{ role: 'toggleDevTools', label: t('menu.developer') } as const] : []),
  ];
  const preferences = actions.find(({ id }) => id === 'go.preferences');
  const own: MenuItemConstructorOptions = {
    label: 'Zerodesk',
    submenu: [
      { role: 'about', label: t('menu.about') },
      line,
      ...(preferences === undefined ? [] : [toItem(preferences, options)]),
      line,
      { role: 'services', label: t('menu.services') },
      line,
      { role: 'hide', label: t('menu.hide') },
      { role: 'hideOthers', label: t('menu.hide-others') },
      { role: 'unhide', label: t('menu.unhide') },
      line,
      { role: 'quit', label: t('menu.quit') },
    ],
  };
  return [
    ...(isMac ? [own] : []),
    {
      label: t('action-group.file'),
      submenu: [...group('file'), ...(isMac ? [] : [line, { role: 'quit', label: t('menu.quit') } as const])],
    },
    { label: t('menu.edit'), submenu: edit },
    { label: t('action-group.view'), submenu: view },
    { label: t('action-group.go'), submenu: group('go') },
    { label: t('action-group.program'), submenu: group('program') },
    { label: t('action-group.updates'), submenu: group('updates') },
    { label: t('action-group.settings'), submenu: group('settings') },
    ...(isMac ? [windowMenu(t)] : []),
    { label: t('action-group.help'), submenu: group('help') },
  ];
}

function toItem({ id, label, keys }: Action, { texts, onAction }: MenuOptions): MenuItemConstructorOptions {
  const [shown] = keys;
  return {
    id,
    label: texts.t(label),
    ...(shown !== undefined && {
      accelerator: toAccelerator(shown),
      // The page has all keys first and knows when one is meant for a field or a list.
      registerAccelerator: false,
    }),
    click: () => {
      onAction(id);
    },
  };
}

function windowMenu(t: Translator['t']): MenuItemConstructorOptions {
  return {
    label: t('menu.window'),
    role: 'window',
    submenu: [
      { role: 'minimize', label: t('menu.minimize') },
      { role: 'zoom', label: t('menu.zoom') },
      { type: 'separator' },
      { role: 'front', label: t('menu.front') },
    ],
  };
}
