import { AppError } from '../../shared/errors/app-error.ts';
import type {
  PrivateItem,
  ShareAccount,
  SharedItem,
  ShareHealth,
  ShareLogEntry,
  ShareOverview,
} from '../../shared/model/sharing.ts';
import { parseDigestName } from '../core/manifest/digest-name.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { NearbyPort } from '../core/ports/nearby.ts';
import type { ShareHelperPort } from '../core/ports/share-helper.ts';
import type { ShareSetupPort } from '../core/ports/share-setup.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { StoredOwner } from '../core/select/model.ts';
import { judgeHealth } from '../core/sharing/health.ts';
import { maxDigests, type Reply, type ShareCleaning, type ShareStatus } from '../core/sharing/protocol.ts';
import { setupSteps, type SetupStepId } from '../core/sharing/setup-plan.ts';
import { privateCause } from '../core/sharing/why-private.ts';

/** The shared store of this computer: whether it works, who uses what, and what is not in it. */
export interface ShareService {
  health(signal?: AbortSignal): Promise<ShareHealth>;
  overview(signal?: AbortSignal): Promise<ShareOverview>;
  /** Everything that setting up takes and this computer can do, as commands for a shell of root. */
  setupCommands(): readonly string[];
  /** Does all steps that can be done here. Only for root. @throws AppError `setup-failed`, `permission-denied` */
  setUp(onStep: (id: SetupStepId) => void): Promise<void>;
  /** Takes them back, the last first; what was shared stays. Only for root. */
  undo(onStep: (id: SetupStepId) => void): Promise<void>;
  /**
   * Moves copies of the user's own store to the shared one.
   * @returns which were moved
   * @throws AppError `share-failed`, `cancelled`
   */
  move(digests: readonly string[], options?: MoveOptions): Promise<readonly string[]>;
  /**
   * Says what this user needs of the shared store, and no longer needs.
   * @returns null if nobody keeps account of it
   */
  register(needed: ReadonlySet<string>, signal?: AbortSignal): Promise<{ claimed: number; released: number } | null>;
  /** Whether computers of the local network are asked before anything is downloaded. */
  askNearby(isAllowed: boolean): Promise<void>;
  /** Removes what nobody needs any more. Only for root. @throws AppError `share-failed`, `not-allowed` */
  clean(options: CleanOptions): Promise<ShareCleaning>;
}

/** How moving is watched. */
export interface MoveOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (state: { readonly done: number; readonly count: number }) => void;
}

/** How to clean. */
export interface CleanOptions {
  readonly isDryRun: boolean;
  /** Null for what the administrator's file of limits says. */
  readonly graceDays: number | null;
  readonly signal?: AbortSignal | undefined;
}

interface Deps {
  readonly helper: ShareHelperPort;
  readonly setup: ShareSetupPort;
  readonly store: Pick<StorePort, 'list' | 'directories' | 'measure' | 'share'>;
  readonly solver: Pick<SolverPort, 'owners'>;
  readonly feedCache: Pick<FeedCachePort, 'list'>;
  /** Directory names that running programs use: of all users if root asks. */
  readonly inUse: () => ReadonlySet<string>;
  readonly nearby: Pick<NearbyPort, 'isAllowed' | 'allow'>;
  readonly isPortable: boolean;
}

