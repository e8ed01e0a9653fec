import { isAppError } from '../../shared/errors/app-error.ts';
import type { Progress } from '../../shared/model/index.ts';
import { isNetworkFailure } from '../core/trust/mirror.ts';
import type { TransferControl } from '../core/transfer-control.ts';
import type { DownloadedFile, GrowingFile, Growth, HttpPort } from '../core/ports/http.ts';

/** A file that is there, or with its `growth` one that is coming. */
export interface ObtainedFile {
  readonly file: string;
  readonly growth?: Growth;
}

/** The downloads of one implementation. */
export interface Downloads {
  /** Begins one. @returns as soon as its file can be followed, or is whole. @throws AppError as `HttpPort.download` */
  start(url: string, sizeBytes: number | null): Promise<ObtainedFile>;
  /** Waits until all that were begun are whole. @throws AppError of the first that is not */
  finished(): Promise<void>;
  readonly state: DownloadsState;
  /** Says that what came so far is of no use, so that no part of it is kept for a later attempt. */
  spoil(): void;
  /** Waits until none is running any more, and removes or keeps the whole files. Parts that can be continued stay. */
  end(isKept: boolean): Promise<void>;
}

interface DownloadsState {
  /** Whether bytes are still to come. */
  readonly isRunning: boolean;
  /** Bytes that came over the network for whole files. */
  readonly networkBytes: number;
  /** Bytes that are there, of all files. */
  readonly receivedBytes: number;
  /** Whether any of them continues an earlier attempt. */
  readonly isResumed: boolean;
}

/** @param onProgress gets the sum of all that was received */
export function createDownloads(options: {
  readonly http: Pick<HttpPort, 'download'>;
  readonly signal: AbortSignal;
  readonly control: TransferControl | undefined;
  readonly isBackground: boolean | undefined;
  /** Gets the addresses that could not be had. */
  readonly failed: Set<string>;
  readonly onProgress: (phase: Progress['phase'], receivedBytes: number) => void;
}): Downloads {
  const { http, signal, control, isBackground, failed, onProgress } = options;
  const all: Promise<DownloadedFile>[] = [];
  const growing: GrowingFile[] = [];
  const received: number[] = [];
  const sumReceived = (): number => received.reduce((sum, bytes) => sum + bytes, 0);
  let [runningCount, networkBytes, isResumed] = [0, 0, false];

  return {
    start: (url, sizeBytes) =>
      new Promise((resolve, reject) => {
        const index = all.length;
        const download = http.download(url, {
          sizeBytes,
          signal,
          ...(control !== undefined && { control }),
          ...(isBackground !== undefined && { isBackground }),
          onFile: (file) => {
            growing.push(file);
            isResumed ||= file.isResumed;
            resolve({ file: file.path, growth: file.growth });
          },
          onProgress: ({ phase, receivedBytes }) => {
            received[index] = receivedBytes;
            onProgress(phase, sumReceived());
          },
        });
        all.push(download);
        runningCount += 1;
        download
          .then((file) => {
            networkBytes += file.networkBytes;
            isResumed ||= sizeBytes !== null && file.networkBytes < sizeBytes;
            resolve({ file: file.path });
          })
          .catch((error: unknown) => {
            if (isNetworkFailure(error)) failed.add(url);
            reject(error instanceof Error ? error : new Error(String(error)));
          })
          .finally(() => (runningCount -= 1))
          .catch(() => {});
      }),
    async finished() {
      await Promise.all(all);
    },
    get state() {
      return { isRunning: runningCount > 0, networkBytes, isResumed, receivedBytes: sumReceived() };
    },
    spoil() {
      for (const file of growing) file.spoil();
    },
    async end(isKept) {
      await Promise.all(
        all.map((download) =>
          download.then(
            (file) => (isKept ? file.keep() : file.discard()),
            () => {},
          ),
        ),
      );
    },
  };
}

/**
 * Waits for all, and stops the others when one fails.
 *
 * @throws the failure that made the others stop. A cancellation is only thrown if nothing else went wrong: who follows a
 *   download that fails is cancelled by it, and may say so first.
 */
export async function allOrStop<T>(works: readonly Promise<T>[], stop: AbortController): Promise<readonly T[]> {
  const settled = await Promise.allSettled(
    works.map((work) =>
      work.catch((error: unknown) => {
        if (!isAppError(error, 'cancelled')) stop.abort(error);
        throw error;
      }),
    ),
  );
  return settled.map((result) => {
    if (result.status === 'fulfilled') return result.value;
    throw stop.signal.reason ?? result.reason;
  });
}
