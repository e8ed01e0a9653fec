import type { CatalogEntry } from '../core/feed/catalog.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { UrlFilesPort } from '../core/ports/url-files.ts';

/** Parsed catalogues in files of our own: those of many programs are read ten times faster than their documents are parsed. */
export interface ParsedCatalogs {
  /** @param version of the document, as given to `keep`. @returns null if it is another one, or what was kept is damaged */
  read(source: string, version: string): Promise<readonly CatalogEntry[] | null>;
  /** Begins to keep it if that is worth it; that it fails is no problem. */
  keep(source: string, version: string, entries: readonly CatalogEntry[]): void;
}

interface Deps {
  readonly files: Pick<UrlFilesPort, 'read' | 'write'>;
  readonly log: Pick<LogPort, 'warn'>;
}

/** A catalogue of fewer programs is parsed in no time. */
const fewEntries = 500;

const maxBytes = 64 * 1024 * 1024;

/** Creates the service. */
export function createParsedCatalogs({ files, log }: Deps): ParsedCatalogs {
  return {
    async read(source, version) {
      try {
        const bytes = await files.read(source);
        if (bytes === null || bytes.length > maxBytes) return null;
        const kept = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>> | null;
        const entries: unknown = kept?.['version'] === version ? kept['entries'] : null;
        return Array.isArray(entries) && entries.every(isEntry) ? entries : null;
      } catch (error) {
        log.warn('a kept catalogue cannot be read', { source, reason: String(error) });
        return null;
      }
    },
    keep(source, version, entries) {
      if (entries.length < fewEntries) return;
      files
        .write(source, new TextEncoder().encode(JSON.stringify({ version, entries })))
        .catch((error: unknown) => log.warn('a catalogue was not kept', { source, reason: String(error) }));
    },
  };
}

/** By hand, since a schema takes as long as parsing does. */
function isEntry(value: unknown): value is CatalogEntry {
  const entry = (value ?? {}) as Readonly<Record<keyof CatalogEntry, unknown>>;
  return (
    isText(entry.uri) &&
    isText(entry.name) &&
    isText(entry.summary) &&
    isText(entry.description) &&
    isTextOrNull(entry.homepage) &&
    Array.isArray(entry.categories) &&
    entry.categories.every(isText) &&
    isTextOrNull(entry.icon) &&
    typeof entry.needsTerminal === 'boolean' &&
    isTextOrNull(entry.binaryName)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
