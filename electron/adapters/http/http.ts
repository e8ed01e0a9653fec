import { AppError } from '../../../shared/errors/app-error.ts';
import type {
  DownloadedFile,
  DownloadOptions,
  GetOptions,
  GrowingFile,
  HttpBody,
  HttpPort,
} from '../../core/ports/http.ts';
import { createSharedWork } from '../../core/shared-work.ts';
import { redactUrl } from '../../core/trust/url.ts';
import { contentLength, cutOff, downloadKey, fetchFile, type FetchedFile } from './download.ts';
import { toTransferError } from './errors.ts';
import { defaultLimits, type HttpLimits } from './limits.ts';
import { createLocalSource, readSampleRate } from './local-source.ts';
import { createNetworkSource } from './network-source.ts';
import { createPartialFiles } from './partial-files.ts';
import { createProgress } from './progress.ts';
import { createTransferQueue, type Priority } from './queue.ts';
import type { Source } from './source.ts';
import { openTransfer, type Transfer } from './transfer.ts';

export interface HttpOptions {
  /** `NAME/VERSION`, as sent to servers. */
  readonly userAgent: string;
  /** Where partial files are kept; made on demand. */
  readonly downloadDir: string;
  /** `http_proxy`, `https_proxy`, `no_proxy`, `SSL_CERT_FILE`, `ZERODESK_SAMPLE_RATE`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Host names that are answered from a folder, without network. */
  readonly localHosts?: Readonly<Record<string, string>>;
  readonly limits?: Partial<HttpLimits>;
  /** Proxy for a URL, `null` = none. Without it the environment decides. */
  readonly proxyFor?: (url: string) => Promise<string | null>;
}

/** The network adapter; `close` ends its connections. */
export interface Http extends HttpPort {
  close(): Promise<void>;
}

/** One call as all of its parts see it. */
interface Call {
  readonly url: string;
  readonly priority: Priority;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly onProgress: GetOptions['onProgress'];
  readonly totalBytes: number | null;
}

/**
 * Fetches feeds, keys, icons and archives.
 *
 * @see trust-and-download.md 8
 */
