import { describe, expect, it } from 'vitest';
import {
  findFlaws,
  flawId,
  seenNow,
  usesByComponent,
  type JudgedVersion,
  type Use,
} from '../../../../../electron/core/impact/impact.ts';

const use = (program: string, rest: Partial<Use> = {}): Use => ({
  program,
  interface: 'lib',
  isSource: false,
  version: '1',
  implementation: null,
  ...rest,
});
const version = (id: string, rest: Partial<JudgedVersion> = {}): JudgedVersion => ({
  fromFeed: 'feed',
  id,
  version: '1',
  stability: 'stable',
  userRating: null,
  reason: null,
  ...rest,
});
const known = (...versions: JudgedVersion[]) => new Map([['lib', versions]]);
const insecure = version('a', { stability: 'insecure', reason: "Poor stability 'insecure'" });

describe('a version that turns out to be flawed [D-9]', () => {
  it('concerns every program that uses it, directly or through a library', () => {
    const uses = usesByComponent([use('lib'), use('app'), use('other', { version: '2' })]);
    const flaws = findFlaws(uses, known(insecure), { 'feed\na': 'stable' });
    expect(flaws.map((flaw) => [flaw.use.program, flaw.before, flaw.now])).toEqual([
      ['lib', 'stable', 'insecure'],
      ['app', 'stable', 'insecure'],
    ]);
  });

  it('is no news to who has rated it, and none of other stabilities', () => {
    const uses = usesByComponent([use('app')]);
    expect(findFlaws(uses, known({ ...insecure, userRating: 'stable' }), {})).toEqual([]);
    expect(findFlaws(uses, known(version('a', { stability: 'developer' })), {})).toEqual([]);
    expect(findFlaws(uses, known(), {})).toEqual([]);
  });

  it('is meant by the implementation that was remembered', () => {
    const uses = usesByComponent([use('app', { implementation: { fromFeed: 'feed', id: 'b' } })]);
    expect(findFlaws(uses, known(insecure, version('b')), {})).toEqual([]);
    expect(findFlaws(uses, known({ ...insecure, id: 'b' }), {})).toHaveLength(1);
  });

  it('by number alone is one that could be used here', () => {
    const uses = usesByComponent([use('app')]);
    const foreign = version('w', { stability: 'stable', reason: 'Not compatible with the requested OS type' });
    expect(findFlaws(uses, known(foreign, insecure), {})).toHaveLength(1);
    expect(findFlaws(uses, known(version('c'), insecure), {})).toEqual([]);
  });

  it('was what was seen of it last', () => {
    const uses = usesByComponent([use('app')]);
    const before = seenNow(uses, known(version('a', { stability: 'testing' })), { 'feed\ngone': 'stable' });
    expect(before).toEqual({ 'feed\na': 'testing' });
    const after = seenNow(uses, known(insecure), before);
    expect(after).toEqual(before);
    expect(findFlaws(uses, known(insecure), after)[0]?.before).toBe('testing');
    expect(findFlaws(uses, known(insecure), {})[0]?.before).toBeNull();
  });

  it('has another name when something else is said of it', () => {
    const uses = usesByComponent([use('app')]);
    const [first] = findFlaws(uses, known(insecure), {});
    const [second] = findFlaws(uses, known({ ...insecure, stability: 'buggy' }), {});
    expect(flawId(first!)).not.toBe(flawId(second!));
  });
});
