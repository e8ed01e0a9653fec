import type { TransferListener } from '../../core/ports/http.ts';
import { toTransferError } from './errors.ts';
import { createProgress } from './progress.ts';
import type { QueuePlace } from './queue.ts';
import { openTransfer, type Transfer, type TransferContext } from './transfer.ts';
import { tryRepeatedly } from './tries.ts';

/** One call as all of its parts see it. */
export interface Call {
  readonly url: string;
  readonly place: QueuePlace;
  readonly signal: AbortSignal | undefined;
  /** For the whole call, tries and waits included, counted from its turn. */
  readonly timeoutMs: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly onProgress: TransferListener | undefined;
  readonly totalBytes: number | null;
}

/** What the work of a call has at hand. */
export interface CallTools {
  /** Ended together with the call. */
  readonly signal: AbortSignal;
  /** @param stop ends this transfer alone */
  readonly open: (headers: Readonly<Record<string, string>>, stop?: AbortSignal) => Promise<Transfer>;
  /** @param progress bytes that need not be fetched again */
  readonly tryRepeatedly: <T>(tries: number, progress: () => number, attempt: () => Promise<T>) => Promise<T>;
  readonly onWaiting: (receivedBytes: number) => void;
  readonly onBytes: (receivedBytes: number, totalBytes: number | null) => void;
  readonly explain: (error: unknown) => unknown;
}

/** Runs one call with its waits, and makes what goes wrong an error for people. */
export async function runCall<T>(
  context: TransferContext,
  call: Call,
  work: (tools: CallTools) => Promise<T>,
): Promise<T> {
  const { limits } = context;
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort();
  };
  if (call.signal?.aborted === true) stop();
  call.signal?.addEventListener('abort', stop, { once: true });
  let timer: NodeJS.Timeout | undefined;
  let expiredMs: number | null = null;
  let received = 0;
  const progress = createProgress(call.onProgress);
  const report = (phase: 'waiting' | 'connecting' | 'receiving', totalBytes: number | null): void => {
    progress.report({ phase, receivedBytes: received, totalBytes });
  };
  const explain = (error: unknown): unknown =>
    toTransferError(error, { url: call.url, limits, signal: call.signal, expiredMs });
  report('waiting', call.totalBytes);
  try {
    return await work({
      signal: controller.signal,
      explain,
      tryRepeatedly: (tries, progress, attempt) =>
        tryRepeatedly({ limits, tries, signal: controller.signal, progress, explain }, attempt),
      onWaiting(receivedBytes) {
        received = receivedBytes;
        report('waiting', call.totalBytes);
      },
      onBytes(receivedBytes, totalBytes) {
        received = receivedBytes;
        report('receiving', totalBytes);
      },
      open: (headers, only) =>
        openTransfer(context, {
          url: call.url,
          headers: { ...call.headers, ...headers },
          place: call.place,
          signal: only === undefined ? controller.signal : AbortSignal.any([controller.signal, only]),
          onStart() {
            report('connecting', call.totalBytes);
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
