import * as fs from 'node:fs';
import { basename, resolve } from 'node:path';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import {
  bestDigest,
  isAlgorithm,
  parseDigestInput,
  parseDigestName,
  type KnownDigest,
} from '../../core/manifest/digest-name.ts';
import { manifestName } from '../../core/manifest/tree.ts';
import type { PrivateReason, ShareHelper } from '../../core/sharing/facts.ts';
import type {
  AddRequest,
  StoreDirectory,
  StoredImplementation,
  StorePort,
  UnpackLimits,
} from '../../core/ports/store.ts';
import { errorCode, isRefusal, toFileError } from '../file-error.ts';
import { isDirectory } from './is-directory.ts';
import { placeTree } from './place-tree.ts';
import { moveAway } from './store-entries.ts';
import type { TaskRunner } from './tasks.ts';
import type { TemporaryPlaces } from './temporary-places.ts';

/** Hands finished trees to the helper of the shared store. */
export interface Sharing {
  /** Looked for anew. */
  readonly helper: () => ShareHelper | null;
  /** Of the helper's process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told once for each reason when something could not be shared and is this user's alone. */
  readonly onPrivate: (why: PrivateReason) => void;
}

interface ShareTarget {
  /** The shared store. */
  readonly shared: string;
  readonly signal: AbortSignal | undefined;
}

interface Deps {
  /** Null if everything is portable. */
  readonly sharing: Sharing | null;
  readonly tasks: Pick<TaskRunner, 'run'>;
  readonly places: TemporaryPlaces;
  /** Read anew. */
  readonly directories: () => readonly StoreDirectory[];
  readonly userStore: () => string;
  readonly lookup: (digests: readonly string[]) => StoredImplementation | null;
  readonly limits: Partial<UnpackLimits> | undefined;
}

