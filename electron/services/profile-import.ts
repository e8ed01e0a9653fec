import { AppError, isAppError, toErrorData, type ErrorData } from '../../shared/errors/app-error.ts';
import type { Answer, DesktopPlace, Profile, ProfileItem, Stability, TrustQuestion } from '../../shared/model/index.ts';
import { Profile as ProfileSchema } from '../../shared/model/profile.ts';
import type { AppRequirements } from '../core/apps/requirements-json.ts';
import type { OpenedBundle } from '../core/ports/bundle.ts';
import type { AppStorePort } from '../core/ports/app-store.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { KeyStorePort } from '../core/ports/signature.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { planImport, type PlannedItem, type PresentState, type ProfileAction } from '../core/profile/plan.ts';
import type { Selections } from '../core/selections/model.ts';
import { isTrustedFor, trustByDomain, withTrust } from '../core/trust/trust-db.ts';
import type { AppService } from './app-service.ts';
import type { FeedService } from './feed-service.ts';
import type { IntegrateService } from './integrate-service.ts';
import type { LibraryService } from './library-service.ts';
import { toRequirements } from './run-service.ts';

/** How things are done by those who asked for them. */
export interface ImportWork {
  /** Items of the plan that are wanted. */
  readonly wanted: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly ask: (question: TrustQuestion) => Promise<Answer>;
  /** Selects and downloads. */
  readonly install: (requirements: AppRequirements) => Promise<Selections>;
  /** Told of each item when it is over. */
  readonly onItem?: (item: ProfileItem) => void;
}

/** What became of an import. */
export interface ImportResult {
  readonly items: readonly ProfileItem[];
  readonly problems: readonly ErrorData[];
}

/** Taking over what a profile says. Nothing of it is believed: what it names goes through all checks of a download. */
export interface ProfileImport {
  /** @throws AppError `bad-profile` */
  parse(text: string, name: string): Profile;
  /** What it would do; nothing is changed. */
  plan(profile: Profile): Promise<readonly PlannedItem[]>;
  /**
   * Does what is wanted of it, one after the other; one that fails stops none of the others.
   *
   * @returns all items, with outcomes, and what of the bundle was refused
   */
  apply(plan: readonly PlannedItem[], bundle: OpenedBundle | null, work: ImportWork): Promise<ImportResult>;
}

interface Deps {
  readonly apps: Pick<AppService, 'add' | 'find' | 'update' | 'checkNew'>;
  readonly appStore: Pick<AppStorePort, 'names' | 'readRequirements' | 'writeRequirements'>;
  readonly library: Pick<LibraryService, 'read' | 'add'>;
  readonly integrations: Pick<IntegrateService, 'list' | 'integrate'>;
  readonly preferences: PreferencesPort;
  readonly trustDb: TrustDbPort;
  readonly keys: Pick<KeyStorePort, 'add'>;
  readonly feeds: Pick<FeedService, 'importFeed'>;
  readonly store: Pick<StorePort, 'add' | 'lookup'>;
  /** A program of this name in `PATH`. */
  readonly findCommand: (name: string) => string | null;
}

