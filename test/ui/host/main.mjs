// A window with the page alone: no preload, no services. The page talks to its scripted client.
// Started with HOST_PAGE (folder of the built page), HOST_POLICY (content policy) and HOST_SIZE (WIDTHxHEIGHT).

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { app, BrowserWindow, protocol } from 'electron';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};
const page = path.resolve(process.env.HOST_PAGE ?? '');
const [width, height] = (process.env.HOST_SIZE ?? '1200x800').split('x').map(Number);

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

async function serve(request) {
  const file = path.join(page, path.normalize(new URL(request.url).pathname));
  const type = types[path.extname(file)];
  if (!file.startsWith(page) || type === undefined) return new Response(null, { status: 404 });
  const headers = { 'content-type': type, 'content-security-policy': process.env.HOST_POLICY ?? '' };
  return new Response(await readFile(file), { headers });
}

// Not awaited: the runtime is ready only after this file has run to its end.
void app.whenReady().then(() => {
  protocol.handle('app', serve);
  const window = new BrowserWindow({
    width,
    height,
    useContentSize: true,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  return window.loadURL('about:blank');
});
