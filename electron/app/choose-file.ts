import { BrowserWindow, dialog } from 'electron';

const filters = [{ name: 'Zerodesk profile', extensions: ['json'] }];

const feedFilters = [
  { name: 'Zero Install feed', extensions: ['xml'] },
  { name: '*', extensions: ['*'] },
];

/** Lets a person choose a profile, or the folder of a bundle. @returns null for nothing */
export async function chooseProfile(isBundle: boolean): Promise<string | null> {
  const options = isBundle
    ? { properties: ['openDirectory' as const] }
    : { properties: ['openFile' as const], filters };
  const window = BrowserWindow.getAllWindows()[0];
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Lets a person choose the file of a feed. @returns null for none */
export async function chooseFeed(): Promise<string | null> {
  const options = { properties: ['openFile' as const], filters: feedFilters };
  const window = BrowserWindow.getAllWindows()[0];
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Lets a person choose a folder. @returns null for none */
export function chooseFolder(): Promise<string | null> {
  return chooseProfile(true);
}

/** Lets a person choose where to put a profile that is to be made. @returns null for nothing */
export async function chooseTarget(isBundle: boolean): Promise<string | null> {
  const options = isBundle ? { defaultPath: 'zerodesk-bundle' } : { defaultPath: 'zerodesk-profile.json', filters };
  const window = BrowserWindow.getAllWindows()[0];
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}
