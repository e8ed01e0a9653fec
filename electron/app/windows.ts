import { app, BrowserWindow } from 'electron';
import type { Settings } from '../../shared/model/settings.ts';
import { addressOf } from './page-argument.ts';
import { pageUrl } from './protocol.ts';
import { openMainWindow, reloadWhenPageEnds, type EndingOptions, type WindowOptions } from './window.ts';

/** The program's window, whether it is open or not. */
export interface Windows {
  /** Opens it, at a page if one is named. @returns when the page is loaded */
  readonly open: (page: string | null) => Promise<void>;
  /** Brings it into view, at a page if one is named. */
  readonly show: (page: string | null) => void;
  /** Lets pages begin in a language, without having to ask for it. */
  readonly speak: (language: Settings['language']) => void;
  /** From now on closing it only hides it while `isKept` says so, and a page that ends is loaded again. */
  readonly care: (options: Omit<EndingOptions, 'reload'> & { readonly isKept: () => boolean }) => void;
}

interface Options extends Omit<WindowOptions, 'isKept'> {
  /** Where the page comes from in development; null for our own files. */
  readonly devServer: string | null;
}

/** Starts with no window. */
export function createWindows({ devServer, ...options }: Options): Windows {
  let isKept = (): boolean => false;
  let language: Settings['language'] = 'system';
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  /** Of the page as it was loaded last, without what is behind `#`. */
  let address = '';
  const addressToLoad = (page: string | null): string => {
    address = `${devServer ?? pageUrl}?begin=${language}`;
    return addressOf(address, page);
  };
  const open = (page: string | null): Promise<void> =>
    openMainWindow({ ...options, isKept: () => !isQuitting && isKept() }, addressToLoad(page));
  return {
    open,
    show(page) {
      const window = BrowserWindow.getAllWindows()[0];
      if (window === undefined) {
        void open(page);
        return;
      }
      // Only what is behind `#` changes, so the page stays as it is and hears of it.
      if (page !== null) void window.loadURL(addressOf(address, page));
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    speak(next) {
      language = next;
    },
    care({ isKept: isKeptNow, ...ending }) {
      isKept = isKeptNow;
      const follow = (window: BrowserWindow): void => {
        const reload = (): void => void window.loadURL(addressToLoad('crashed'));
        reloadWhenPageEnds(window, { reload, ...ending });
        // It may have ended before anybody cared.
        if (window.webContents.isCrashed()) reload();
      };
      for (const window of BrowserWindow.getAllWindows()) follow(window);
      app.on('browser-window-created', (_event, window) => {
        follow(window);
      });
    },
  };
}
