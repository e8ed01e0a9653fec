import type { Draft } from '../../../shared/model/decision.ts';
import { presets } from '../../../shared/model/preset-names.ts';
import type { Preset, PresetObstacle } from '../../../shared/model/preset.ts';
import type { NetworkUse } from '../../../shared/model/settings.ts';
import type { Stability } from '../../../shared/model/stability.ts';

// A way to choose versions is nothing but settings that the reference reads as well. One is in force exactly if choosing it
// would change nothing, so no note is kept of what was chosen.

/** Settings that hold for every program. */
export interface GlobalFacts {
  readonly networkUse: NetworkUse;
  readonly helpWithTesting: boolean;
}

/** A version with what its feed and the person say of it. */
export interface RatedVersion {
  readonly fromFeed: string;
  readonly id: string;
  readonly version: string;
  readonly stability: Stability;
  readonly userRating: Stability | null;
}

/** What there is to know of a program. */
export interface ProgramFacts {
  readonly root: string;
  /** Preferred stability of its interface. */
  readonly policy: Stability | null;
  /** Versions of the program itself. */
  readonly versions: readonly RatedVersion[];
  /** The best version that is on this computer, as the default settings rank them. */
  readonly bestHere: RatedVersion | null;
  /** Versions of the program or its libraries that are insecure as their feeds say, and not as the person does. */
  readonly lifted: readonly RatedVersion[];
  /** Usable versions from local feeds that the person has registered, or wants to, for it. */
  readonly own: readonly RatedVersion[];
  readonly isApp: boolean;
  /** Whether it keeps the versions it has. */
  readonly isHeld: boolean;
}

/** What choosing would change. `hold`: what happens to the versions the app has now. */
export interface PresetChanges {
  readonly draft: Draft;
  readonly hold: 'take' | 'release' | null;
}

/** A draft without changes, and nothing about a hold. */
const none: PresetChanges = { draft: {}, hold: null };

/** Why a way to choose is not possible for a program; null if it is. */
export function obstacleTo(preset: Preset, { isApp, bestHere, own }: ProgramFacts): PresetObstacle | null {
  if (preset === 'held' && !isApp) return 'no-app';
  if (preset === 'cached' && bestHere === null) return 'nothing-here';
  if (preset === 'own' && own.length === 0) return 'no-own-build';
  return null;
}

/** The same for one of all programs: a setting for all needs nothing of it. */
export function obstacleToMember(preset: Preset, program: ProgramFacts): PresetObstacle | null {
  return preset === 'cached' ? null : obstacleTo(preset, program);
}

/** The way that is in force for one program; null if the settings are none of them. */
export function presetOf(program: ProgramFacts, global: GlobalFacts): Preset | null {
  const isInForce = (preset: Preset): boolean =>
    obstacleTo(preset, program) === null && isNothing(changesFor(preset, program, global));
  // What is about single versions says more than what is about levels.
  return (['held', 'own', 'cached', ...presets] as const).find(isInForce) ?? null;
}

/** What would have to change for one program. @throws never; what is not possible (`obstacleTo`) changes nothing */
export function changesFor(preset: Preset, program: ProgramFacts, global: GlobalFacts): PresetChanges {
  return obstacleTo(preset, program) === null ? wantedOf(preset, program, global) : none;
}

function wantedOf(preset: Preset, program: ProgramFacts, global: GlobalFacts): PresetChanges {
  const { policy, bestHere, own, lifted, isHeld } = program;
  if (preset === 'held') return { draft: {}, hold: isHeld ? null : 'take' };
  const hold = isHeld ? 'release' : null;
  const online = global.networkUse === 'full' ? {} : { networkUse: 'full' as const };
  switch (preset) {
    case 'latest':
      return { draft: { ...online, ...levels(program, 'developer') }, hold };
    case 'stable': {
      const isDefault = policy === 'stable' || (policy === null && !global.helpWithTesting);
      return { draft: { ...online, ...levels(program, isDefault ? policy : 'stable') }, hold };
    }
    case 'distribution':
      return { draft: { ...online, ...levels(program, 'packaged') }, hold };
    case 'secure': {
      const isDefault = policy === 'testing' || (policy === null && global.helpWithTesting);
      return { draft: { ...online, ...levels(program, isDefault ? policy : 'testing', lifted) }, hold };
    }
    case 'cached': {
      // Where the network is used little, what is here comes first anyway.
      const chosen = global.networkUse === 'full' && bestHere !== null ? [bestHere] : [];
      return { draft: preferring(program, chosen), hold };
    }
    case 'own':
      return { draft: preferring(program, own), hold };
  }
}

