import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { HttpPort } from '../../core/ports/http.ts';
import { runCall, type Call } from './call.ts';
import { createDiskSpace } from './disk-space.ts';
import { downloadKey } from './download.ts';
import { getBody } from './get-body.ts';
import { defaultLimits, type HttpLimits } from './limits.ts';
import { createLocalSource, readSampleRate } from './local-source.ts';
import { createNames } from './names.ts';
import { createNetrc } from './netrc.ts';
import { createNetworkSource } from './network-source.ts';
import { createPartialFiles } from './partial-files.ts';
import { createPrivateHosts } from './private-hosts.ts';
import { createTransferQueue } from './queue.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createSharedDownloads } from './shared-downloads.ts';
import type { Source } from './source.ts';
import type { TransferContext } from './transfer.ts';

export interface HttpOptions {
  /** `NAME/VERSION`, as sent to servers. */
  readonly userAgent: string;
  /** Where partial files are kept; made on demand. */
  readonly downloadDir: string;
  /** `http_proxy`, `https_proxy`, `no_proxy`, `SSL_CERT_FILE`, `ZERODESK_SAMPLE_RATE`, `HOME` and `NETRC` for logins. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Host names that are answered from a folder, without network. */
  readonly localHosts?: Readonly<Record<string, string>>;
  readonly limits?: Partial<HttpLimits>;
  /** Proxy for a URL, `null` = none. Without it the environment decides. */
  readonly proxyFor?: (url: string) => Promise<string | null>;
  /** Shared with whoever sets it; without it there is no limit. */
  readonly rateLimit?: RateLimit;
  /** Instead of the system's. */
  readonly lookup?: LookupFunction;
  /** Bytes free where a directory is, instead of asking the system; `null` = unknown. */
  readonly freeBytes?: (directory: string) => Promise<number | null>;
}

/** The network adapter; `close` ends its connections. */
export interface Http extends HttpPort {
  close(): Promise<void>;
}

/**
 * Fetches feeds, keys, icons and archives, all through one queue.
 *
 * @see trust-and-download.md 8
 */
export function createHttp(options: HttpOptions): Http {
  const limits = { ...defaultLimits, ...options.limits };
  const names = createNames(options.lookup ?? systemLookup);
  const hosts = createPrivateHosts(names.lookup);
  const network = createNetworkSource({ env: options.env, limits, names, hosts, proxyFor: options.proxyFor });
  const rate = readSampleRate(options.env['ZERODESK_SAMPLE_RATE']);
  const localSources = new Map<string, Source>(
    Object.entries(options.localHosts ?? {}).map(([host, directory]) => [host, createLocalSource(directory, rate)]),
  );
  const context: TransferContext = {
    limits,
    queue: createTransferQueue(limits),
    rateLimit: options.rateLimit ?? createRateLimit(),
    hosts,
    sourceFor: (url) => localSources.get(url.host) ?? network.source,
    usesProxy: network.usesProxy,
    loginFor: createNetrc(options.env),
    userAgent: options.userAgent,
  };

  const partials = createPartialFiles(options.downloadDir, limits.partialAgeMs);
  return {
    get: (url, getOptions) => {
      const { signal, timeoutMs, accept, onProgress, isBackground } = getOptions;
      const headers = accept === undefined ? {} : { accept };
      const place = { priority: () => (isBackground === true ? 2 : 0), rank: () => 0 } as const;
      const call: Call = { url, place, signal, timeoutMs, headers, onProgress, totalBytes: null };
      return runCall(context, call, (tools) =>
        tools.tryRepeatedly(
          limits.triesOfSmall,
          () => 0,
          () => getBody(url, getOptions, tools),
        ),
      );
    },
    download: createSharedDownloads({
      context,
      partials,
      space: createDiskSpace(options.downloadDir, options.freeBytes),
    }),
    keptBytes: (url, sizeBytes) => partials.keptBytes(downloadKey(url, sizeBytes)),
    close: () => network.close(),
  };
}
