import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { Progress } from '../../shared/model/index.ts';
import type { LocalFilesPort } from '../core/ports/files.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { PreparedStep, StorePort } from '../core/ports/store.ts';
import type { ChosenImplementation } from '../core/select/model.ts';
import type { TransferControl } from '../core/transfer-control.ts';
import { isNetworkFailure } from '../core/trust/mirror.ts';
import { allOrStop, createDownloads, type ObtainedFile } from './fetch-downloads.ts';
import { downloadBytes, hasScheme, type FetchStep } from './fetch-ways.ts';

/** One implementation to get. */
export interface FetchItem {
  /** For progress; unique in one call. */
  readonly key: string;
  readonly interface: string;
  readonly name: string;
  readonly implementation: ChosenImplementation;
  /** Path of a damaged copy that takes the new one's place until that is complete. */
  readonly replaces?: string;
}

export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly isOffline: boolean;
  /** Nobody waits for it. */
  readonly isBackground?: boolean;
  /** Pauses the downloads and gives them their place among others. */
  readonly control?: TransferControl;
  readonly onProgress?: (key: string, state: Pick<Progress, 'phase' | 'receivedBytes' | 'totalBytes'>) => void;
}

/** One way to get one implementation, once. */
export interface FetchAttempt {
  readonly item: FetchItem;
  readonly options: FetchOptions;
  readonly steps: readonly FetchStep[];
  /** Whether a damaged copy may be replaced: not for what is only copied from. */
  readonly mayReplace: boolean;
  /** The directory of another implementation of the same feed, fetched if it is missing. */
  readonly copySource: (id: string, signal: AbortSignal) => Promise<string>;
  /** Gets the addresses that could not be had. */
  readonly failed: Set<string>;
}

interface Deps {
  readonly http: Pick<HttpPort, 'download'>;
  readonly store: Pick<StorePort, 'add' | 'checkArchive'>;
  readonly files: LocalFilesPort;
}

/**
 * Downloads and unpacks at the same time, and stores the result. What was put together of two downloads and is wrong is
 * tried once from the beginning.
 *
 * @returns bytes that came over the network
 * @throws AppError of whatever failed first
 */
export async function attemptFetch(deps: Deps, attempt: FetchAttempt): Promise<number> {
  const first = await attemptOnce(deps, attempt);
  if (!('spliced' in first)) return first.networkBytes;
  const second = await attemptOnce(deps, attempt);
  if ('spliced' in second) throw second.spliced;
  return first.networkBytes + second.networkBytes;
}

type Outcome = { readonly networkBytes: number } | { readonly networkBytes: number; readonly spliced: unknown };

async function attemptOnce({ http, store, files }: Deps, attempt: FetchAttempt): Promise<Outcome> {
  const { item, options, steps, failed } = attempt;
  const { implementation } = item;
  const totalBytes = downloadBytes(steps);
  const report = (phase: Progress['phase'], receivedBytes: number): void =>
    options.onProgress?.(item.key, { phase, receivedBytes, totalBytes });
  report('waiting', 0);

  // One failed download of a recipe stops its brothers and the unpacking; a failed unpacking stops the downloads.
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const { control, isBackground } = options;
  // The store may have read the last byte before the download itself is told that it was the last.
  let isUnpacked = false;
  const downloads = createDownloads({
    http,
    signal,
    control,
    isBackground,
    failed,
    onProgress(phase, receivedBytes) {
      if (!isUnpacked) report(phase, receivedBytes);
    },
  });
  let isKept = false;

  const prepare = async (step: FetchStep): Promise<PreparedStep> => {
    switch (step.type) {
      case 'archive': {
        const { extract, dest, startOffset, name, mimeType, sizeBytes } = step;
        const place = await obtain(step.from, sizeBytes === null ? null : sizeBytes + startOffset);
        return { type: 'archive', ...place, name, mimeType, extract, dest, startOffset };
      }
      case 'file': {
        const place = await obtain(step.from, step.sizeBytes);
        return { type: 'file', ...place, dest: step.dest, executable: step.executable };
      }
      case 'copy-from': {
        const directory = await attempt.copySource(step.id, signal);
        return { type: 'copy-from', directory, source: step.source, dest: step.dest };
      }
      case 'rename':
      case 'remove':
        return step;
    }
  };

  /** A local file with exactly the announced size, or a download as soon as its file can be followed. */
  const obtain = async (href: string, sizeBytes: number | null): Promise<ObtainedFile> => {
    if (!hasScheme(href)) {
      const path = localPath(implementation.fromFeed, href);
      const actualBytes = await files.size(path);
      if (actualBytes === null) throw new AppError('file-missing', { path });
      if (sizeBytes !== null && actualBytes !== sizeBytes)
        throw new AppError('wrong-size', { url: path, expectedBytes: sizeBytes, actualBytes });
      return { file: path };
    }
    if (options.isOffline) throw new AppError('network-offline', { url: href });
    return downloads.start(href, sizeBytes);
  };

  const addToStore = async (prepared: readonly PreparedStep[]): Promise<void> => {
    try {
      await store.add({
        digests: implementation.digests,
        steps: prepared,
        signal,
        ...(item.replaces !== undefined && attempt.mayReplace && { replaces: item.replaces }),
        onProgress: ({ phase }) => {
          isUnpacked ||= phase !== 'unpacking';
          // While bytes come, how many is the better news.
          if (isUnpacked || !downloads.state.isRunning) report(phase, totalBytes ?? downloads.state.receivedBytes);
        },
      });
    } catch (error) {
      // Before the downloads are stopped for it.
      if (isAppError(error) && /^(?:archive|recipe|tree)-/.test(error.code)) downloads.spoil();
      throw error;
    }
  };

  try {
    for (const step of steps) if (step.type === 'archive') await store.checkArchive(step);
    const prepared = await allOrStop(steps.map(prepare), stop);
    options.signal.throwIfAborted();
    await allOrStop([addToStore(prepared), downloads.finished()], stop);
    report('done', totalBytes ?? downloads.state.receivedBytes);
    return { networkBytes: downloads.state.networkBytes };
  } catch (error) {
    // Once there is room, or another source for the rest, nothing needs to be downloaded again.
    isKept = isAppError(error, 'disk-full') || isNetworkFailure(error);
    if (!isSpliced(error, downloads.state.isResumed)) throw error;
    return { networkBytes: downloads.state.networkBytes, spliced: error };
  } finally {
    await downloads.end(isKept);
  }
}

/** Whether pieces of two files may have been put together. */
function isSpliced(error: unknown, isResumed: boolean): boolean {
  if (isAppError(error, 'download-changed')) return true;
  return isResumed && (isAppError(error, 'wrong-digest') || isAppError(error, 'archive-damaged'));
}

/** A relative `href` names a file beside the local feed; an absolute one is an error. */
function localPath(feed: string, href: string): string {
  if (href.startsWith('/')) throw new AppError('bad-feed', { feed, reason: `Absolute path '${href}' in href` });
  return `${feed.slice(0, feed.lastIndexOf('/'))}/${href}`;
}
