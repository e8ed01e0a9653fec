import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { Progress } from '../../shared/model/index.ts';
import type { ArchiveStep, RecipeStep, RetrievalMethod } from '../core/feed/model.ts';
import { guessMimeType } from '../core/feed/mime-types.ts';
import type { LocalFilesPort } from '../core/ports/files.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { PreparedStep, StorePort } from '../core/ports/store.ts';
import type { ChosenImplementation, TreeRow } from '../core/select/model.ts';
import { allOrStop, createDownloads, type ObtainedFile } from './fetch-downloads.ts';
import { isRemote, needsFetch, roleKey } from './solve-view.ts';

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
  readonly onProgress?: (key: string, state: Pick<Progress, 'phase' | 'receivedBytes' | 'totalBytes'>) => void;
}

/** Downloads, verifies and stores implementations. */
export interface FetchService {
  /**
   * Gets all items at once. What was finished stays in the store when another one fails; the first failure is thrown
   * after all have ended.
   * @returns bytes that came over the network
   * @throws AppError `fetch-failed` with the reason as its cause, `cancelled`
   */
  fetch(items: readonly FetchItem[], options: FetchOptions): Promise<number>;
}

interface Deps {
  readonly http: Pick<HttpPort, 'download'>;
  readonly store: Pick<StorePort, 'add' | 'checkArchive' | 'lookup'>;
  readonly solver: Pick<SolverPort, 'find'>;
  readonly files: LocalFilesPort;
}

/** `copy-from` chains deeper than this are taken for a cycle. */
const maxCopyDepth = 8;

interface Attempt {
  /** How many `copy-from` steps led here. */
  readonly depth: number;
  readonly isSecond: boolean;
}

type UsableMethod = Exclude<RetrievalMethod, { readonly type: 'unusable' }>;

