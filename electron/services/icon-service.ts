import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { UrlFilesPort } from '../core/ports/url-files.ts';
import { createSharedWork } from '../core/shared-work.ts';
import { isIcon, maxIconBytes } from '../core/trust/png.ts';

/** Pictures of programs. */
export interface IconService {
  /**
   * The icon of an interface: from the cache, else fetched from its address. Failures are only logged, and not tried
   * again before `forgetFailures`.
   *
   * @returns a PNG of bounded size, or `null`
   */
  icon(uri: string, href: string | null): Promise<Uint8Array | null>;
  forgetFailures(): void;
}

/** What the service needs. */
export interface IconServiceDeps {
  readonly icons: UrlFilesPort;
  readonly http: Pick<HttpPort, 'get'>;
  readonly config: Pick<ConfigPort, 'read'>;
  /** Whether an address needs no network. */
  readonly isLocalUrl: (url: string) => boolean;
  readonly log: LogPort;
}

/** @see trust-and-download.md 10 */
export function createIconService({ icons, http, config, isLocalUrl, log }: IconServiceDeps): IconService {
  const failed = new Set<string>();
  const fetching = createSharedWork<Uint8Array | null, object>(() => new AppError('cancelled', {}));

  async function fetchIcon(uri: string, href: string): Promise<Uint8Array | null> {
    try {
      const { networkUse } = await config.read();
      if (networkUse === 'off-line' && !isLocalUrl(href)) return null;
      const { bytes } = await http.get(href, { limitBytes: maxIconBytes, isBackground: true });
      if (isIcon(bytes)) {
        await icons.write(uri, bytes);
        return bytes;
      }
      log.info('icon is no PNG of bounded size', { interface: uri });
    } catch (error) {
      if (!isAppError(error)) throw error;
      log.info('icon not fetched', { interface: uri, code: error.code });
    }
    failed.add(uri);
    return null;
  }

  return {
    async icon(uri, href) {
      const stored = await icons.read(uri);
      if (stored !== null && isIcon(stored)) return stored;
      if (href === null || failed.has(uri)) return null;
      return fetching.run(uri, {}, () => fetchIcon(uri, href));
    },
    forgetFailures() {
      failed.clear();
    },
  };
}
