import { describe, expect, it } from 'vitest';
import {
  changesFor,
  globalChangesFor,
  isNothing,
  memberChangesFor,
  obstacleTo,
  presetOf,
  presetOfAll,
  type GlobalFacts,
  type ProgramFacts,
  type RatedVersion,
} from '../../../../../electron/core/policy/presets.ts';
import { presets } from '../../../../../shared/model/preset-names.ts';
import type { Preset } from '../../../../../shared/model/preset.ts';

const usual: GlobalFacts = { networkUse: 'full', helpWithTesting: false };
const version = (id: string, rest: Partial<RatedVersion> = {}): RatedVersion => ({
  fromFeed: 'feed',
  id,
  version: id,
  stability: 'stable',
  userRating: null,
  ...rest,
});
const program = (rest: Partial<ProgramFacts> = {}): ProgramFacts => ({
  root: 'app',
  policy: null,
  versions: [version('1'), version('2')],
  bestHere: version('1'),
  lifted: [],
  own: [],
  isApp: true,
  isHeld: false,
  ...rest,
});

describe('a way to choose versions', () => {
  it('is nothing but settings', () => {
    const held = program({ isHeld: true, versions: [version('2', { userRating: 'preferred' })] });
    expect(changesFor('latest', held, { networkUse: 'off-line', helpWithTesting: false })).toEqual({
      draft: { networkUse: 'full', policies: { app: 'developer' }, ratings: { feed: { 2: null } } },
      hold: 'release',
    });
    expect(changesFor('distribution', program(), usual).draft).toEqual({ policies: { app: 'packaged' } });
    expect(changesFor('cached', program({ policy: 'developer' }), usual).draft).toEqual({
      ratings: { feed: { 1: 'preferred' } },
      policies: { app: null },
    });
    expect(changesFor('held', program(), usual)).toEqual({ draft: {}, hold: 'take' });
  });

  it('without known flaws takes back what lets insecure versions in, and no other rating', () => {
    const lifted = version('9', { stability: 'insecure', userRating: 'stable' });
    const buggy = version('8', { userRating: 'buggy' });
    const { draft } = changesFor('secure', program({ lifted: [lifted], versions: [lifted, buggy] }), usual);
    expect(draft).toEqual({ ratings: { feed: { 9: null } }, policies: { app: 'testing' } });
  });

  it('of one’s own prefers every own version', () => {
    const own = [version('a', { fromFeed: '/feed.xml' }), version('b', { fromFeed: '/feed.xml' })];
    expect(changesFor('own', program({ own, versions: own }), usual).draft).toEqual({
      ratings: { '/feed.xml': { a: 'preferred', b: 'preferred' } },
    });
  });

  it.each([
    ['held', program({ isApp: false }), 'no-app'],
    ['cached', program({ bestHere: null }), 'nothing-here'],
    ['own', program(), 'no-own-build'],
  ] as const)('may be impossible: %s', (preset, facts, obstacle) => {
    expect(obstacleTo(preset, facts)).toBe(obstacle);
    expect(isNothing(changesFor(preset, facts, usual))).toBe(true);
  });

  it('is recognised by its settings', () => {
    const preferred = version('1', { userRating: 'preferred' });
    const mine = version('x', { fromFeed: '/f.xml', userRating: 'preferred' });
    const known: readonly (readonly [Preset | null, ProgramFacts, Partial<GlobalFacts>])[] = [
      ['stable', program(), {}],
      ['stable', program({ policy: 'stable' }), { helpWithTesting: true }],
      ['secure', program(), { helpWithTesting: true }],
      ['secure', program({ policy: 'testing' }), {}],
      ['latest', program({ policy: 'developer' }), {}],
      ['distribution', program({ policy: 'packaged' }), {}],
      ['cached', program(), { networkUse: 'minimal' }],
      ['cached', program({ versions: [preferred], bestHere: preferred }), {}],
      ['held', program({ isHeld: true, policy: 'developer' }), {}],
      ['own', program({ versions: [mine], own: [mine], bestHere: mine }), {}],
      [null, program({ versions: [version('2', { userRating: 'preferred' })] }), {}],
      [null, program({ policy: 'developer' }), { networkUse: 'minimal' }],
    ];
    for (const [preset, facts, global] of known) expect(presetOf(facts, { ...usual, ...global })).toBe(preset);
  });
});

describe('for all programs', () => {
  it('uses the settings for all where there are any, and removes what would stand against them', () => {
    const global = { networkUse: 'minimal', helpWithTesting: true } as const;
    expect(globalChangesFor('stable', global)).toEqual({ networkUse: 'full', helpWithTesting: false });
    expect(memberChangesFor('stable', program({ policy: 'testing' }), global).draft).toEqual({
      policies: { app: null },
    });
    expect(isNothing(memberChangesFor('stable', program(), global))).toBe(true);
    expect(memberChangesFor('latest', program(), usual).draft).toEqual({ policies: { app: 'developer' } });
  });

  it('leads to being in force', () => {
    const apply = (preset: Preset, facts: ProgramFacts, global: GlobalFacts): ProgramFacts => {
      const { draft, hold } = memberChangesFor(preset, facts, global);
      const policy = draft.policies?.['app'];
      const rated = (one: RatedVersion): RatedVersion => {
        const rating = draft.ratings?.[one.fromFeed]?.[one.id];
        return rating === undefined ? one : { ...one, userRating: rating };
      };
      return {
        ...facts,
        policy: policy === undefined ? facts.policy : policy,
        versions: facts.versions.map(rated),
        own: facts.own.map(rated),
        bestHere: facts.bestHere && rated(facts.bestHere),
        isHeld: hold === null ? facts.isHeld : hold === 'take',
      };
    };
    const own = version('o', { fromFeed: '/f.xml' });
    let facts = program({ own: [own], versions: [own, version('1')] });
    let global = usual;
    for (const preset of [...presets, ...[...presets].reverse()]) {
      facts = apply(preset, facts, global);
      global = { ...global, ...(globalChangesFor(preset, global) as Partial<GlobalFacts>) };
      expect(presetOfAll([facts], global)).toBe(preset);
    }
  });
});
