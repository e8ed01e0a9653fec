import type { DesktopPlace, Profile } from '../../shared/model/index.ts';
import { Profile as ProfileSchema } from '../../shared/model/profile.ts';
import type { AppStorePort, StoredApp } from '../core/ports/app-store.ts';
import type { BundleContents } from '../core/ports/bundle.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { KeyStorePort } from '../core/ports/signature.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { feedDomain } from '../core/trust/domain.ts';
import { keyIdOf } from '../core/trust/packets.ts';
import { trustByDomain } from '../core/trust/trust-db.ts';
import type { FeedService } from './feed-service.ts';
import type { IntegrateService } from './integrate-service.ts';
import type { LibraryService } from './library-service.ts';
import { toRequirements } from './run-service.ts';
import type { SelectService } from './select-service.ts';
import { isRemote, lastSegment } from './solve-view.ts';

/** What a person has, as a profile, and with all that it needs. */
export interface ProfileExport {
  profile(): Promise<Profile>;
  /** With the feeds, their keys, and the implementations that apps and programs use now. */
  bundle(): Promise<BundleContents>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'names' | 'read'>;
  readonly library: Pick<LibraryService, 'read'>;
  readonly integrations: Pick<IntegrateService, 'list'>;
  readonly preferences: Pick<PreferencesPort, 'readInterface' | 'readFeed'>;
  readonly trustDb: Pick<TrustDbPort, 'read'>;
  readonly keys: Pick<KeyStorePort, 'find'>;
  readonly feeds: Pick<FeedService, 'signaturesOf'>;
  readonly feedCache: Pick<FeedCachePort, 'read'>;
  readonly select: Pick<SelectService, 'local'>;
  readonly store: Pick<StorePort, 'lookup'>;
}

const places: readonly DesktopPlace[] = ['menu', 'autostart', 'file-types'];

/** Creates the service. */
export function createProfileExport(deps: Deps): ProfileExport {
  const { preferences, feedCache, select } = deps;

  const storedApps = async (): Promise<readonly StoredApp[]> => {
    const found = [];
    for (const name of await deps.apps.names()) found.push(await deps.apps.read(name));
    return found.filter((app) => app !== null && isRemote(app.requirements.interface)) as readonly StoredApp[];
  };

  /** What apps and programs are started with, and the feeds that decide about it; by address, since several may share one. */
  const collect = async () => {
    const apps = await storedApps();
    const library = Object.entries(await deps.library.read()).filter(([uri]) => isRemote(uri));
    const uris = new Set(apps.map(({ requirements }) => requirements.interface));
    const programs = library.filter(([uri]) => !uris.has(uri));
    const feeds = new Set<string>();
    const interfaces = new Set<string>();
    const selections = apps.map((app) => app.selections);
    const requests = [
      ...apps.map(({ requirements }) => requirements),
      ...programs.map(([uri]) => toRequirements({ interface: uri })),
    ];
    for (const [index, requirements] of requests.entries()) {
      const answer = await select.local(requirements);
      for (const feed of [requirements.interface, ...answer.usedFeeds]) if (isRemote(feed)) feeds.add(feed);
      if (answer.status === 'solved' && index >= apps.length) selections.push(answer.selections);
      for (const { role } of answer.tree) if (isRemote(role.interface)) interfaces.add(role.interface);
    }
    for (const { selections: all } of selections) {
      for (const { interface: uri, fromFeed } of all) {
        if (isRemote(uri)) interfaces.add(uri);
        if (isRemote(fromFeed)) feeds.add(fromFeed);
      }
    }
    return { apps, programs, feeds: [...feeds].sort(), interfaces: [...interfaces].sort(), selections };
  };
  type Collected = Awaited<ReturnType<typeof collect>>;

  const keysFor = async (feeds: readonly string[]): Promise<Profile['keys']> => {
    const wanted = new Set(feeds.map(feedDomain));
    const domains = new Map<string, string[]>();
    for (const [domain, fingerprints] of trustByDomain((await deps.trustDb.read()).db)) {
      if (!wanted.has(domain)) continue;
      for (const each of fingerprints) domains.set(each, [...(domains.get(each) ?? []), domain]);
    }
    const found: Profile['keys'] = [];
    for (const [fingerprint, of] of [...domains].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const name = (await deps.keys.find(fingerprint))[0]?.identity ?? null;
      found.push({ fingerprint, name: name === '' ? null : (name?.slice(0, 256) ?? null), domains: of.sort() });
    }
    return found;
  };

  const describe = async ({ apps, programs, feeds, interfaces }: Collected): Promise<Profile> => {
    const integrated = await deps.integrations.list();
    const placesOf = (name: string | null, uri: string): DesktopPlace[] =>
      places.filter((place) =>
        integrated.some(({ kind, app, uri: of, isRemovable }) => {
          return kind === place && isRemovable && (name === null ? app === null && of === uri : app === name);
        }),
      );
    const profile: Profile = {
      format: 'zerodesk-profile',
      version: 1,
      apps: apps.map(({ name, requirements: { interface: uri, command, restrictions } }) => {
        return { name, interface: uri, command, restrictions: { ...restrictions }, integrations: placesOf(name, uri) };
      }),
      programs: programs.map(([uri, { name }]) => {
        return { interface: uri, name: name ?? lastSegment(uri), integrations: placesOf(null, uri) };
      }),
      policies: [],
      feeds: [],
      ratings: [],
      keys: await keysFor(feeds),
    };
    for (const uri of interfaces) {
      const { policy, feeds: extra } = await preferences.readInterface(uri);
      if (policy !== null) profile.policies.push({ interface: uri, stability: policy as never });
      for (const { src } of extra) if (isRemote(src)) profile.feeds.push({ interface: uri, feed: src });
    }
    for (const feed of feeds) {
      const { ratings } = await preferences.readFeed(feed);
      for (const [id, rating] of ratings) profile.ratings.push({ feed, id, rating });
    }
    // What cannot be said in a profile must not make one that nobody can read.
    return ProfileSchema.parse(profile);
  };

  return {
    profile: async () => describe(await collect()),
    async bundle() {
      const collected = await collect();
      const feeds = new Map<string, Uint8Array>();
      const keys = new Map<string, Uint8Array>();
      for (const url of collected.feeds) {
        const bytes = await feedCache.read(url);
        if (bytes === null) continue;
        feeds.set(url, bytes);
        for (const { fingerprint } of await deps.feeds.signaturesOf(url)) {
          for (const key of await deps.keys.find(fingerprint)) keys.set(keyIdOf(fingerprint), key.bytes);
        }
      }
      const implementations = new Map<string, string>();
      for (const { selections } of collected.selections) {
        for (const { kind, digests } of selections) {
          const found = kind === 'stored' ? await deps.store.lookup(digests) : null;
          const digest = found?.path.split('/').at(-1);
          if (found && digest !== undefined) implementations.set(digest, found.path);
        }
      }
      return { profile: formatProfile(await describe(collected)), feeds, keys, implementations };
    },
  };
}

/** The text of a profile: a line for each value, in an order that does not change, for people and version control. */
export function formatProfile(profile: Profile): string {
  return `${JSON.stringify(profile, null, 2)}\n`;
}
