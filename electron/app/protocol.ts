import { protocol } from 'electron';
import { extname, join, normalize, sep } from 'node:path';

/** Our own schemes: the page comes from `app:`, pictures of programs from `icon:`, and nothing from anywhere else. */
export const appScheme = 'app';
const iconScheme = 'icon';
/** Address of the page. */
export const pageUrl = 'app://zerodesk/index.html';

/** React Aria measures with inline styles; scripts only ever come from our own files. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' icon: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "webrtc 'block'",
].join('; ');

/** Must run before the app is ready. */
export function declareSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: iconScheme, privileges: { standard: true, secure: true } },
  ]);
}

const fileNotFound = { error: -6 };

/**
 * Serves `app://zerodesk/…` from the page's folder.
 *
 * @param onParts called when the page has asked for a script and for its styles, without which scripts do not begin
 */
export function servePage(pageDir: string, onParts: () => void): void {
  const missing = new Set(['.js', '.css']);
  // What stands in its place reads files through this process, which loads the program meanwhile: see decision 0051.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  protocol.registerFileProtocol(appScheme, (request, answer) => {
    const path = pathOf(request.url, pageDir);
    if (path === null) {
      answer(fileNotFound);
      return;
    }
    answer({
      path,
      headers: { 'Content-Security-Policy': contentSecurityPolicy, 'X-Content-Type-Options': 'nosniff' },
    });
    if (missing.delete(extname(path)) && missing.size === 0) onParts();
  });
}

function pathOf(address: string, pageDir: string): string | null {
  try {
    const { host, pathname } = new URL(address);
    const path = normalize(join(pageDir, decodeURIComponent(pathname)));
    return host === 'zerodesk' && path.startsWith(pageDir + sep) ? path : null;
  } catch {
    // What is not encoded as it should.
    return null;
  }
}

/**
 * Serves `icon://of/INTERFACE`.
 *
 * @param readIcon the PNG of an interface, or null
 */
export function serveIcons(readIcon: (uri: string) => Promise<Uint8Array | null>): void {
  protocol.handle(iconScheme, async (request) => {
    const bytes = await readIcon(decodeURIComponent(new URL(request.url).pathname.slice(1)));
    if (bytes === null) return new Response(null, { status: 404 });
    const headers = { 'Content-Type': 'image/png', 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' };
    return new Response(new Uint8Array(bytes), { headers });
  });
}
