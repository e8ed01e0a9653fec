import type { Draft } from '../../shared/model/index.ts';
import { restrictionsOf } from '../core/apps/holding.ts';
import type { ProgramFacts, RatedVersion } from '../core/policy/presets.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { Requirements, Role, SelectQuery, VersionCandidate } from '../core/select/model.ts';
import type { AppLookup } from './app-lookup.ts';
import type { AppPast } from './app-past.ts';
import type { SelectService } from './select-service.ts';
import { isRemote } from './solve-view.ts';

/** What choosing versions otherwise has to know of one program. */
export interface Program {
  readonly facts: ProgramFacts;
  readonly name: string;
  readonly requirements: Requirements;
  readonly app: StoredApp | null;
  /** Restrictions as they would be without a hold; `null` removes one. */
  readonly released: NonNullable<Draft['restrictions']>;
  /** Restrictions as they would be with the versions that the app has now. */
  readonly held: NonNullable<Draft['restrictions']>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'versions'>;
  readonly select: Pick<SelectService, 'local' | 'policy' | 'packageReplies'>;
  readonly preferences: Pick<PreferencesPort, 'readInterface'>;
  readonly lookup: Pick<AppLookup, 'of' | 'requirementsOf'>;
  readonly past: Pick<AppPast, 'holding'>;
}

/**
 * Finds out how versions of a program are chosen now.
 *
 * @param wantedFeed a local feed that counts as registered
 */
export async function readProgram(deps: Deps, root: string, wantedFeed: string | null): Promise<Program> {
  const { solver, select } = deps;
  const [app, requirements, settings] = await Promise.all([
    deps.lookup.of(root),
    deps.lookup.requirementsOf(root),
    deps.preferences.readInterface(root),
  ]);
  const holding = app === null ? null : await deps.past.holding(app);
  const present = requirements.restrictions;
  const asked = holding === null ? present : restrictionsOf({ ...holding, hold: null });
  const released = differences(present, asked);
  const kept = app?.selections.selections.filter(({ kind }) => kind !== 'package') ?? [];
  const query: SelectQuery = {
    requirements,
    policy: await select.policy(),
    packageReplies: select.packageReplies(),
  };
  const versionsOf = async (role: Role, overrides: Draft): Promise<readonly VersionCandidate[]> =>
    (await solver.versions({ ...query, overrides, role })).rows;

  const rootRole = { interface: root, isSource: requirements.isSource };
  const feeds = wantedFeed === null ? {} : { feeds: { [root]: { added: [wantedFeed] } } };
  const { name, rows } = await solver.versions({ ...query, overrides: feeds, role: rootRole });
  const unrated = preferredRatings(rows);
  const plain: Draft = { ...feeds, ...unrated, restrictions: released, policies: { [root]: null } };
  const here = await versionsOf(rootRole, { ...plain, networkUse: 'off-line' });
  const best = here.find(({ reason, availability }) => reason === null && isHere(availability.kind)) ?? null;
  const ownFeeds = [...settings.feeds.map(({ src }) => src), ...(wantedFeed === null ? [] : [wantedFeed])].filter(
    (feed) => !isRemote(feed),
  );
  const usable = new Set((await versionsOf(rootRole, plain)).filter(({ reason }) => reason === null).map(keyOf));
  const rated = rows.map(toRated);
  return {
    name,
    requirements,
    app,
    released,
    held: Object.fromEntries(kept.map(({ interface: uri, version }) => [uri, version])),
    facts: {
      root,
      policy: settings.policy,
      versions: rated,
      // What the person says of it now, not what was asked with.
      bestHere: best === null ? null : (rated.find((one) => keyOf(one) === keyOf(best)) ?? toRated(best)),
      lifted: (await liftedIn(deps, requirements, (role) => versionsOf(role, feeds))).map(toRated),
      own: rated.filter((one) => ownFeeds.includes(one.fromFeed) && usable.has(keyOf(one))),
      isApp: app !== null,
      isHeld: holding !== null && holding.hold !== null,
    },
  };
}

/** Versions that are insecure as their feeds say, and that the person lets in, of every component in use. */
async function liftedIn(
  { select }: Deps,
  requirements: Requirements,
  versionsOf: (role: Role) => Promise<readonly VersionCandidate[]>,
): Promise<readonly VersionCandidate[]> {
  const { tree } = await select.local(requirements);
  const found: VersionCandidate[] = [];
  for (const { role } of tree) found.push(...(await versionsOf(role)).filter(isLifted));
  return found;
}

function isLifted({ stability, userRating }: RatedVersion): boolean {
  return stability === 'insecure' && userRating !== null && userRating !== 'insecure' && userRating !== 'buggy';
}

function isHere(kind: VersionCandidate['availability']['kind']): boolean {
  return kind === 'cached' || kind === 'local' || kind === 'package';
}

function keyOf({ fromFeed, id }: Pick<RatedVersion, 'fromFeed' | 'id'>): string {
  return `${fromFeed}\n${id}`;
}

function toRated({ fromFeed, id, version, stability, userRating }: RatedVersion): RatedVersion {
  return { fromFeed, id, version, stability, userRating };
}

function preferredRatings(rows: readonly RatedVersion[]): Pick<Draft, 'ratings'> {
  const ratings: Record<string, Record<string, null>> = {};
  for (const { fromFeed, id, userRating } of rows) {
    if (userRating === 'preferred') ratings[fromFeed] = { ...ratings[fromFeed], [id]: null };
  }
  return { ratings };
}

function differences(
  present: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> {
  const uris = new Set([...Object.keys(present), ...Object.keys(wanted)]);
  return Object.fromEntries(
    [...uris].filter((uri) => present[uri] !== wanted[uri]).map((uri) => [uri, wanted[uri] ?? null]),
  );
}
