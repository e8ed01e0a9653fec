import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import { z } from 'zod';
import type { LogPort } from '../core/ports/log.ts';
import type { StatePort } from '../core/ports/state.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { addressOf } from './page-argument.ts';
import { pageUrl } from './protocol.ts';

const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(480).max(10_000),
  height: z.number().int().min(360).max(10_000),
  isMaximized: z.boolean(),
});
type Bounds = z.infer<typeof Bounds>;

const stateName = 'window';

interface Options {
  readonly preload: string;
  readonly state: StatePort;
  readonly devServer: string | null;
  readonly icon: string | undefined;
  /** Whether closing hides it only. */
  readonly isKept: () => boolean;
  /** What to say when the page ends again and again. */
  readonly texts: () => Pick<Translator, 't'>;
  readonly log: LogPort;
  /** To be shown first; null for the usual one. */
  readonly page: string | null;
}

/** Opens the main window where it was the last time, shown only when its first picture is ready. */
export async function openMainWindow(options: Options): Promise<BrowserWindow> {
  const { preload, state, devServer, icon, page, isKept } = options;
  const saved = Bounds.safeParse(await state.read(stateName));
  const bounds = saved.success && isVisible(saved.data) ? saved.data : null;
  const window = new BrowserWindow({
    width: bounds?.width ?? 1180,
    height: bounds?.height ?? 780,
    ...(bounds && { x: bounds.x, y: bounds.y }),
    minWidth: 480,
    minHeight: 360,
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
  reloadWhenPageEnds(window, options);
  await window.loadURL(addressOf(devServer ?? pageUrl, page));
  return window;
}

const mostEndings = 3;
const withinMs = 60_000;

/** Loads the page again when its process ends, where it says so; gives up when that does not help. */
function reloadWhenPageEnds(window: BrowserWindow, { devServer, texts, log }: Options): void {
  let endings: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.error('the page ended', { reason, exitCode });
    const now = Date.now();
    endings = [...endings.filter((at) => now - at < withinMs), now];
    if (endings.length <= mostEndings) {
      void window.loadURL(addressOf(devServer ?? pageUrl, 'crashed'));
      return;
    }
    const { t } = texts();
    dialog.showErrorBox(t('crash.title'), t('crash.again'));
    window.destroy();
  });
}

/** Makes the page and the window's frame follow the chosen scheme. */
export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}

function isVisible(bounds: Bounds): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const right = Math.min(bounds.x + bounds.width, workArea.x + workArea.width);
    const bottom = Math.min(bounds.y + bounds.height, workArea.y + workArea.height);
    return right - Math.max(bounds.x, workArea.x) > 100 && bottom - Math.max(bounds.y, workArea.y) > 50;
  });
}
