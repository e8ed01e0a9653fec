import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { LogPort } from '../core/ports/log.ts';
import type { StatePort } from '../core/ports/state.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import { minHeight, minWidth, readBounds } from './bounds.ts';

const stateName = 'window';

export interface WindowOptions {
  readonly preload: string;
  readonly state: StatePort;
  readonly icon: string | undefined;
  /** Whether closing hides it only. */
  readonly isKept: () => boolean;
}

/**
 * Opens the main window where it was the last time, shown only when its first picture is ready.
 *
 * @param address of the page
 * @returns when the page is loaded
 */
export async function openMainWindow(options: WindowOptions, address: string): Promise<void> {
  const { preload, state, icon, isKept } = options;
  const bounds = readBounds(
    await state.read(stateName),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    width: bounds?.width ?? 1180,
    height: bounds?.height ?? 780,
    ...(bounds && { x: bounds.x, y: bounds.y }),
    minWidth,
    minHeight,
    show: false,
    title: 'Zerodesk',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1a19' : '#faf9f7',
    ...(icon !== undefined && { icon }),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // What was compiled is kept for the next start from the first one on.
      v8CacheOptions: 'bypassHeatCheck',
      // What a page could open the system's dialogs and devices with.
      disableBlinkFeatures: 'FileSystemAccess,FileSystemAccessLocal,WebUSB,WebBluetooth,WebHID,Serial',
    },
  });
  if (bounds?.isMaximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', (event) => {
    const { x, y, width, height } = window.getNormalBounds();
    void state.write(stateName, { x, y, width, height, isMaximized: window.isMaximized() });
    if (!isKept()) return;
    event.preventDefault();
    window.hide();
  });
  await window.loadURL(address);
}

const mostEndings = 3;
const withinMs = 60_000;

/** What is to be done when a page ends. */
export interface EndingOptions {
  /** Loads the page again, where it says that it had ended. */
  readonly reload: () => void;
  /** What to say when it ends again and again. */
  readonly texts: () => Pick<Translator, 't'>;
  readonly log: LogPort;
}

/** Loads the page again when its process ends, where it says so; gives up when that does not help. */
export function reloadWhenPageEnds(window: BrowserWindow, { reload, texts, log }: EndingOptions): void {
  let endings: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('the page ended', { reason, exitCode });
    const now = Date.now();
    endings = [...endings.filter((at) => now - at < withinMs), now];
    if (endings.length <= mostEndings) {
      reload();
      return;
    }
    const { t } = texts();
    dialog.showErrorBox(t('crash.title'), t('crash.again'));
    window.destroy();
  });
}
