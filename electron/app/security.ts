import { app, session, shell, type IpcMainInvokeEvent } from 'electron';
import { appScheme, pageUrl } from './protocol.ts';

/**
 * Denies what our page never does: leaving it, opening windows, embedding pages, asking for permissions, saving files, talking to
 * other computers directly.
 */
export function lockDown(devServer: string | null): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOwnPage(url, devServer)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
  session.defaultSession.on('will-download', (event) => {
    event.preventDefault();
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
}

/** Whether a message comes from the main frame of a window that shows our own page. */
export function isTrustedSender(event: IpcMainInvokeEvent, devServer: string | null): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && isOwnPage(frame.url, devServer);
}

/** Opens a web page in the person's browser; anything but http and https is ignored. */
export async function openLink(url: string): Promise<void> {
  const { protocol } = new URL(url);
  if (protocol === 'http:' || protocol === 'https:') await shell.openExternal(url);
}

function isOwnPage(url: string, devServer: string | null): boolean {
  if (devServer !== null && new URL(url).origin === new URL(devServer).origin) return true;
  const { protocol, host } = new URL(url);
  return protocol === `${appScheme}:` && host === new URL(pageUrl).host;
}
