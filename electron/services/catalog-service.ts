import { isAppError } from '../../shared/errors/app-error.ts';
import { parseCatalog, type CatalogEntry } from '../core/feed/catalog.ts';
import type { Language } from '../core/feed/model.ts';
import type { UrlFilesPort } from '../core/ports/url-files.ts';
import { checkDocument } from '../core/trust/check-document.ts';
import { maxFeedBytes } from '../core/trust/signature-block.ts';
import { decodeXml } from '../core/xml/decode.ts';
import { parseXml } from '../core/xml/parse.ts';
import { createIconService, type IconService, type IconServiceDeps } from './icon-service.ts';
import type { ParsedCatalogs } from './parsed-catalogs.ts';
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
  /** The icon of an interface. What could not be fetched is not tried again before the next refresh. */
  readonly icon: IconService['icon'];
}

interface Deps extends IconServiceDeps {
  readonly signedDocuments: SignedDocuments;
  readonly catalogs: UrlFilesPort;
  readonly parsed: ParsedCatalogs;
  /** Reads a file on this computer. */
  readonly readLocal: (path: string, limitBytes: number) => Promise<Uint8Array>;
  /** In which programs are described, best first. */
  readonly languages: () => readonly Language[];
}

/** @see feeds.md 13 */
export function createCatalogService(deps: Deps): CatalogService {
  const { signedDocuments, catalogs, log } = deps;
  const icons = createIconService(deps);
  const known = new Map<string, { readonly version: string; readonly catalog: Promise<StoredCatalog | null> }>();
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

  async function readEntries(
    source: string,
    version: string,
    languages: readonly Language[],
  ): Promise<readonly CatalogEntry[] | null> {
    const kept = await deps.parsed.read(source, version);
    if (kept !== null) return kept;
    const bytes = await catalogs.read(source);
    if (bytes === null) return null;
    try {
      const entries = parseCatalog(parseXml(decodeXml(bytes, source), { source }), source, languages);
      deps.parsed.keep(source, version, entries);
      return entries;
    } catch (error) {
      if (!isAppError(error)) throw error;
      log.warn('stored catalogue cannot be read', { source, code: error.code });
      return null;
    }
  }

  return {
    async refresh(source, options) {
      icons.forgetFailures();
      if (!/^https?:/.test(source)) return readFile(source);
      return (await signedDocuments.refresh(store, source, options)).status;
    },

    async read(source) {
      const touchedAt = await catalogs.touchedAt(source);
      if (touchedAt === null) return null;
      const languages = deps.languages();
      const version = JSON.stringify([touchedAt, languages]);
      const last = known.get(source);
      if (last?.version === version) return last.catalog;
      const catalog = readEntries(source, version, languages).then(
        (entries) => entries && { entries, refreshedAt: new Date(touchedAt).toISOString() },
      );
      known.set(source, { version, catalog });
      // The next one who asks may have more luck.
      catalog.catch(() => {
        if (known.get(source)?.catalog === catalog) known.delete(source);
      });
      return catalog;
    },

    icon: (uri, href) => icons.icon(uri, href),
  };
}
