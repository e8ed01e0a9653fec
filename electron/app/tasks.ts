import { app, Menu, type Task } from 'electron';
import { actions } from '../../shared/actions.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import type { Page } from '../../shared/pages.ts';

/** What one begins with when Zerodesk is not in view. */
const offered: readonly Page[] = ['updates', 'downloads', 'storage'];

/** What the list of the task bar or the dock offers: pages, by the names of the actions that open them. */
export function quickTasks({ t }: Pick<Translator, 't'>): readonly { readonly title: string; readonly page: Page }[] {
  return offered.flatMap((page) => {
    const action = actions.find(({ id }) => id === `go.${page}`);
    return action === undefined ? [] : [{ title: t(action.label), page }];
  });
}

/** Puts them up on Windows and macOS; elsewhere the menu entry has them. */
export function showQuickTasks(texts: Translator, onOpen: (page: Page) => void): void {
  const tasks = quickTasks(texts);
  if (process.platform === 'win32') {
    app.setUserTasks(
      tasks.map(({ title, page }): Task => ({
        program: process.execPath,
        arguments: `--page=${page}`,
        iconPath: process.execPath,
        iconIndex: 0,
        title,
        description: title,
      })),
    );
  }
  if (process.platform === 'darwin') {
    const items = tasks.map(({ title, page }) => ({
      label: title,
      click: () => {
        onOpen(page);
      },
    }));
    app.dock?.setMenu(Menu.buildFromTemplate(items));
  }
}