/** Creates the service. The same implementation asked for twice at once is fetched once. */
export function createFetchService({ http, store, solver, files }: Deps): FetchService {
  const running = new Map<string, Promise<number>>();

  const fetchOne = async (item: FetchItem, options: FetchOptions, attempt: Attempt): Promise<number> => {
    const { implementation } = item;
    const report = (phase: Progress['phase'], receivedBytes: number): void =>
      options.onProgress?.(item.key, { phase, receivedBytes, totalBytes });
    const method = chooseMethod(implementation, item.interface);
    const steps: readonly RecipeStep[] = method.type === 'recipe' ? method.steps : [method];
    const totalBytes = downloadBytes(steps);
    report('waiting', 0);

    // One failed download of a recipe stops its brothers and the unpacking; a failed unpacking stops the downloads.
    const stop = new AbortController();
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const downloads = createDownloads({ http, signal, onProgress: report });
    let copiedBytes = 0;
    let isKept = false;

    const prepare = async (step: RecipeStep): Promise<PreparedStep> => {
      switch (step.type) {
        case 'archive': {
          const { extract, dest, startOffset } = step;
          const place = await obtain(step.href, step.sizeBytes + startOffset);
          return { type: 'archive', ...place, ...archiveOf(step), extract, dest, startOffset };
        }
        case 'file': {
          const place = await obtain(step.href, step.sizeBytes);
          return { type: 'file', ...place, dest: step.dest, executable: step.executable };
        }
        case 'copy-from':
          return { type: 'copy-from', directory: await copySource(step.id), source: step.source, dest: step.dest };
        case 'rename':
        case 'remove':
          return step;
      }
    };

    /** A local file with exactly the announced size, or a download as soon as its file can be followed. */
    const obtain = async (href: string, sizeBytes: number): Promise<ObtainedFile> => {
      if (!hasScheme(href)) {
        const path = localPath(implementation.fromFeed, href);
        const actualBytes = await files.size(path);
        if (actualBytes === null) throw new AppError('file-missing', { path });
        if (actualBytes !== sizeBytes)
          throw new AppError('wrong-size', { url: path, expectedBytes: sizeBytes, actualBytes });
        return { file: path };
      }
      if (options.isOffline) throw new AppError('network-offline', { url: href });
      return downloads.start(href, sizeBytes);
    };

    const copySource = async (id: string): Promise<string> => {
      const other = await solver.find(implementation.fromFeed, id, signal);
      if (!other)
        throw new AppError('recipe-failed', { step: 'copy-from', reason: `there is no implementation '${id}'` });
      if (attempt.depth >= maxCopyDepth)
        throw new AppError('recipe-failed', { step: 'copy-from', reason: 'the recipes copy in a circle' });
      const { availability } = other;
      if (availability.kind === 'cached' || availability.kind === 'local') return availability.path;
      copiedBytes += await fetchOne(
        { ...item, implementation: other },
        { ...options, signal },
        { depth: attempt.depth + 1, isSecond: false },
      );
      const stored = await store.lookup(other.digests);
      if (!stored) throw new AppError('implementation-missing', { interface: item.interface, version: other.version });
      return stored.path;
    };

    try {
      for (const step of steps) if (step.type === 'archive') store.checkArchive(archiveOf(step));
      const prepared = await allOrStop(steps.map(prepare), stop);
      options.signal.throwIfAborted();
      await allOrStop([addToStore(prepared), downloads.finished()], stop);
      report('done', totalBytes);
      return copiedBytes + downloads.state.networkBytes;
    } catch (error) {
      // Once there is room, nothing needs to be downloaded again.
      isKept = isAppError(error, 'disk-full');
      // A resumed download may have put pieces of two files together: it is tried once from the beginning.
      const isSpliced =
        !attempt.isSecond &&
        downloads.state.isResumed &&
        (isAppError(error, 'wrong-digest') || isAppError(error, 'archive-damaged'));
      if (!isSpliced) throw error;
    } finally {
      await downloads.end(isKept);
    }
    const againBytes = await fetchOne(item, options, { ...attempt, isSecond: true });
    return copiedBytes + downloads.state.networkBytes + againBytes;

    async function addToStore(prepared: readonly PreparedStep[]): Promise<void> {
      try {
        await store.add({
          digests: implementation.digests,
          steps: prepared,
          signal,
          ...(item.replaces !== undefined && attempt.depth === 0 && { replaces: item.replaces }),
          onProgress: ({ phase }) => {
            // While bytes come, how many is the better news.
            if (!downloads.state.isRunning) report(phase, totalBytes);
          },
        });
      } catch (error) {
        // Before the downloads are stopped for it.
        if (isAppError(error) && /^(?:archive|recipe|tree)-/.test(error.code)) downloads.spoil();
        throw error;
      }
    }
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
    const own = fetchOne(item, options, { depth: 0, isSecond: false }).finally(() => {
      if (running.get(key) === own) running.delete(key);
    });
    running.set(key, own);
    return own;
  };

  return {
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

/** The first method that is understood. @see store.md 5.1 */
function chooseMethod(implementation: ChosenImplementation, uri: string): UsableMethod {
  const method = implementation.retrievalMethods.find((each): each is UsableMethod => each.type !== 'unusable');
  if (!method) throw new AppError('no-retrieval-method', { interface: uri, version: implementation.version });
  if (!isRemote(implementation.fromFeed)) return method;
  const steps = method.type === 'recipe' ? method.steps : [method];
  for (const step of steps) {
    if ((step.type === 'archive' || step.type === 'file') && !hasScheme(step.href)) {
      throw new AppError('bad-feed', {
        feed: implementation.fromFeed,
        reason: `Relative URL '${step.href}' in non-local feed`,
      });
    }
  }
  return method;
}

/** @throws AppError `archive-unsupported` if nobody says what type of archive it is */
function archiveOf({ href, mimeType }: ArchiveStep): { readonly name: string; readonly mimeType: string } {
  const type = mimeType ?? guessMimeType(href);
  if (type === null) throw new AppError('archive-unsupported', { name: href, type: '?' });
  return { name: baseName(href), mimeType: type };
}

function downloadBytes(steps: readonly RecipeStep[]): number {
  return steps.reduce((sum, step) => sum + (step.type === 'archive' || step.type === 'file' ? step.sizeBytes : 0), 0);
}

function hasScheme(href: string): boolean {
  return /^[a-z]+:\/\//i.test(href);
}

/** A relative `href` names a file beside the local feed; an absolute one is an error. */
function localPath(feed: string, href: string): string {
  if (href.startsWith('/')) throw new AppError('bad-feed', { feed, reason: `Absolute path '${href}' in href` });
  return `${feed.slice(0, feed.lastIndexOf('/'))}/${href}`;
}

function baseName(href: string): string {
  return href.slice(href.lastIndexOf('/') + 1) || href;
}
