import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import { parseCatalog, type CatalogEntry } from '../core/feed/catalog.ts';
import type { Language } from '../core/feed/model.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { UrlFilesPort } from '../core/ports/url-files.ts';
import { createSharedWork } from '../core/shared-work.ts';
import { checkDocument } from '../core/trust/check-document.ts';
import { isIcon, maxIconBytes } from '../core/trust/png.ts';
import { maxFeedBytes } from '../core/trust/signature-block.ts';
import { decodeXml } from '../core/xml/decode.ts';
import { parseXml } from '../core/xml/parse.ts';
import type { DocumentStore, RefreshOptions, RefreshResult, SignedDocuments } from './signed-documents.ts';

/** A catalogue as it was last fetched. */
export interface StoredCatalog {
  readonly entries: readonly CatalogEntry[];
  /** ISO 8601: when it was last found to be as it should. */
  readonly refreshedAt: string;
}

/** Lists of programs, and the pictures that go with them. */
export interface CatalogService {
  /**
   * Fetches a catalogue, with the same checks as a feed; a file on this computer (an absolute path) is only read.
   *
   * @throws AppError as for a feed
   */
  refresh(source: string, options: RefreshOptions): Promise<RefreshResult['status']>;
  /** The stored copy; `null` if there is none, or it cannot be read any more. */
  read(source: string): Promise<StoredCatalog | null>;
  /**
   * The icon of an interface: from the cache, else fetched from its address. Failures are only logged, and not tried
   * again before the next refresh.
   *
   * @returns a PNG of bounded size, or `null`
   */
  icon(uri: string, href: string | null): Promise<Uint8Array | null>;
}

interface Deps {
  readonly signedDocuments: SignedDocuments;
  readonly catalogs: UrlFilesPort;
  readonly icons: UrlFilesPort;
  readonly http: Pick<HttpPort, 'get'>;
  readonly config: Pick<ConfigPort, 'read'>;
  /** Whether an address needs no network. */
  readonly isLocalUrl: (url: string) => boolean;
  /** Reads a file on this computer. */
  readonly readLocal: (path: string, limitBytes: number) => Promise<Uint8Array>;
  readonly languages: readonly Language[];
  readonly log: LogPort;
}

/** @see feeds.md 13, trust-and-download.md 10 */
export function createCatalogService(deps: Deps): CatalogService {
  const { signedDocuments, catalogs, icons, http, config, log } = deps;
  const parsed = new Map<string, { readonly version: number; readonly catalog: StoredCatalog }>();
  const failedIcons = new Set<string>();
  const fetchingIcons = createSharedWork<Uint8Array | null, object>(() => new AppError('cancelled', {}));
  const store: DocumentStore = {
    kind: 'catalog',
    read: (url) => catalogs.read(url),
    write: (url, bytes) => catalogs.write(url, bytes),
    onAttempt: () => Promise.resolve(),
    onChecked: (url) => catalogs.touch(url),
  };

  async function readFile(path: string): Promise<RefreshResult['status']> {
    const bytes = await deps.readLocal(path, maxFeedBytes);
    checkDocument('catalog', path, bytes);
    await catalogs.write(path, bytes);
    return 'updated';
  }

  async function fetchIcon(uri: string, href: string): Promise<Uint8Array | null> {
    try {
      const { networkUse } = await config.read();
      if (networkUse === 'off-line' && !deps.isLocalUrl(href)) return null;
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
    failedIcons.add(uri);
    return null;
  }

  return {
    async refresh(source, options) {
      failedIcons.clear();
      if (!/^https?:/.test(source)) return readFile(source);
      return (await signedDocuments.refresh(store, source, options)).status;
    },

    async read(source) {
      const touchedAt = await catalogs.touchedAt(source);
      if (touchedAt === null) return null;
      const known = parsed.get(source);
      if (known?.version === touchedAt) return known.catalog;
      const bytes = await catalogs.read(source);
      if (bytes === null) return null;
      try {
        const entries = parseCatalog(parseXml(decodeXml(bytes, source), { source }), source, deps.languages);
        const catalog = { entries, refreshedAt: new Date(touchedAt).toISOString() };
        parsed.set(source, { version: touchedAt, catalog });
        return catalog;
      } catch (error) {
        if (!isAppError(error)) throw error;
        log.warn('stored catalogue cannot be read', { source, code: error.code });
        return null;
      }
    },

    async icon(uri, href) {
      const stored = await icons.read(uri);
      if (stored !== null && isIcon(stored)) return stored;
      if (href === null || failedIcons.has(uri)) return null;
      return fetchingIcons.run(uri, {}, () => fetchIcon(uri, href));
    },
  };
}
