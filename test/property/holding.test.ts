import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noHolding, restrictionsOf, type Skip } from '../../electron/core/apps/holding.ts';
import { parseVersionExpression, versionMatches } from '../../electron/core/version/expression.ts';
import { compareVersions, parseVersion } from '../../electron/core/version/version.ts';

const number = fc.integer({ min: 0, max: 4 }).map(String);
const version = fc
  .tuple(number, fc.array(number, { maxLength: 2 }), fc.constantFrom('', '-1', '-pre', '-rc1', '-post2', '-rc'))
  .map(([first, rest, tail]) => [first, ...rest].join('.') + tail);
const alternative = fc.oneof(
  version,
  version.map((text) => `!${text}`),
  fc.tuple(version, version).map(([from, before]) => `${from}..!${before}`),
  version.map((text) => `${text}..`),
  version.map((text) => `..!${text}`),
);
const expression = fc.array(alternative, { minLength: 1, maxLength: 3 }).map((all) => all.join(' | '));
const skip = fc
  .record({ version, until: fc.option(version) })
  .map(({ version: text, until }): Skip => ({ interface: 'a', version: text, until }));

const matches = (text: string, one: string): boolean => versionMatches(parseVersionExpression(text), parseVersion(one));
const isBefore = (a: string, b: string): boolean => compareVersions(parseVersion(a), parseVersion(b)) < 0;

describe('versions that are skipped', () => {
  it('are the only ones that what was asked for loses', () => {
    fc.assert(
      fc.property(
        expression,
        fc.array(skip, { maxLength: 4 }),
        fc.array(version, { maxLength: 8 }),
        (asked, skips, more) => {
          const [written = ''] = Object.values(restrictionsOf({ ...noHolding({ a: asked }), skips }));
          const isSkipped = (one: string): boolean =>
            skips.some(({ version: from, until }) =>
              until === null ? one === from : !isBefore(one, from) && isBefore(one, until),
            );
          for (const one of [...more, ...skips.map((each) => each.version)]) {
            // Two ways of writing a version are one version.
            const isListed = skips.some(
              (each) => each.until === null && compareVersions(parseVersion(each.version), parseVersion(one)) === 0,
            );
            expect([one, matches(written, one)]).toEqual([one, matches(asked, one) && !isSkipped(one) && !isListed]);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
