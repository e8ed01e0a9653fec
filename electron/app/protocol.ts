import { net, protocol } from 'electron';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Our own scheme: the page and its icons come from `app:` and from nowhere else. */
export const appScheme = 'app';
/** Address of the page. */
export const pageUrl = 'app://zerodesk/index.html';

/** React Aria measures with inline styles; scripts only ever come from our own files. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' app: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "webrtc 'block'",
].join('; ');

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

interface Options {
  /** Folder of the built page. */
  readonly pageDir: string;
  /** The PNG of an interface, or null. */
  readonly readIcon: (uri: string) => Promise<Uint8Array | null>;
}

/** Serves `app://zerodesk/…` from the page folder and `app://icon/URI` from the icon cache. */
export function serveScheme({ pageDir, readIcon }: Options): void {
  protocol.handle(appScheme, async (request) => {
    const url = new URL(request.url);
    if (url.host === 'icon') return iconResponse(await readIcon(decodeURIComponent(url.pathname.slice(1))));
    if (url.host !== 'zerodesk') return new Response(null, { status: 404 });
    const path = normalize(join(pageDir, decodeURIComponent(url.pathname)));
    if (!path.startsWith(pageDir + sep)) return new Response(null, { status: 404 });
    const response = await net.fetch(pathToFileURL(path).href).catch(() => null);
    if (response === null) return new Response(null, { status: 404 });
    const headers = new Headers(response.headers);
    headers.set('Content-Security-Policy', contentSecurityPolicy);
    headers.set('X-Content-Type-Options', 'nosniff');
    return new Response(response.body, { status: response.status, headers });
  });
}

function iconResponse(bytes: Uint8Array | null): Response {
  if (!bytes) return new Response(null, { status: 404 });
  const headers = { 'Content-Type': 'image/png', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' };
  return new Response(new Uint8Array(bytes), { headers });
}
