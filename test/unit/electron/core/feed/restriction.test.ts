import { describe, expect, it } from 'vitest';
import { parseRestriction } from '../../../../../electron/core/feed/restriction.ts';

describe('parseRestriction', () => {
  it('reads expressions and keeps their text', () => {
    expect(parseRestriction('1.. | !3')).toMatchObject({ type: 'version', text: 'version 1.. | !3' });
    expect(parseRestriction('')).toEqual({ type: 'version', text: 'version ', ranges: [] });
  });

  it('reads one implementation, whose id is escaped', () => {
    expect(parseRestriction('=/srv/app.xml/v1__x')).toEqual({
      type: 'exact',
      text: 'feed="/srv/app.xml", impl="v1/x"',
      feed: '/srv/app.xml',
      id: 'v1/x',
    });
  });

  it('turns nonsense into something impossible', () => {
    expect(parseRestriction('=x')).toMatchObject({
      type: 'impossible',
      text: "<impossible: Can't parse version restriction '=x': Cannot parse '=x' as a 64-bit integer (in '=x')>",
    });
  });
});
