import { describe, expect, it } from 'vitest';
import type { Dependency } from '../../../../../electron/core/feed/model.ts';
import { implementationOf, localFeed, reasonOf, remoteFeed } from '../../../../helpers/feed.ts';

const inGroup = (content: string): string => `<group>${content}<implementation id="a" version="1"/></group>`;
const read = (content: string): Dependency => {
  const [dependency] = implementationOf(localFeed(inGroup(content))).dependencies;
  if (dependency === undefined) throw new Error('none');
  return dependency;
};

describe('dependencies', () => {
  it('have the usual values', () => {
    expect(read('<requires interface="https://example.com/x"/>')).toMatchObject({
      kind: 'requires',
      interface: 'https://example.com/x',
      isSource: false,
      importance: 'essential',
      os: null,
      use: null,
      restrictions: [],
      bindings: [],
      commands: [],
    });
  });

  it('say when they apply', () => {
    expect(
      read('<restricts interface="/x" importance="whatever" os="Windows" use="testing" source="true"/>'),
    ).toMatchObject({ kind: 'restricts', importance: 'recommended', os: 'Windows', use: 'testing', isSource: true });
    expect(read('<requires interface="/x" os="*" importance="essential"/>')).toMatchObject({ os: null });
  });

  it('have restrictions in the order of the reports', () => {
    const { restrictions } = read(
      `<requires interface="/x" version="1..!3 | 5" distribution="Debian 0install">
         <version not-before="01.0" before="2"/><version before="3"/><version not-before="1"/><version/></requires>`,
    );
    expect(restrictions.map((one) => one.text)).toEqual([
      ...['distribution:Debian 0install', 'version 1..!3 | 5', 'version 01.0..!2', 'version ..!3', 'version 1..'],
      '(no restriction)',
    ]);
    expect(restrictions[0]).toMatchObject({ type: 'distribution', names: ['Debian', '0install'] });
  });

  it('share equal restrictions', () => {
    const [a, b] = implementationOf(
      localFeed(inGroup('<requires interface="/x" version="1.."/><requires interface="/y" version="1.."/>')),
    ).dependencies;
    expect(a?.restrictions[0]).toBe(b?.restrictions[0]);
  });

  it('keep an impossible restriction and note it', () => {
    const feed = localFeed(inGroup('<requires interface="/x" version="1..2"/>'));
    expect(implementationOf(feed).dependencies[0]?.restrictions[0]).toMatchObject({ type: 'impossible' });
    expect(feed.warnings).toEqual([
      "Can't parse version restriction '1..2': End of range must be exclusive (use '..!2', not '..2')",
    ]);
  });

  it('need the commands of their bindings, each once, in byte order', () => {
    const { commands } = read(`<requires interface="/x">
      <executable-in-path name="a" command="z"/><executable-in-var name="b"/><binding command="\u{1f600}"/>
      <binding/><overlay command="\uffee"/><executable-in-path name="c" command="z"/><environment name="E" value=""/></requires>`);
    expect(commands).toEqual(['run', 'z', '\uffee', '\u{1f600}']);
  });

  it('resolve names with a leading dot, and no others', () => {
    expect(read('<requires interface="./x.xml"/>')).toMatchObject({
      interface: '/srv/feeds/x.xml',
      element: { attributes: { interface: '/srv/feeds/x.xml' } },
    });
    expect(read('<requires interface="../x.xml"/>').interface).toBe('/srv/x.xml');
    expect(read('<requires interface="x.xml"/>').interface).toBe('x.xml');
    expect(read('<requires interface="/a/../x.xml"/>').interface).toBe('/a/../x.xml');
    expect(reasonOf(() => remoteFeed(inGroup('<requires interface="./x.xml"/>')))).toBe(
      "Relative interface URI './x.xml' in non-local feed",
    );
  });

  it('resolve names inside commands, also in the element that is copied to selections', () => {
    const feed = localFeed(`<implementation id="a" version="1"><command name="run">
      <arg>x</arg><runner interface="./sh.xml" command="c"><arg>y</arg></runner><requires interface="/y"/></command></implementation>`);
    const run = implementationOf(feed).commands.get('run');
    expect(run?.dependencies).toMatchObject([
      { kind: 'runner', interface: '/srv/feeds/sh.xml', commands: ['c'] },
      { kind: 'requires', interface: '/y', commands: [] },
    ]);
    expect(run?.element.children.map((child) => child.attributes['interface'])).toEqual([
      ...[undefined, '/srv/feeds/sh.xml', '/y'],
    ]);
  });

  it.each([
    ['<requires/>', "Missing attribute 'interface' on <requires> at "],
    ['<requires interface="/x" source="yes"/>', "Invalid 'source' value 'yes' on <requires> at "],
    ['<requires interface="/x"><version before="x"/></requires>', "Cannot parse 'x' as a 64-bit integer (in 'x')"],
    [
      '<requires interface="/x"><version before="2"/><version not-before="" before="2"/></requires>',
      'Empty version string!',
    ],
    [
      '<requires interface="/x"><environment name="x"/></requires>',
      "Missing 'insert' or 'value' on  <environment> at ",
    ],
    [
      '<restricts interface="/x"><environment insert="" value=""/></restricts>',
      "Can't use 'insert' and 'value' together on  <",
    ],
    [
      '<requires interface="/x"><environment name="x" insert="" mode="m"/></requires>',
      "Unknown mode 'm' on <environment> at ",
    ],
    ['<requires interface="/x"><environment insert=""/></requires>', "Missing attribute 'name' on <environment> at "],
    ['<requires interface="/x"><executable-in-var/></requires>', "Missing attribute 'name' on <executable-in-var> at "],
  ])('are refused with the feed: %s', (content, reason) => {
    expect(reasonOf(() => localFeed(inGroup(content)))).toContain(reason);
  });
});

describe('bindings of an implementation to itself', () => {
  it('are read with all their values', () => {
    const { bindings } = implementationOf(
      localFeed(
        inGroup(`<environment name="A" insert="lib" separator=" " default=" d "/>
        <environment name="B" value=" v " mode="append"/><executable-in-path name="x" command="c"/><overlay src="s"/>`),
      ),
    );
    expect(bindings).toMatchObject([
      { type: 'environment', name: 'A', mode: 'prepend', insert: 'lib', value: null, separator: ' ', default: ' d ' },
      { type: 'environment', name: 'B', mode: 'append', insert: null, value: ' v ', separator: null, default: null },
      { type: 'executable', where: 'path', name: 'x', command: 'c' },
      { type: 'generic', command: null },
    ]);
  });

  it('do not spoil the feed when they are malformed', () => {
    const { bindings, commands } = implementationOf(
      localFeed(inGroup('<environment name="x"/><command name="run"><executable-in-path/></command>')),
    );
    expect(bindings).toMatchObject([
      { type: 'invalid', reason: expect.stringContaining("Missing 'insert'") as string },
    ]);
    expect(commands.get('run')?.bindings).toMatchObject([{ type: 'invalid' }]);
  });
});
