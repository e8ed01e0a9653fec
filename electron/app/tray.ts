import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Menu, nativeImage, Tray } from 'electron';
import type { Translator } from '../../shared/i18n/translator.ts';

interface Options {
  readonly icon: string;
  /** Shows the window, at one of its pages. */
  readonly onOpen: (page: string | null) => void;
  readonly onQuit: () => void;
}

/** The icon in the tray of the system. */
export interface TrayIcon {
  /** Shows or hides it. */
  setShown(isShown: boolean): void;
  say(words: string, texts: Translator): void;
  /** Whether a person can bring the window back by it. */
  isReachable(): boolean;
}

const run = promisify(execFile);

/** Makes an icon that is not shown yet. */
export function createTrayIcon({ icon, onOpen, onQuit }: Options): TrayIcon {
  let tray: Tray | null = null;
  let said: { readonly words: string; readonly texts: Translator } | null = null;
  let hasHost = process.platform !== 'linux';

  const label = (): void => {
    if (tray === null || said === null) return;
    const { words, texts } = said;
    const item = (text: string, page: string | null) => ({
      label: text,
      click: () => {
        onOpen(page);
      },
    });
    tray.setToolTip(words);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        // Where trays show no tooltips.
        { label: words, enabled: false },
        { type: 'separator' },
        item(texts.t('tray.open'), null),
        item(texts.t('updates.title'), 'updates'),
        item(texts.t('nav.downloads'), 'downloads'),
        { type: 'separator' },
        { label: texts.t('menu.quit'), click: onQuit },
      ]),
    );
  };
  return {
    setShown(isShown) {
      if (isShown === (tray !== null)) return;
      if (!isShown) {
        tray?.destroy();
        tray = null;
        return;
      }
      tray = new Tray(nativeImage.createFromPath(icon).resize({ width: 22, height: 22 }));
      tray.on('click', () => {
        onOpen(null);
      });
      label();
      if (process.platform === 'linux')
        void hasTrayHost().then((found) => {
          hasHost = found;
        });
    },
    say(words, texts) {
      if (said?.words === words && said.texts === texts) return;
      said = { words, texts };
      label();
    },
    isReachable: () => tray !== null && hasHost,
  };
}

/** Whether the desktop shows icons of trays at all. If nobody can say, it does not: a hidden window would be lost. */
async function hasTrayHost(): Promise<boolean> {
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
  ];
  try {
    const { stdout } = await run('dbus-send', [...question, 'string:org.kde.StatusNotifierWatcher'], { timeout: 3000 });
    return stdout.includes('boolean true');
  } catch {
    return false;
  }
}