export function createHttp(options: HttpOptions): Http {
  const limits = { ...defaultLimits, ...options.limits };
  const network = createNetworkSource({ env: options.env, limits, proxyFor: options.proxyFor });
  const rate = readSampleRate(options.env['ZERODESK_SAMPLE_RATE']);
  const localSources = new Map<string, Source>(
    Object.entries(options.localHosts ?? {}).map(([host, directory]) => [host, createLocalSource(directory, rate)]),
  );
  const context = {
    limits,
    queue: createTransferQueue(limits),
    sourceFor: (url: URL): Source => localSources.get(url.host) ?? network.source,
    userAgent: options.userAgent,
  };
  const partials = createPartialFiles(options.downloadDir, limits.partialAgeMs);
  const downloads = createSharedWork<FetchedFile & { users: number; isKept: boolean }, DownloadOptions>(
    () => new AppError('cancelled', {}),
  );

  const growing = new Map<string, GrowingFile>();

  /** Runs one call with its waits, and makes what goes wrong an error for people. */
  async function run<T>(call: Call, work: (tools: CallTools) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort();
    };
    if (call.signal?.aborted === true) stop();
    call.signal?.addEventListener('abort', stop, { once: true });
    let timer: NodeJS.Timeout | undefined;
    let expiredMs: number | null = null;
    const progress = createProgress(call.onProgress);
    const report = (
      phase: 'waiting' | 'connecting' | 'receiving',
      receivedBytes: number,
      totalBytes: number | null,
    ): void => {
      progress.report({ phase, receivedBytes, totalBytes });
    };
    const explain = (error: unknown): unknown =>
      toTransferError(error, { url: call.url, limits, signal: call.signal, expiredMs });
    report('waiting', 0, call.totalBytes);
    try {
      return await work({
        explain,
        onBytes: (received, total) => {
          report('receiving', received, total);
        },
        open: (headers) =>
          openTransfer(context, {
            url: call.url,
            headers: { ...call.headers, ...headers },
            priority: call.priority,
            signal: controller.signal,
            onStart() {
              report('connecting', 0, call.totalBytes);
              if (call.timeoutMs === undefined || timer !== undefined) return;
              timer = setTimeout(() => {
                expiredMs = call.timeoutMs ?? null;
                stop();
              }, call.timeoutMs);
            },
          }),
      });
    } catch (error) {
      throw explain(error);
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', stop);
      progress.flush();
    }
  }

  async function download(url: string, downloadOptions: DownloadOptions): Promise<DownloadedFile> {
    const { sizeBytes, isBackground } = downloadOptions;
    const caller = { ...downloadOptions };
    const key = downloadKey(url, sizeBytes);
    const running = downloads.run(key, caller, async (signal, callers) => {
      const call: Call = {
        url,
        priority: isBackground === true ? 2 : 1,
        signal,
        timeoutMs: undefined,
        headers: {},
        onProgress: (state) => {
          for (const { onProgress } of callers()) onProgress?.(state);
        },
        totalBytes: sizeBytes,
      };
      const onFile = (file: GrowingFile): void => {
        growing.set(key, file);
        for (const each of callers()) each.onFile?.(file);
      };
      try {
        const file = await run(call, ({ open, onBytes, explain }) =>
          fetchFile(partials, {
            url,
            sizeBytes,
            open,
            explain,
            onFile,
            onBytes: (received) => {
              onBytes(received, sizeBytes);
            },
          }),
        );
        return { ...file, users: 0, isKept: false };
      } finally {
        growing.delete(key);
      }
    });
    // Somebody else's download may be under way already.
    const file = growing.get(key);
    if (file !== undefined && caller.signal?.aborted !== true) caller.onFile?.(file);
    const fetched = await running;
    fetched.users += 1;
    const leave = async (isKept: boolean): Promise<void> => {
      fetched.users -= 1;
      fetched.isKept ||= isKept;
      // Those who waited for the same file may be about to take it.
      await new Promise((resolve) => setImmediate(resolve));
      if (fetched.users === 0) await (fetched.isKept ? fetched.partial.release() : fetched.partial.remove());
    };
    return {
      path: fetched.partial.path,
      networkBytes: fetched.networkBytes,
      discard: () => leave(false),
      keep: () => leave(true),
    };
  }

  return {
    get: (url, getOptions) => {
      const { signal, timeoutMs, accept, onProgress, limitBytes } = getOptions;
      const headers = accept === undefined ? {} : { accept };
      const call: Call = { url, priority: 0, signal, timeoutMs, headers, onProgress, totalBytes: null };
      return run(call, (tools) => getBody(url, limitBytes, tools));
    },
    download,
    close: () => network.close(),
  };
}

interface CallTools {
  readonly open: (headers: Readonly<Record<string, string>>) => Promise<Transfer>;
  readonly onBytes: (received: number, total: number | null) => void;
  readonly explain: (error: unknown) => unknown;
}

async function getBody(url: string, limitBytes: number, { open, onBytes, explain }: CallTools): Promise<HttpBody> {
  const transfer = await open({});
  try {
    if (transfer.status !== 200) throw new AppError('http-status', { url: redactUrl(url), status: transfer.status });
    const total = contentLength(transfer);
    const tooLarge = (): AppError => new AppError('download-too-large', { url: redactUrl(url), limitBytes });
    if (total !== null && total > limitBytes) throw tooLarge();
    const chunks: Uint8Array[] = [];
    let received = 0;
    onBytes(0, total);
    try {
      for await (const chunk of transfer.body) {
        received += chunk.length;
        if (received > limitBytes) throw tooLarge();
        chunks.push(chunk);
        onBytes(received, total);
      }
    } catch (error) {
      throw total === null ? error : cutOff(explain(error), { url, received, expected: total });
    }
    const bytes = new Uint8Array(Buffer.concat(chunks));
    return { url: transfer.url.href, bytes, contentType: transfer.headers.get('content-type') ?? null };
  } finally {
    transfer.close();
  }
}
