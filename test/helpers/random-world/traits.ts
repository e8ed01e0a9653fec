import type { Random } from './random.ts';

/** What may happen in a world, each as often as its rate says. */
const features = [
  'restricted',
  'oddRestriction',
  'distribution',
  'exactFeed',
  'restricts',
  'recommended',
  'runner',
  'commandNeeds',
  'selfBinding',
  'boundCommand',
  'noRun',
  'moreCommands',
  'oldCommand',
  'replaced',
  'machine',
  'os',
  'languages',
  'rating',
  'policy',
  'unstable',
  'source',
  'compile',
  'import',
  'registered',
  'native',
  'built',
  'conditional',
  'cycle',
  'self',
  'missing',
  'broken',
  'remote',
  'stored',
  'cached',
  'nested',
  'twins',
  'inherited',
  'request',
] as const;

export type Feature = (typeof features)[number];

/** The character of a world. */
export interface Traits {
  readonly roleCount: number;
  readonly mostVersions: number;
  /** Dependencies of a group, at most. */
  readonly mostNeeds: number;
  /** Probability of each feature where it could be. */
  readonly rates: Readonly<Record<Feature, number>>;
  /** Probability of a mistake in each place where one could be. */
  readonly damage: number;
}

interface Size {
  readonly roles: readonly [least: number, most: number];
  readonly versions: readonly [least: number, most: number];
  readonly needs: readonly [least: number, most: number];
  /** Probability that a feature is absent. */
  readonly absent: number;
  readonly rates: readonly number[];
}

const small: Size = { roles: [2, 6], versions: [1, 5], needs: [1, 3], absent: 0.4, rates: [0.1, 0.25, 0.5, 0.8] };
const middle: Size = { roles: [5, 16], versions: [2, 12], needs: [1, 3], absent: 0.5, rates: [0.05, 0.15, 0.4] };
const large: Size = { roles: [16, 40], versions: [4, 30], needs: [1, 4], absent: 0.6, rates: [0.02, 0.08, 0.2] };

/** Draws the character of a world. Most are small, with many features at once: those find the mistakes. */
export function drawTraits(random: Random): Traits {
  const size = random.pick([small, small, small, small, small, small, middle, middle, middle, large]);
  const rates = Object.fromEntries(
    features.map((feature) => [feature, random.chance(size.absent) ? 0 : random.pick(size.rates)]),
  ) as Record<Feature, number>;
  return {
    roleCount: random.between(...size.roles),
    mostVersions: random.between(...size.versions),
    mostNeeds: random.between(...size.needs),
    rates: {
      ...rates,
      restricted: random.pick([0, 0.3, 0.6, 0.9]),
      cached: random.pick([0, 0.3, 0.7, 1]),
      remote: random.pick([0, 0, 0, 0.3, 1]),
      // One of these mostly settles everything.
      missing: rates.missing / 10,
      broken: rates.broken / 4,
      oddRestriction: rates.oddRestriction / 8,
      exactFeed: rates.exactFeed / 4,
      distribution: rates.distribution / 4,
      noRun: rates.noRun / 5,
      os: rates.os / 2,
      boundCommand: rates.boundCommand / 3,
      replaced: rates.replaced / 2,
    },
    damage: random.chance(0.12) ? random.pick([0.01, 0.03, 0.1]) : 0,
  };
}
