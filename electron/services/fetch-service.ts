import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { KeptPart } from '../../shared/model/index.ts';
import type { LocalFilesPort } from '../core/ports/files.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { NearbyPort } from '../core/ports/nearby.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { TreeRow } from '../core/select/model.ts';
import { isNetworkFailure } from '../core/trust/mirror.ts';
import { attemptFetch, type FetchItem, type FetchOptions } from './fetch-attempt.ts';
import { fetchNearby } from './fetch-nearby.ts';
import { keptOf } from './fetch-kept.ts';
import {
  downloadBytes,
  mirroredSteps,
  stepsOf,
  usableMethods,
  wholeFromMirror,
  type FetchStep,
  type UsableMethod,
} from './fetch-ways.ts';
import { needsFetch, roleKey } from './solve-view.ts';

/** Downloads, verifies and stores implementations. */
export interface FetchService {
  /**
   * Gets all items at once. What was finished stays in the store when another one fails; the first failure is thrown
   * after all have ended.
   * @returns bytes that came over the network
   * @throws AppError `fetch-failed` with the reason as its cause, `cancelled`
   */
  fetch(items: readonly FetchItem[], options: FetchOptions): Promise<number>;
  /** How much of these is here already, from earlier attempts; null if nothing, or if nobody says how much there is. */
  kept(items: readonly FetchItem[]): Promise<KeptPart | null>;
}

interface Deps {
  readonly http: Pick<HttpPort, 'download' | 'keptBytes'>;
  readonly store: Pick<StorePort, 'add' | 'checkArchive' | 'lookup'>;
  readonly solver: Pick<SolverPort, 'find'>;
  readonly files: LocalFilesPort;
  readonly log: LogPort;
  /** Computers of the local network, asked first where that is allowed. */
  readonly nearby?: NearbyPort;
  /** `null` = none. */
  readonly mirror: string | null;
}

/** `copy-from` chains deeper than this are taken for a cycle. */
const maxCopyDepth = 8;

