import * as fs from 'node:fs';
import path from 'node:path';
import { localFiles } from '../../electron/adapters/local-files.ts';
import { createHttp, type HttpOptions } from '../../electron/adapters/http/http.ts';
import type { Stores, StoresOptions } from '../../electron/adapters/store/stores.ts';
import type { ArchiveStep, RetrievalMethod } from '../../electron/core/feed/model.ts';
import type { FetchItem } from '../../electron/services/fetch-attempt.ts';
import { createFetchService, type FetchService } from '../../electron/services/fetch-service.ts';
import { createMemoryLog } from './memory-log.ts';
import { openTestStore } from './store-bench.ts';

/** A store and a network that fetches into it, below an empty directory. */
export interface FetchWorld {
  readonly fetcher: FetchService;
  readonly stores: Stores;
  /** Names in the user's store. */
  stored(): readonly string[];
  /** Files of the download cache. */
  kept(): readonly string[];
  /** Everything that lies in temporary directories of the store by now, as paths inside them. */
  unpacked(): readonly string[];
  close(): Promise<void>;
}

export function openFetchWorld(
  base: string,
  options: {
    readonly http?: Partial<HttpOptions>;
    readonly stores?: Partial<StoresOptions>;
    readonly mirror?: string;
  } = {},
): FetchWorld {
  const downloadDir = path.join(base, 'downloads');
  const http = createHttp({ userAgent: 'Zerodesk/test', downloadDir, env: {}, ...options.http });
  const { stores, path: store } = openTestStore(base, options.stores);
  const fetcher = createFetchService({
    http,
    store: stores,
    solver: { find: async () => null },
    files: localFiles,
    log: createMemoryLog(),
    mirror: options.mirror ?? null,
  });
  return {
    fetcher,
    stores,
    stored: () => list(store),
    kept: () => list(downloadDir),
    unpacked: () =>
      list(store)
        .filter((name) => name.startsWith('tmp-'))
        .flatMap((name) => list(path.join(store, name), true)),
    async close() {
      await http.close();
      await stores.close();
    },
  };
}

/** An archive at an address. */
export function archiveMethod(href: string, sizeBytes: number, more: Partial<ArchiveStep> = {}): ArchiveStep {
  return { type: 'archive', href, sizeBytes, extract: null, dest: null, mimeType: null, startOffset: 0, ...more };
}

/** An implementation that can be fetched in some way. */
export function fetchItem(digest: string, ...retrievalMethods: readonly RetrievalMethod[]): FetchItem {
  const uri = 'https://example.com/a.xml';
  return {
    key: digest,
    interface: uri,
    name: 'a',
    implementation: {
      id: digest,
      fromFeed: uri,
      version: '1',
      released: null,
      stability: 'stable',
      userRating: null,
      arch: null,
      langs: null,
      availability: { kind: 'download', sizeBytes: 0 },
      digests: [digest],
      retrievalMethods,
    },
  };
}

function list(directory: string, recursive = false): readonly string[] {
  try {
    return fs.readdirSync(directory, { recursive, encoding: 'utf8' });
  } catch {
    // Not made yet, or just renamed.
    return [];
  }
}