/** Creates the service. */
export function createShareService(deps: Deps): ShareService {
  const { helper, setup, store, isPortable } = deps;

  const health: ShareService['health'] = async (signal) => {
    const isSupported = setup.isSupported && !isPortable;
    const [steps, trial] = isSupported ? await Promise.all([setup.inspect(), setup.attempt(signal)]) : [[], null];
    const commands = (id: SetupStepId): readonly string[] => setup.commands(id);
    return judgeHealth({ isSupported, isPortable, helper: helper.find(), steps, trial, commands });
  };

  /** Nothing if the helper does not know what is asked, or there is none. */
  const askIf = async <S extends Reply['state']>(
    state: S,
    request: 'status' | 'usage' | 'log',
    signal: AbortSignal | undefined,
  ): Promise<Extract<Reply, { state: S }> | null> => {
    const reply = await helper.ask({ request }, signal);
    return reply?.state === state ? (reply as Extract<Reply, { state: S }>) : null;
  };

  const ownersOf = async (
    names: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<Readonly<Record<string, StoredOwner>>> => deps.solver.owners(await deps.feedCache.list(), names, signal);

  return {
    health,
    setupCommands: () => setupSteps.flatMap(({ id }) => setup.commands(id)),
    async overview(signal) {
      const entries = (await store.list()).filter(({ kind }) => kind === 'implementation');
      const stores = store.directories();
      const state = await health(signal);
      const isAsked = state.isOwnHelper;
      const [status, usage, log] = isAsked
        ? await Promise.all([
            askIf('status', 'status', signal),
            askIf('usage', 'usage', signal),
            askIf('log', 'log', signal),
          ])
        : [null, null, null];
      const logged = log?.events.map(({ digest }) => digest).filter((digest) => parseDigestName(digest) !== null) ?? [];
      const owners = await ownersOf([...new Set([...entries.map(({ name }) => name), ...logged])], signal);
      const nameOf = (digest: string): Pick<SharedItem, 'name' | 'version'> => ({
        name: owners[digest]?.name ?? null,
        version: owners[digest]?.version ?? null,
      });
      const own = entries.filter(({ storeIndex }) => stores[storeIndex]?.name === 'user');
      const sizes = await store.measure(own, signal);
      const hasShared = stores.some(({ name }) => name === 'shared');
      const items = own.map(({ name }, index): PrivateItem => ({
        digest: name,
        ...nameOf(name),
        sizeBytes: sizes.items[index]?.sizeBytes ?? 0,
        cause: privateCause({ digest: name }, { health: state, hasShared }),
      }));
      const events = log?.events.map((event): ShareLogEntry => ({ ...event, ...nameOf(event.digest) })) ?? [];
      return {
        health: state,
        account: status === null ? null : toAccount(status.status),
        stores: stores.map(({ name, path, isWritable }, index) => ({
          name,
          path,
          isWritable,
          count: entries.filter(({ storeIndex }) => storeIndex === index).length,
        })),
        shared:
          usage?.usage.map((item): SharedItem => ({
            ...item,
            uids: item.uids === undefined ? null : [...item.uids],
            ...nameOf(item.digest),
          })) ?? [],
        private: items,
        log: events,
        asksNearby: await deps.nearby.isAllowed(),
      };
    },
    async setUp(onStep) {
      const facts = await setup.inspect();
      for (const { id, isOptional } of setupSteps) {
        const isUnsupported = facts.find((fact) => fact.id === id)?.problem?.kind === 'unsupported';
        if (isOptional && isUnsupported) continue;
        onStep(id);
        await setup.apply(id);
      }
    },
    async undo(onStep) {
      for (const { id } of setupSteps.toReversed()) {
        onStep(id);
        await setup.undo(id);
      }
    },
    async move(digests, { signal, onProgress } = {}) {
      const moved: string[] = [];
      const used = deps.inUse();
      for (const [index, digest] of digests.entries()) {
        signal?.throwIfAborted();
        if (!used.has(digest) && (await store.share(digest, signal))) moved.push(digest);
        onProgress?.({ done: index + 1, count: digests.length });
      }
      return moved;
    },
    async register(needed, signal) {
      const known = await askIf('usage', 'usage', signal);
      if (known === null) return null;
      const claimed = known.usage.filter(({ digest }) => needed.has(digest)).map(({ digest }) => digest);
      const released = known.usage
        .filter(({ digest, isMine }) => isMine && !needed.has(digest))
        .map(({ digest }) => digest);
      const send = async (request: 'claim' | 'release', digests: readonly string[]): Promise<void> => {
        for (let start = 0; start < digests.length; start += maxDigests) {
          await helper.ask({ request, digests: digests.slice(start, start + maxDigests) }, signal);
        }
      };
      await send('claim', claimed);
      await send('release', released);
      return { claimed: claimed.length, released: released.length };
    },
    askNearby: (isAllowed) => deps.nearby.allow(isAllowed),
    async clean({ isDryRun, graceDays, signal }) {
      const status = await askIf('status', 'status', signal);
      if (status === null) throw new AppError('share-failed', { reason: 'there is no helper that keeps accounts' });
      const present = new Set((await store.list()).map(({ name }) => name));
      const inUse = [...deps.inUse()].filter((digest) => present.has(digest));
      // Leaving some out could remove what is in use.
      if (inUse.length > maxDigests) throw new AppError('share-failed', { reason: 'too much of it is in use' });
      const days = graceDays ?? status.status.graceDays;
      const reply = await helper.ask({ request: 'clean', graceDays: days, isDryRun, inUse }, signal);
      if (reply?.state === 'cleaned') return reply.cleaning;
      if (reply?.state === 'refused' && reply.code === 'denied') {
        throw new AppError('not-allowed', { reason: reply.reason ?? reply.code });
      }
      throw new AppError('share-failed', { reason: reply?.state === 'refused' ? reply.code : 'no answer' });
    },
  };
}

function toAccount({ user, quota, freeBytes, floorBytes, graceDays }: ShareStatus): ShareAccount {
  const { isAdmin, bytes, count, addsLastHour } = user;
  return { isAdmin, bytes, count, addsLastHour, quota, freeBytes, floorBytes, graceDays };
}
