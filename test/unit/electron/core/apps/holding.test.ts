import { describe, expect, it } from 'vitest';
import {
  lifted,
  noHolding,
  reconcile,
  restrictionsOf,
  type Holding,
} from '../../../../../electron/core/apps/holding.ts';

const app = 'https://a.test/app.xml';
const lib = 'https://a.test/lib.xml';
const plain = noHolding({});

describe('restrictions', () => {
  it.each([
    ['one version', [['2', null]], '!2'],
    [
      'two versions',
      [
        ['2', null],
        ['3', null],
      ],
      '..!2 | 2-0..!3 | 3-0..',
    ],
    ['all until another', [['2', '3']], '..!2 | 3..'],
  ] as const)('skip %s', (_what, skips, expected) => {
    const all = skips.map(([version, until]) => ({ interface: app, version, until }));
    expect(restrictionsOf({ ...plain, skips: all })).toEqual({ [app]: expected });
  });

  it('keep to what was asked for', () => {
    const holding = {
      ...noHolding({ [app]: '1..!3', [lib]: '5' }),
      skips: [{ interface: app, version: '2', until: null }],
    };
    expect(restrictionsOf(holding)).toEqual({ [app]: '1..!2 | 2-0..!3', [lib]: '5' });
  });

  it('admit nothing when everything that was asked for is skipped', () => {
    const holding = { ...noHolding({ [app]: '2' }), skips: [{ interface: app, version: '2', until: null }] };
    expect(restrictionsOf(holding)).toEqual({ [app]: '0..!0' });
  });

  it('hold exactly the versions of now', () => {
    const hold = { versions: { [app]: '2', [lib]: '7' }, until: null };
    expect(restrictionsOf({ ...noHolding({ [app]: '1..' }), hold })).toEqual({ [app]: '2', [lib]: '7' });
  });
});

describe('a hold', () => {
  const until = '2026-12-01T00:00:00.000Z';
  const holding: Holding = { ...plain, hold: { versions: { [app]: '2' }, until } };

  it('ends when its time is over', () => {
    expect(lifted(holding, Date.parse(until) - 1).hold).not.toBeNull();
    expect(lifted(holding, Date.parse(until)).hold).toBeNull();
  });

  it('gives way to what somebody asks for afterwards by other means', () => {
    const kept = { ...holding, written: { [app]: '2' } };
    expect(reconcile(kept, { [app]: '2' })).toBe(kept);
    expect(reconcile(kept, { [app]: '3..' })).toEqual({
      asked: { [app]: '3..' },
      written: { [app]: '3..' },
      hold: null,
      skips: [],
    });
    expect(reconcile(kept, {}).hold).toBeNull();
  });
});