/** Creates the service. The same implementation asked for twice at once is fetched once. */
export function createFetchService(deps: Deps): FetchService {
  const { store, solver, log } = deps;
  const running = new Map<string, Promise<number>>();

  /**
   * Tries the methods of the feed in order, then the mirror: only as long as it is the network that fails, since what is
   * wrong with a file will be wrong with its copies. The first failure is the one to tell.
   *
   * @see trust-and-download.md 7.2, 9
   */
  const fetchOne = async (item: FetchItem, options: FetchOptions, depth: number): Promise<number> => {
    const { implementation } = item;
    const { fromFeed } = implementation;
    const failed = new Set<string>();
    let copiedBytes = 0;
    let problem: unknown = null;
    const copySource = async (id: string, signal: AbortSignal): Promise<string> => {
      const { path, networkBytes } = await copySourceOf(item, { ...options, signal }, { id, depth });
      copiedBytes += networkBytes;
      return path;
    };
    const isDone = async (steps: readonly FetchStep[]): Promise<number | null> => {
      try {
        const attempt = { item, options, steps, mayReplace: depth === 0, copySource, failed };
        return copiedBytes + (await attemptFetch(deps, attempt));
      } catch (error) {
        if (options.signal.aborted) throw error;
        problem ??= error;
        if (!isNetworkFailure(error) && !isAppError(error, 'network-offline')) throw problem;
        return null;
      }
    };
    const methods = usableMethods(implementation, item.interface);
    const near = await fromNearby(item, options, methods[0]);
    if (near !== null) return near;
    for (const method of methods) {
      const bytes = await isDone(stepsOf(method, fromFeed));
      if (bytes !== null) return bytes;
    }
    for (const steps of deps.mirror === null || options.isOffline ? [] : mirrorWays(deps.mirror)) {
      log.warn('download failed, asking the mirror', { interface: item.interface, version: implementation.version });
      const bytes = await isDone(steps);
      if (bytes !== null) return bytes;
    }
    throw problem;

    function* mirrorWays(mirror: string): Generator<readonly FetchStep[]> {
      for (const method of methods) {
        // Each round may find another part of the recipe that cannot be had.
        let steps = mirroredSteps(stepsOf(method, fromFeed), mirror, failed);
        while (steps !== null) {
          yield steps;
          steps = mirroredSteps(steps, mirror, failed);
        }
      }
      const whole = wholeFromMirror(implementation, mirror);
      if (whole !== null) yield whole;
    }
  };

  const fromNearby = async (
    item: FetchItem,
    options: FetchOptions,
    method: UsableMethod | undefined,
  ): Promise<number | null> => {
    // What takes a damaged copy's place comes from where its publisher put it.
    if (deps.nearby === undefined || item.replaces !== undefined || method === undefined) return null;
    const sizeBytes = downloadBytes(stepsOf(method, item.implementation.fromFeed));
    return fetchNearby({ nearby: deps.nearby, store, log }, { item, options, sizeBytes });
  };

  interface CopyRequest {
    readonly id: string;
    /** How many `copy-from` steps led here. */
    readonly depth: number;
  }

  const copySourceOf = async (
    item: FetchItem,
    options: FetchOptions,
    { id, depth }: CopyRequest,
  ): Promise<{ readonly path: string; readonly networkBytes: number }> => {
    const other = await solver.find(item.implementation.fromFeed, id, options.signal);
    const refuse = (reason: string): AppError => new AppError('recipe-failed', { step: 'copy-from', reason });
    if (!other) throw refuse(`there is no implementation '${id}'`);
    if (depth >= maxCopyDepth) throw refuse('the recipes copy in a circle');
    const { availability } = other;
    if (availability.kind === 'cached' || availability.kind === 'local')
      return { path: availability.path, networkBytes: 0 };
    const networkBytes = await fetchOne({ ...item, implementation: other }, options, depth + 1);
    const stored = await store.lookup(other.digests);
    if (!stored) throw new AppError('implementation-missing', { interface: item.interface, version: other.version });
    return { path: stored.path, networkBytes };
  };

  /** Joins a fetch of the same directory that is under way, unless that one belongs to a job that was cancelled. */
  const fetchOnce = async (item: FetchItem, options: FetchOptions): Promise<number> => {
    const key = item.implementation.digests.join(' ');
    const other = running.get(key);
    if (other) {
      await other.catch(() => undefined);
      options.signal.throwIfAborted();
      if (item.replaces === undefined && (await store.lookup(item.implementation.digests))) return 0;
    }
    const own = fetchOne(item, options, 0).finally(() => {
      if (running.get(key) === own) running.delete(key);
    });
    running.set(key, own);
    return own;
  };

  return {
    kept: (items) => keptOf(deps, items),
    async fetch(items, options) {
      const failures: AppError[] = [];
      const bytes = await Promise.all(
        items.map(async (item) => {
          try {
            return await fetchOnce(item, options);
          } catch (error) {
            if (options.signal.aborted) return 0;
            options.onProgress?.(item.key, { phase: 'failed', receivedBytes: 0, totalBytes: null });
            const { name, implementation } = item;
            failures.push(new AppError('fetch-failed', { name, version: implementation.version }, { cause: error }));
            return 0;
          }
        }),
      );
      if (options.signal.aborted) throw new AppError('cancelled', {});
      const [failure] = failures;
      if (failure) throw failure;
      return bytes.reduce((sum, count) => sum + count, 0);
    },
  };
}

/**
 * The rows of a selection whose files no store has, one item per role.
 *
 * @throws AppError `packages-not-installed` if native packages are missing, which only the person may install
 */
export function toFetchItems(tree: readonly TreeRow[]): readonly FetchItem[] {
  const packages = tree.flatMap(({ implementation }) =>
    implementation?.availability.kind === 'install' ? [packageNameOf(implementation.id)] : [],
  );
  if (packages.length > 0) throw new AppError('packages-not-installed', { packages: packages.join(', ') });
  return tree.filter(needsFetch).flatMap(({ role, name, implementation }) => {
    return implementation ? [{ key: roleKey(role), interface: role.interface, name, implementation }] : [];
  });
}

/** From `package:deb:NAME:VERSION:MACHINE`. */
function packageNameOf(id: string): string {
  return /^package:[^:]*:(.*):[^:]*:[^:]*$/.exec(id)?.[1] ?? id;
}
