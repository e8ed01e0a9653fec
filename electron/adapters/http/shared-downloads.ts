import { AppError } from '../../../shared/errors/app-error.ts';
import type { DownloadedFile, DownloadOptions, GrowingFile } from '../../core/ports/http.ts';
import { createSharedWork } from '../../core/shared-work.ts';
import { runCall, type Call } from './call.ts';
import type { DiskSpace } from './disk-space.ts';
import { downloadKey, fetchFile, type FetchedFile } from './download.ts';
import type { PartialFiles } from './partial-files.ts';
import type { TransferContext } from './transfer.ts';
import { createTurn, type Turn } from './turn.ts';

/** Of a download of unknown size. */
const defaultLimitBytes = 4 * 2 ** 30;

interface Running {
  readonly turn: Turn;
  /** Once it can be followed. */
  file: GrowingFile | null;
}

interface Deps {
  readonly context: TransferContext;
  readonly partials: PartialFiles;
  readonly space: DiskSpace;
}

/** Downloads into files; what several want at once comes once, and stays until the last of them is done with it. */
export function createSharedDownloads(deps: Deps): (url: string, options: DownloadOptions) => Promise<DownloadedFile> {
  const { context } = deps;
  const shared = createSharedWork<FetchedFile & { users: number; isKept: boolean }, DownloadOptions>(
    () => new AppError('cancelled', {}),
  );
  const running = new Map<string, Running>();

  async function fetchForAll(
    { key, url, options }: { readonly key: string; readonly url: string; readonly options: DownloadOptions },
    signal: AbortSignal,
    callers: () => readonly DownloadOptions[],
  ): Promise<FetchedFile> {
    const { sizeBytes, limitBytes = defaultLimitBytes } = options;
    const own: Running = { turn: createTurn(callers), file: null };
    running.set(key, own);
    const call: Call = {
      url,
      place: own.turn.place,
      signal,
      timeoutMs: undefined,
      headers: {},
      onProgress: (state) => {
        for (const { onProgress } of callers()) onProgress?.(state);
      },
      totalBytes: sizeBytes,
    };
    try {
      return await runCall(context, call, (tools) => {
        let pause = own.turn.pauseSignal();
        return fetchFile(deps, {
          url,
          sizeBytes,
          limitBytes,
          open: (headers) => tools.open(headers, pause),
          tryRepeatedly: (progress, attempt) =>
            tools.tryRepeatedly(context.limits.tries, progress, async () => {
              for (;;) {
                await own.turn.untilOpen(tools.signal);
                pause = own.turn.pauseSignal();
                try {
                  await attempt();
                  return;
                } catch (error) {
                  tools.onWaiting(progress());
                  if (!pause.aborted || tools.signal.aborted) throw error;
                }
              }
            }),
          explain: tools.explain,
          onFile(file) {
            own.file = file;
            for (const each of callers()) each.onFile?.(file);
          },
          onBytes: (received) => {
            tools.onBytes(received, sizeBytes);
          },
        });
      });
    } finally {
      if (running.get(key) === own) running.delete(key);
    }
  }

  return async (url, options) => {
    const key = downloadKey(url, options.sizeBytes);
    const caller = { ...options };
    const work = shared.run(key, caller, async (signal, callers) => ({
      ...(await fetchForAll({ key, url, options }, signal, callers)),
      users: 0,
      isKept: false,
    }));
    // Somebody else's download may be under way already.
    const tell = (): void => running.get(key)?.turn.changed();
    const { file = null } = running.get(key) ?? {};
    if (file !== null && caller.signal?.aborted !== true) caller.onFile?.(file);
    tell();
    const undo = caller.control?.onChanged(tell);
    caller.signal?.addEventListener('abort', tell, { once: true });
    const fetched = await work.finally(() => {
      undo?.();
      caller.signal?.removeEventListener('abort', tell);
    });
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
  };
}
