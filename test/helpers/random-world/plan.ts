import path from 'node:path';
import { nameComponents } from '../../../electron/core/feed/names.ts';
import type { Random } from './random.ts';
import type { Feature, Traits } from './traits.ts';
import { drawVersions } from './versions.ts';

/** Nobody listens there, so what is not in the cache cannot be fetched. */
const site = 'http://127.0.0.1:1';

/** A component of the world and the feeds that speak for it. */
export interface PlannedRole {
  readonly index: number;
  readonly main: PlannedFeed;
  /** Feeds imported, registered by the person, or found on disk. */
  readonly others: readonly OtherFeed[];
  readonly versions: readonly string[];
  /** Some of its implementations are source code. */
  readonly hasSource: boolean;
}

/** Where a feed lies and what it is called. */
export interface PlannedFeed {
  /** Absolute path or URL. */
  readonly name: string;
  readonly isRemote: boolean;
  /** Leaves no file behind. */
  readonly isMissing: boolean;
}

export interface OtherFeed extends PlannedFeed {
  readonly kind: 'imported' | 'registered' | 'native' | 'built';
  readonly arch: string | null;
}

/** What the parts of a world are drawn from. */
export interface WorldPlan {
  readonly random: Random;
  readonly traits: Traits;
  /** Absolute; everything is below it. */
  readonly directory: string;
  readonly roles: readonly PlannedRole[];
  /** Whether a feature shows up at this place. */
  has(feature: Feature): boolean;
  isDamaged(): boolean;
}

/** `ZEROINSTALL_PORTABLE_BASE` of a world. */
export function baseOf(directory: string): string {
  return path.join(directory, 'base');
}

/** Decides which components there are. */
export function planWorld(random: Random, traits: Traits, directory: string): WorldPlan {
  const has = (feature: Feature): boolean => random.chance(traits.rates[feature]);
  const feed = (name: string): PlannedFeed => {
    const isRemote = has('remote');
    const folder = random.chance(0.1) ? 'sub/' : '';
    const isMissing = name !== 'role-0' && has('missing');
    return {
      name: isRemote ? `${site}/${folder}${name}.xml` : path.join(directory, `feeds/${folder}${name}.xml`),
      isRemote,
      isMissing,
    };
  };
  const roles = Array.from({ length: traits.roleCount }, (_, index): PlannedRole => {
    const main = feed(`role-${index}`);
    const others: OtherFeed[] = [];
    for (const [kind, feature] of [
      ['imported', 'import'],
      ['registered', 'registered'],
    ] as const) {
      if (has(feature)) others.push({ ...feed(`${kind}-${index}`), kind, arch: drawImportArch(random) });
    }
    if (has('native')) {
      const name = path.join(directory, `feeds/native-${index}.xml`);
      others.push({ name, isRemote: false, isMissing: has('missing'), kind: 'native', arch: null });
    }
    if (has('built')) {
      const name = path.join(baseOf(directory), 'data/site-packages', ...nameComponents(main.name), `b${index}`);
      const arch = null;
      others.push({
        name: `${name}/0install/feed.xml`,
        isRemote: false,
        isMissing: has('missing'),
        kind: 'built',
        arch,
      });
    }
    return { index, main, others, versions: drawVersions(random, traits.mostVersions), hasSource: has('source') };
  });
  return { random, traits, directory, roles, has, isDamaged: () => random.chance(traits.damage) };
}

function drawImportArch(random: Random): string | null {
  return random.pick([null, null, null, '*-*', 'Windows-x86_64', 'Linux-*', '*-src', '*-i486']);
}

/** The name of a feed as it can be written in another one; null if it cannot. */
export function referenceTo({ random }: WorldPlan, target: PlannedFeed, from: PlannedFeed): string | null {
  if (target.isRemote) return target.name;
  if (from.isRemote) return random.chance(0.1) ? target.name : null;
  if (random.chance(0.2)) return target.name;
  const relative = path.relative(path.dirname(from.name), target.name);
  return relative.startsWith('.') ? relative : `./${relative}`;
}