/** What would have to change in the settings for every program. */
export function globalChangesFor(preset: Preset, global: GlobalFacts): Draft {
  const wanted: Readonly<Partial<Record<Preset, Partial<GlobalFacts>>>> = {
    latest: { networkUse: 'full', helpWithTesting: true },
    cached: { networkUse: 'minimal' },
    stable: { networkUse: 'full', helpWithTesting: false },
    distribution: { networkUse: 'full', helpWithTesting: false },
    secure: { networkUse: 'full', helpWithTesting: true },
  };
  const { networkUse, helpWithTesting } = { ...global, ...wanted[preset] };
  return {
    ...(networkUse !== global.networkUse && { networkUse }),
    ...(helpWithTesting !== global.helpWithTesting && { helpWithTesting }),
  };
}

/** What would have to change for one of all programs, once the settings for all are changed. */
export function memberChangesFor(preset: Preset, program: ProgramFacts, global: GlobalFacts): PresetChanges {
  if (obstacleToMember(preset, program) !== null) return none;
  const after: GlobalFacts = { ...global, ...withoutUndefined(globalChangesFor(preset, global)) };
  const changes = wantedOf(preset, program, after);
  const hasLevelForAll = preset === 'stable' || preset === 'secure' || preset === 'cached';
  if (!hasLevelForAll) return changes;
  // The setting for all says it; one's own would stay when that is changed.
  const { policies: _, ...draft } = changes.draft;
  const own = program.policy === null ? {} : { policies: { [program.root]: null } };
  return { ...changes, draft: { ...draft, ...own } };
}

/** The way that is in force for all programs. */
export function presetOfAll(programs: readonly ProgramFacts[], global: GlobalFacts): Preset | null {
  const isInForce = (preset: Preset): boolean => {
    const members = programs.filter((program) => obstacleToMember(preset, program) === null);
    const isForMembersOnly = preset !== 'cached' && preset !== 'stable' && preset !== 'secure';
    if (isForMembersOnly && members.length === 0) return false;
    return (
      Object.keys(globalChangesFor(preset, global)).length === 0 &&
      members.every((program) => isNothing(memberChangesFor(preset, program, global)))
    );
  };
  return (['held', 'own', 'cached', ...presets] as const).find(isInForce) ?? null;
}

/** Whether nothing changes. */
export function isNothing({ draft, hold }: PresetChanges): boolean {
  return hold === null && Object.keys(draft).length === 0;
}

/** A preferred stability, and no single version before others. */
function levels(program: ProgramFacts, policy: Stability | null, unrated: readonly RatedVersion[] = []): Draft {
  const preferred = program.versions.filter(({ userRating }) => userRating === 'preferred');
  return {
    ...ratingsOf([...preferred, ...unrated].map((version) => [version, null])),
    ...(policy !== program.policy && { policies: { [program.root]: policy } }),
  };
}

/** Some versions before all others. */
function preferring({ root, policy, versions }: ProgramFacts, chosen: readonly RatedVersion[]): Draft {
  const isChosen = (one: RatedVersion): boolean =>
    chosen.some(({ fromFeed, id }) => fromFeed === one.fromFeed && id === one.id);
  const others = versions.filter((version) => version.userRating === 'preferred' && !isChosen(version));
  const fresh = chosen.filter(({ userRating }) => userRating !== 'preferred');
  return {
    ...ratingsOf([
      ...others.map((version) => [version, null] as const),
      ...fresh.map((version) => [version, 'preferred'] as const),
    ]),
    ...(policy !== null && { policies: { [root]: null } }),
  };
}

function ratingsOf(changes: readonly (readonly [RatedVersion, Stability | null])[]): Pick<Draft, 'ratings'> {
  if (changes.length === 0) return {};
  const ratings: Record<string, Record<string, Stability | null>> = {};
  for (const [{ fromFeed, id }, rating] of changes) ratings[fromFeed] = { ...ratings[fromFeed], [id]: rating };
  return { ratings };
}

function withoutUndefined({ networkUse, helpWithTesting }: Draft): Partial<GlobalFacts> {
  return { ...(networkUse && { networkUse }), ...(helpWithTesting !== undefined && { helpWithTesting }) };
}
