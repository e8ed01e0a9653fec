import { app, BrowserWindow, shell, type IpcMain, type IpcMainInvokeEvent } from 'electron';
import { join } from 'node:path';
import type { AppInfo } from '../shared/model/index.ts';
import { chooseFeed, chooseFolder, chooseProfile, chooseTarget } from './app/choose-file.ts';
import { createBackground } from './app/background.ts';
import { createDrops } from './app/drops.ts';
import { createMenus } from './app/menu.ts';
import { serveIcons } from './app/protocol.ts';
import { isTrustedSender, openLink } from './app/security.ts';
import { createReports } from './app/reports.ts';
import { showOnTaskBar } from './app/task-bar.ts';
import { showQuickTasks } from './app/tasks.ts';
import { systemProxy } from './app/system-proxy.ts';
import { loadMainTexts } from './app/texts.ts';
import { applyTheme } from './app/look.ts';
import { createTrayIcon } from './app/tray.ts';
import type { Windows } from './app/windows.ts';
import { zoomPage } from './app/zoom.ts';
import { createFileLog } from './adapters/log/file-log.ts';
import type { Paths } from './adapters/paths.ts';
import { createDesk } from './desk.ts';
import { createHandlers } from './ipc/handlers.ts';
import { registerCalls, registerDrops } from './ipc/register-calls.ts';
import { createSender, sendEvents } from './ipc/send-events.ts';

interface Options {
  /** Folder of the program. */
  readonly root: string;
  readonly paths: Paths;
  readonly devServer: string | null;
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly windows: Windows;
}

/** What stands behind the window. */
export interface Work {
  /** Does what can wait until the page is there. */
  readonly doLater: () => void;
}

/** Makes all that answers the page, and what the program does outside of its window: menus, tray, task bar, notifications. */
export async function startWork({ root, paths, devServer, ipcMain, windows }: Options): Promise<Work> {
  const log = createFileLog(paths.state);
  const proxyFor = systemProxy(process.env);
  const desk = createDesk({
    env: process.env,
    ...(proxyFor !== undefined && { proxyFor }),
    version: app.getVersion(),
    samplesDir: join(root, 'assets/samples/site'),
    workersDir: join(root, 'out/main/workers'),
    cliDir: app.isPackaged ? join(process.resourcesPath, 'cli') : join(root, 'out/cli'),
    log,
  });
  // The page asks for it in a moment, and waits for nothing else.
  const listed = desk.apps.list(false).catch(() => undefined);
  log.info('start', { version: app.getVersion(), electron: process.versions.electron, node: process.versions.node });
  const send = createSender(() => BrowserWindow.getAllWindows());
  const menus = createMenus({
    platform: process.platform,
    isDevelopment: !app.isPackaged,
    onAction: (action) => {
      send('action.wanted', { action });
    },
  });
  const listening = {
    ipcMain,
    isTrusted: (event: IpcMainInvokeEvent) => isTrustedSender(event, devServer),
    log,
  };
  const info = (): Promise<AppInfo> =>
    Promise.resolve({
      version: app.getVersion(),
      electron: process.versions.electron,
      node: process.versions.node,
      platform: process.platform,
      locale: app.getLocale() || 'en',
      configDir: paths.config[0] ?? '',
      cacheDir: paths.cache[0] ?? '',
    });
  const reports = createReports({ desk, info, env: process.env, logDir: paths.state });
  serveIcons((uri) => desk.apps.icon(uri));
  registerCalls(
    createHandlers(desk, {
      info,
      report: (about, crash) => reports.make(about, crash),
      openLink,
      zoom: (to) => {
        for (const window of BrowserWindow.getAllWindows()) zoomPage(window.webContents, to);
      },
      setPossible: menus.setPossible,
      openPath: async (path) => {
        await shell.openPath(path);
      },
      chooseProfile,
      chooseFeed,
      chooseFolder,
      chooseTarget,
    }),
    { ...listening, checksOutputs: !app.isPackaged },
  );
  registerDrops(createDrops(), listening);
  showOnTaskBar(desk.jobs, () => BrowserWindow.getAllWindows());
  sendEvents(desk, send);
  const systemLanguages = app.getPreferredSystemLanguages();
  let texts = await loadMainTexts('system', systemLanguages);
  const background = createBackground({
    desk,
    log,
    tray: createTrayIcon({
      icon: join(root, 'assets/icons/zerodesk.png'),
      onOpen: windows.show,
      onQuit: () => {
        app.quit();
      },
    }),
    // A window that was hidden may still count as focused where nothing took its place.
    isInView: () => BrowserWindow.getFocusedWindow()?.isVisible() === true,
    onOpen: windows.show,
  });
  const applySettings = async (): Promise<void> => {
    const settings = await desk.settings.get();
    applyTheme(settings.theme);
    windows.speak(settings.language);
    texts = await loadMainTexts(settings.language, systemLanguages);
    menus.speak(texts);
    showQuickTasks(texts, windows.show);
    background.apply(settings, texts);
  };
  windows.care({ isKept: () => background.keepsWindow(), texts: () => texts, log });
  let stopWatching: (() => void) | undefined;
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    // Running downloads are cancelled properly so that only resumable parts are left.
    event.preventDefault();
    isClosed = true;
    stopWatching?.();
    void desk.close().finally(() => {
      app.quit();
    });
  });
  await listed;
  await applySettings();
  desk.onChanged((what) => {
    if (what === 'settings') void applySettings();
  });
  return {
    doLater() {
      if (isClosed) return;
      desk.removeLeftovers().catch((error: unknown) => {
        log.warn('leftovers stay', { reason: String(error) });
      });
      desk.registerNeeds().catch((error: unknown) => {
        log.warn('the shared store was not told what is needed', { reason: String(error) });
      });
      stopWatching = desk.watchForUpdates();
    },
  };
}
