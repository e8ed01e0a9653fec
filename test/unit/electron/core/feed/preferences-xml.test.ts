import { describe, expect, it } from 'vitest';
import {
  parseFeedPreferences,
  parseInterfacePreferences,
  withFeed,
  withLastChecked,
  withoutFeed,
  withPolicy,
  withRating,
} from '../../../../../electron/core/feed/preferences-xml.ts';
import { type XmlElement, zeroInstallNamespace } from '../../../../../electron/core/xml/element.ts';
import { formatXml } from '../../../../../electron/core/xml/format.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';
import { reasonOf } from '../../../../helpers/feed.ts';

const uri = 'https://example.com/paint.xml';
const tree = (name: string, content: string, attributes = ''): XmlElement =>
  parseXml(`<${name} xmlns="${zeroInstallNamespace}" ${attributes}>${content}</${name}>`, { source: '/p' });
const line = (root: XmlElement): string => formatXml(root, { isIndented: false }).split('\n')[1] ?? '';

describe('settings of an interface', () => {
  it('are read, site packages and unknown things left out', () => {
    const root = tree(
      'any-name',
      '<feed src="/a.xml" arch="Linux-*" langs="de"/><feed src="/b" is-site-package="False"/><feed src="https://c/d"/><x/>',
      'stability_policy="developer" stability-policy="stable"',
    );
    expect(parseInterfacePreferences(root, '/p')).toEqual({
      policy: 'developer',
      feeds: [
        { src: '/a.xml', os: 'Linux', cpu: null },
        { src: 'https://c/d', os: null, cpu: null },
      ],
    });
  });

  it('know the other spelling of the policy', () => {
    expect(parseInterfacePreferences(tree('x', '', 'stability-policy="testing"'), '/p').policy).toBe('testing');
  });

  it.each([
    ['<feed src="x.xml"/>', '', "Invalid feed URL 'x.xml'"],
    ['<feed src="/x" arch="y"/>', '', "Invalid architecture 'y'"],
    ['<feed/>', '', "Missing attribute 'src' on <feed> at /p:1:"],
    ['', 'stability_policy=""', "Unknown stability level ''"],
  ])('have mistakes: %s %s', (content, attributes, reason) => {
    expect(reasonOf(() => parseInterfacePreferences(tree('x', content, attributes), '/p'))).toContain(reason);
  });

  it('are written as the reference does', () => {
    const root = withFeed(withFeed(withPolicy(null, uri, 'testing'), uri, '/a.xml'), uri, '/b.xml');
    expect(line(root)).toBe(
      `<interface-preferences stability_policy="testing" uri="${uri}" xmlns="${zeroInstallNamespace}"><feed src="/b.xml"/><feed src="/a.xml"/></interface-preferences>`,
    );
    expect(line(withFeed(root, uri, '/a.xml'))).toBe(line(root));
  });

  it('lose only what is taken away', () => {
    const root = tree(
      'x',
      '<feed src="/a" langs="de"/><feed src="/a" is-site-package="True"/><y/>',
      'stability-policy="stable" z="1"',
    );
    expect(line(withPolicy(withoutFeed(root, uri, '/a'), uri, null))).toBe(
      `<interface-preferences uri="${uri}" z="1" xmlns="${zeroInstallNamespace}"><feed is-site-package="True" src="/a"/><y/></interface-preferences>`,
    );
  });
});

describe('settings of a feed', () => {
  it('are read; the last rating of an id counts', () => {
    const root = tree(
      'feed-preferences',
      '<implementation id="a" user-stability="buggy"/><implementation id="b"/><implementation id="a" user-stability="preferred"/>',
      'last-checked="1735689600.5"',
    );
    expect(parseFeedPreferences(root, '/p')).toEqual({
      lastChecked: 1735689600.5,
      ratings: new Map([['a', 'preferred']]),
    });
  });

  it('have been checked never if the number is none', () => {
    expect(parseFeedPreferences(tree('x', '', 'last-checked="soon"'), '/p').lastChecked).toBeNull();
  });

  it.each([
    ['<implementation id="a" user-stability="x"/>', "Unknown stability level 'x'"],
    ['<implementation user-stability="stable"/>', "Missing attribute 'id' on <implementation> at /p:1:"],
  ])('have mistakes: %s', (content, reason) => {
    expect(reasonOf(() => parseFeedPreferences(tree('x', content), '/p'))).toContain(reason);
  });

  it('of another namespace are refused', () => {
    expect(reasonOf(() => parseFeedPreferences(parseXml('<x/>', { source: '/p' }), '/p'))).toContain(
      'not in namespace',
    );
  });

  it('are changed one at a time', () => {
    const rated = withRating(withLastChecked(null, 1735689600.9), 'a', 'stable');
    expect(line(rated)).toBe(
      `<feed-preferences last-checked="1735689600" xmlns="${zeroInstallNamespace}"><implementation id="a" user-stability="stable"/></feed-preferences>`,
    );
    expect(line(withRating(rated, 'a', null))).not.toContain('implementation');
    expect(parseFeedPreferences(withRating(rated, 'a', 'buggy'), '/p').ratings).toEqual(new Map([['a', 'buggy']]));
    expect(parseFeedPreferences(withLastChecked(rated, 5), '/p')).toMatchObject({
      lastChecked: 5,
      ratings: { size: 1 },
    });
  });

  it('keep what other programs note for a version', () => {
    const root = tree('x', '<implementation id="a" user-stability="stable" rollout-percentage="7"/>');
    expect(line(withRating(root, 'a', null))).toContain('<implementation id="a" rollout-percentage="7"/>');
  });
});