/** The part of a store that makes implementations appear. @see store.md 6 */
export function createAdding({
  sharing,
  tasks,
  places,
  directories,
  userStore,
  lookup,
  limits,
}: Deps): Pick<StorePort, 'add' | 'copy' | 'share'> {
  const add = async (request: AddRequest): Promise<StoredImplementation> => {
    const { signal, onProgress, replaces } = request;
    checkSignal(signal);
    const digest = digestToBuild(request.digests);
    const found = replaces === undefined ? lookup(request.digests) : null;
    if (found !== null) return found;
    const store = userStore();
    return places.with(store, async (place) => {
      const all = { ...limits, ...request.limits };
      const { steps } = request;
      const isFollowing = steps.some((step) => 'growth' in step && step.growth !== undefined);
      await tasks.run('build', { place, digest, steps, limits: all }, { signal, onProgress, isFollowing });
      checkSignal(signal);
      return replaces === undefined
        ? placeAnywhere(place, digest, signal)
        : replace(replaces, () => placeAnywhere(place, digest, signal));
    });
  };

  /** Into the shared store by its helper, or directly if we may write there, else into the user's. */
  const placeAnywhere = async (
    place: string,
    digest: KnownDigest,
    signal: AbortSignal | undefined,
  ): Promise<StoredImplementation> => {
    const shared = directories().find(({ name }) => name === 'shared');
    if (shared !== undefined) {
      const isShared = mayPlace(shared)
        ? await placeInShared(place, shared.path, digest)
        : await shareByHelper(place, digest, { shared: shared.path, signal });
      if (isShared) return { path: `${shared.path}/${digest.directory}`, store: shared.path };
    }
    const store = userStore();
    placeTree(place, store, digest.directory);
    return { path: `${store}/${digest.directory}`, store };
  };

  /** Root may write anywhere, but what it leaves in a store of the helper's the helper could not remove. */
  const mayPlace = (shared: StoreDirectory): boolean => shared.isWritable && (sharing?.helper() ?? null) === null;

  /** @returns false if it is not in the shared store after that, for whatever reason */
  const shareByHelper = async (place: string, digest: KnownDigest, target: ShareTarget): Promise<boolean> => {
    // Where nobody made a shared store, nobody misses it.
    if (sharing === null || !isDirectory(target.shared)) return false;
    try {
      const why = await handOver(place, digest, target);
      if (why === null) return true;
      sharing.onPrivate(why);
    } catch (error) {
      if (!isAppError(error, 'share-failed')) throw error;
      sharing.onPrivate({ kind: 'failed', reason: error.params.reason });
    }
    return false;
  };

  /** @returns null if it is in the shared store. @throws AppError `share-failed`, `cancelled` */
  const handOver = async (
    place: string,
    digest: KnownDigest,
    { shared, signal }: ShareTarget,
  ): Promise<PrivateReason | null> => {
    const helper = sharing?.helper() ?? null;
    if (sharing === null || helper === null) return { kind: 'no-helper' };
    const result = await tasks.run('share', { place, digest, helper, env: sharing.env }, { signal });
    if (result.state === 'refused') return { kind: 'refused', code: result.code };
    // The helper may be anybody's: what counts is what is there.
    return isDirectory(`${shared}/${digest.directory}`) ? null : { kind: 'failed', reason: 'nothing was stored' };
  };

  const share: StorePort['share'] = async (name, signal) => {
    const digest = parseDigestName(name);
    const shared = directories().find((store) => store.name === 'shared');
    if (digest === null || digest.algorithm === 'sha1' || shared === undefined) return false;
    const place = `${userStore()}/${digest.directory}`;
    if (!isDirectory(place)) return false;
    if (mayPlace(shared)) await copyTo(place, shared.path, digest, signal);
    else if ((await handOver(place, digest, { shared: shared.path, signal })) !== null) return false;
    const away = moveAway(place);
    if (away !== null) await places.discard(away);
    return true;
  };

  /** Takes a damaged copy away for as long as it takes to put the new one there; it comes back if that fails. */
  const replace = async <T>(damaged: string, action: () => Promise<T>): Promise<T> => {
    const away = takeAway(damaged);
    try {
      const result = await action();
      if (away !== null) await places.discard(away);
      return result;
    } catch (error) {
      if (away !== null) fs.renameSync(away, damaged);
      throw error;
    }
  };

  /** @returns null if its store is not ours to change: the user's store is searched before it */
  const takeAway = (damaged: string): string | null => {
    const isOurs = directories().some(
      ({ path, isWritable }) => isWritable && damaged === `${path}/${basename(damaged)}`,
    );
    if (!isOurs) return null;
    try {
      return moveAway(damaged);
    } catch (error) {
      if (isRefusal(error)) return null;
      throw error;
    }
  };

  /** @returns false if the shared store does not take it after all */
  const placeInShared = async (place: string, shared: string, digest: KnownDigest): Promise<boolean> => {
    try {
      placeTree(place, shared, digest.directory);
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      if (errorCode(error) !== 'EXDEV') throw toFileError(error, shared);
    }
    try {
      await copyTo(place, shared, digest);
      return true;
    } catch (error) {
      if (isRefusal(error) || isAppError(error, 'disk-full')) return false;
      throw error;
    }
  };

  // eslint-disable-next-line @typescript-eslint/max-params -- private, and what, where to, and how to watch it
  const copyTo = (from: string, store: string, digest: KnownDigest, signal?: AbortSignal): Promise<boolean> =>
    places.with(store, async (place) => {
      await tasks.run('copy', { from, place, digest }, { signal });
      checkSignal(signal);
      return placeTree(place, store, digest.directory);
    });

  return {
    add,
    share,
    async copy(source, target, signal) {
      checkSignal(signal);
      const from = resolve(source);
      const digest = parseDigestInput(basename(from));
      if (digest.algorithm === 'sha1') {
        throw new AppError('not-allowed', {
          reason: 'two trees can have one sha1 digest, so it is no proof for a copy',
        });
      }
      const manifest = `${from}/${manifestName}`;
      if (fs.lstatSync(manifest, { throwIfNoEntry: false })?.isFile() !== true) {
        throw new AppError('file-missing', { path: manifest });
      }
      const store = target === null ? userStore() : resolve(target);
      if (target !== null && fs.statSync(store, { throwIfNoEntry: false })?.isDirectory() !== true) {
        throw new AppError('file-missing', { path: store });
      }
      const path = `${store}/${digest.directory}`;
      if (!isDirectory(path)) await copyTo(from, store, digest, signal);
      return { path, store };
    },
  };
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AppError('cancelled', {});
}

/** The digest to build by. @throws AppError `bad-digest`, `digest-unsupported` */
function digestToBuild(names: readonly string[]): KnownDigest {
  const digest = bestDigest(names);
  // The old format is ambiguous: two trees can have one digest. What is stored by it can still be used.
  if (digest !== null && digest.algorithm !== 'sha1') return digest;
  const malformed = names.find((name) => isAlgorithm(algorithmOf(name)) && parseDigestName(name) === null);
  if (malformed !== undefined) throw new AppError('bad-digest', { text: malformed });
  throw new AppError('digest-unsupported', { algorithms: names.map(algorithmOf).join(', ') });
}

function algorithmOf(name: string): string {
  return /^[^=_]*/.exec(name)?.[0] ?? '';
}