/** Creates the service. */
export function createProfileImport(deps: Deps): ProfileImport {
  const { apps, appStore, library, integrations, preferences, trustDb } = deps;

  const present = async (profile: Profile): Promise<PresentState> => {
    const found = new Map<string, PresentState['apps'] extends ReadonlyMap<string, infer T> ? T : never>();
    const commands = new Map<string, string>();
    for (const { name } of profile.apps) {
      const requirements = await appStore.readRequirements(name);
      if (requirements) found.set(name, requirements);
      const command = deps.findCommand(name);
      if (command !== null) commands.set(name, command);
    }
    const policies = new Map<string, Stability>();
    const feeds = new Map<string, readonly string[]>();
    for (const uri of new Set([...profile.policies, ...profile.feeds].map((each) => each.interface))) {
      const settings = await preferences.readInterface(uri);
      if (settings.policy !== null) policies.set(uri, settings.policy);
      feeds.set(
        uri,
        settings.feeds.map(({ src }) => src),
      );
    }
    const ratings = new Map<string, ReadonlyMap<string, Stability>>();
    for (const feed of new Set(profile.ratings.map((each) => each.feed))) {
      ratings.set(feed, (await preferences.readFeed(feed)).ratings);
    }
    const trust = new Map<string, string[]>();
    for (const [domain, fingerprints] of trustByDomain((await trustDb.read()).db)) {
      for (const each of fingerprints) trust.set(each, [...(trust.get(each) ?? []), domain]);
    }
    const places = new Map<string, DesktopPlace[]>();
    for (const { kind, app, uri, isRemovable } of await integrations.list()) {
      const key = app ?? uri;
      if (key === null || kind === 'alias' || !isRemovable) continue;
      places.set(key, [...(places.get(key) ?? []), kind]);
    }
    const programs = new Set(Object.keys(await library.read()));
    return { apps: found, commands, programs, policies, feeds, ratings, trust, integrations: places };
  };

  /** What comes with a bundle. Each is checked as if it had been downloaded; what is refused is left out. */
  const takeBundle = async (bundle: OpenedBundle, { signal, ask }: ImportWork): Promise<readonly ErrorData[]> => {
    const problems: ErrorData[] = [];
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      signal.throwIfAborted();
      try {
        await work();
      } catch (error) {
        if (!isAppError(error) || isAppError(error, 'cancelled')) throw error;
        problems.push(toErrorData(error));
      }
    };
    // To be here does not make a key trusted.
    for (const path of bundle.keys) {
      const id = path.split('/').at(-1)?.slice(0, 16) ?? '';
      await attempt(async () => deps.keys.add(await bundle.read(path), id));
    }
    for (const path of bundle.feeds) {
      const options = { signal, ask, isOffline: true, source: path };
      await attempt(async () => deps.feeds.importFeed(await bundle.read(path), options));
    }
    for (const { path, digest } of bundle.archives) {
      const mimeType = 'application/x-compressed-tar';
      const step = {
        type: 'archive',
        file: path,
        name: path,
        mimeType,
        extract: null,
        dest: null,
        startOffset: 0,
      } as const;
      await attempt(async () => deps.store.add({ digests: [digest], steps: [step], signal }));
    }
    return problems;
  };

  const perform = async (action: ProfileAction, work: ImportWork): Promise<void> => {
    switch (action.kind) {
      case 'key': {
        const { fingerprint, domain } = action;
        const db = await trustDb.update((all) => withTrust(all, fingerprint, domain));
        if (!isTrustedFor(db, [fingerprint], `https://${domain}/`)) throw new Error('a key was not taken over');
        return;
      }
      case 'policy':
        return preferences.setPolicy(action.interface, action.stability);
      case 'feed':
        return preferences.addFeed(action.interface, action.feed);
      case 'rating':
        return preferences.setRating(action.feed, action.id, action.rating);
      case 'program':
        return library.add(action.interface, action.name);
      case 'integration': {
        const { uri, app, place } = action;
        if (app === null) await work.install({ ...toRequirements({ interface: uri }), message: null });
        const written = await integrations.integrate({ uri, app }, { kinds: [place], alias: null });
        if (written.length === 0) throw new AppError('not-allowed', { reason: 'the program has nothing for it' });
        return;
      }
      case 'app': {
        const { name, interface: uri, command, restrictions } = action.app;
        const requirements = { ...toRequirements({ interface: uri }), command, restrictions, message: null };
        const app = action.isThere ? await apps.find(name) : null;
        if (app === null) await apps.checkNew(name);
        const selections = await work.install(requirements);
        if (app === null) await apps.add(name, requirements, selections);
        else await apps.update(app, requirements, selections);
      }
    }
  };

  return {
    parse(text, name) {
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch (error) {
        throw new AppError('bad-profile', { name, reason: 'it is not JSON' }, { cause: error });
      }
      const parsed = ProfileSchema.safeParse(json);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const place = (issue?.path ?? []).map(String).join('.');
        throw new AppError('bad-profile', {
          name,
          reason: `${place === '' ? '' : `${place}: `}${issue?.message ?? ''}`,
        });
      }
      const names = parsed.data.apps.map((app) => app.name);
      const twice = names.find((each, index) => names.indexOf(each) !== index);
      if (twice !== undefined)
        throw new AppError('bad-profile', { name, reason: `there are two apps called ${twice}` });
      return parsed.data;
    },
    plan: async (profile) => planImport(profile, await present(profile)),
    async apply(plan, bundle, work) {
      const results: ProfileItem[] = [];
      const isWanted = ({ item }: PlannedItem): boolean =>
        work.wanted.has(item.id) && (item.status === 'add' || item.status === 'conflict');
      const run = async (planned: PlannedItem): Promise<void> => {
        let item = planned.item;
        if (isWanted(planned)) {
          work.signal.throwIfAborted();
          try {
            await perform(planned.action, work);
            item = { ...item, outcome: 'done' };
          } catch (error) {
            if (isAppError(error, 'cancelled')) throw error;
            item = { ...item, outcome: 'failed', error: toErrorData(error) };
          }
          work.onItem?.(item);
        }
        results.push(item);
      };
      // Keys first: the feeds of the bundle are checked against them.
      for (const planned of plan.filter(({ action }) => action.kind === 'key')) await run(planned);
      const problems = bundle === null ? [] : await takeBundle(bundle, work);
      for (const planned of plan.filter(({ action }) => action.kind !== 'key')) await run(planned);
      return { items: results, problems };
    },
  };
}
