import { isAppError } from '../../../shared/errors/app-error.ts';
import type { DesktopPlace, Profile, ProfileItem, Stability } from '../../../shared/model/index.ts';
import { parseVersionExpression } from '../version/expression.ts';

type Restrictions = Readonly<Record<string, string>>;

/** What is here, as far as a profile speaks of it. */
export interface PresentState {
  readonly apps: ReadonlyMap<string, Pick<Profile['apps'][number], 'interface' | 'command' | 'restrictions'>>;
  /** A command of this name that is not an app; null = none. */
  readonly commands: ReadonlyMap<string, string>;
  /** *My apps*. */
  readonly programs: ReadonlySet<string>;
  readonly policies: ReadonlyMap<string, Stability>;
  readonly feeds: ReadonlyMap<string, readonly string[]>;
  /** By feed, then by id. */
  readonly ratings: ReadonlyMap<string, ReadonlyMap<string, Stability>>;
  /** Domains by fingerprint. */
  readonly trust: ReadonlyMap<string, readonly string[]>;
  /** By the name of an app or the address of a program. */
  readonly integrations: ReadonlyMap<string, readonly DesktopPlace[]>;
}

/** What an item of a plan does when it is wanted. */
export type ProfileAction =
  | { readonly kind: 'key'; readonly fingerprint: string; readonly domain: string }
  | { readonly kind: 'policy'; readonly interface: string; readonly stability: Stability }
  | { readonly kind: 'feed'; readonly interface: string; readonly feed: string }
  | { readonly kind: 'rating'; readonly feed: string; readonly id: string; readonly rating: Stability }
  | { readonly kind: 'app'; readonly app: Profile['apps'][number]; readonly isThere: boolean }
  | { readonly kind: 'program'; readonly interface: string; readonly name: string }
  | { readonly kind: 'integration'; readonly uri: string; readonly app: string | null; readonly place: DesktopPlace };

/** An item with what it does. */
export interface PlannedItem {
  readonly item: ProfileItem;
  readonly action: ProfileAction;
}

type Line = Pick<ProfileItem, 'subject' | 'wanted' | 'present'> & {
  readonly action: ProfileAction;
  readonly reason?: string | null;
  readonly isAddition?: boolean;
};

/** Compares a profile with what is here, in the order in which things have to be done. */
export function planImport(profile: Profile, present: PresentState): readonly PlannedItem[] {
  const lines: readonly Line[] = [
    ...profile.keys.flatMap((key) => keyLines(key, present)),
    ...profile.policies.map(({ interface: uri, stability }): Line => ({
      subject: uri,
      wanted: stability,
      present: present.policies.get(uri) ?? null,
      action: { kind: 'policy', interface: uri, stability },
    })),
    ...profile.feeds.map(({ interface: uri, feed }): Line => ({
      subject: uri,
      wanted: feed,
      present: present.feeds.get(uri)?.includes(feed) === true ? feed : null,
      action: { kind: 'feed', interface: uri, feed },
    })),
    ...profile.ratings.map(({ feed, id, rating }): Line => ({
      subject: `${feed} ${id}`,
      wanted: rating,
      present: present.ratings.get(feed)?.get(id) ?? null,
      action: { kind: 'rating', feed, id, rating },
    })),
    ...profile.apps.map((app) => appLine(app, present)),
    ...profile.programs.map(({ interface: uri, name }): Line => ({
      subject: name,
      wanted: uri,
      present: present.programs.has(uri) ? uri : null,
      action: { kind: 'program', interface: uri, name },
    })),
    ...profile.apps.flatMap(({ name, interface: uri, integrations }) =>
      placeLines({ key: name, uri, app: name, places: integrations }, present),
    ),
    ...profile.programs.flatMap(({ name, interface: uri, integrations }) =>
      placeLines({ key: uri, uri, app: null, places: integrations, name }, present),
    ),
  ];
  return lines.map(({ action, reason = null, ...rest }, index) => {
    const status: ProfileItem['status'] =
      reason !== null ? 'refused' : rest.present === null ? 'add' : rest.present === rest.wanted ? 'keep' : 'conflict';
    const { subject, wanted, present: here } = rest;
    const item = { id: String(index), kind: action.kind, subject, wanted, present: here, status, reason };
    return { item: { ...item, outcome: 'none', error: null }, action };
  });
}

function keyLines({ fingerprint, name, domains }: Profile['keys'][number], { trust }: PresentState): readonly Line[] {
  return domains.map((domain): Line => ({
    subject: domain,
    wanted: name === null ? fingerprint : `${name} ${fingerprint}`,
    present:
      trust.get(fingerprint)?.includes(domain) === true
        ? name === null
          ? fingerprint
          : `${name} ${fingerprint}`
        : null,
    action: { kind: 'key', fingerprint, domain },
  }));
}

function appLine(app: Profile['apps'][number], { apps, commands }: PresentState): Line {
  const here = apps.get(app.name);
  const hidden = commands.get(app.name);
  return {
    subject: app.name,
    wanted: describe(app),
    present: here === undefined ? null : describe(here),
    reason:
      badRestriction(app.restrictions) ??
      // A stranger must not put a program of his in the place of one that is called by this name.
      (here === undefined && hidden !== undefined ? `there is a command of this name: ${hidden}` : null),
    action: { kind: 'app', app, isThere: here !== undefined },
  };
}

interface Places {
  readonly key: string;
  readonly uri: string;
  readonly app: string | null;
  readonly places: readonly DesktopPlace[];
  readonly name?: string;
}

function placeLines({ key, uri, app, places, name = key }: Places, { integrations }: PresentState): readonly Line[] {
  return [...new Set(places)].map((place): Line => ({
    subject: name,
    wanted: place,
    present: integrations.get(key)?.includes(place) === true ? place : null,
    action: { kind: 'integration', uri, app, place },
  }));
}

function describe({
  interface: uri,
  command,
  restrictions,
}: {
  readonly interface: string;
  readonly command: string | null;
  readonly restrictions: Restrictions;
}): string {
  const parts = Object.entries(restrictions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([of, expression]) => (of === uri ? expression : `${of} ${expression}`));
  return [uri, ...(command === 'run' ? [] : [`(${command ?? '-'})`]), ...parts].join(' ');
}

function badRestriction(restrictions: Restrictions): string | null {
  for (const expression of Object.values(restrictions)) {
    try {
      parseVersionExpression(expression);
    } catch (error) {
      if (isAppError(error, 'bad-version')) return error.params.reason;
      throw error;
    }
  }
  return null;
}
