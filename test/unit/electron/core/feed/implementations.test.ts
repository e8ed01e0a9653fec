import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../../../electron/core/feed/parse-feed.ts';
import {
  implementationOf,
  localFeed,
  localFeedName,
  feedText,
  reasonOf,
  remoteFeed,
} from '../../../../helpers/feed.ts';
import { zeroInstallNamespace } from '../../../../../electron/core/xml/element.ts';

const example = `<interface xmlns="${zeroInstallNamespace}" uri="https://example.com/paint.xml">
  <name>Paint</name>
  <feed src="https://example.com/paint-src.xml" arch="*-src"/>
  <group license="MIT" main="paint.sh" stability="stable">
    <requires interface="https://example.com/png.xml" version="1.6..">
      <environment name="PNG" insert="lib" mode="replace"/>
    </requires>
    <group arch="Linux-x86_64" released="2024-02-01">
      <command name="test" path="check.sh"/>
      <implementation id="sha1new=aa11" version="2.0">
        <manifest-digest sha256new="QQQ"/>
        <archive href="https://example.com/paint-2.0-linux64.tgz" size="9000"/>
      </implementation>
    </group>
    <implementation id="any-2.1" version="2.1" stability="testing" main="paint.py">
      <manifest-digest sha256new="RRR"/>
      <command name="run" path="launch.py"><runner interface="https://example.com/python.xml" version="3.."/></command>
      <archive href="https://example.com/paint-2.1.tgz" size="8000"/>
    </implementation>
    <package-implementation package="paint" distributions="Debian" main="/usr/bin/paint"/>
  </group>
</interface>`;

describe('the worked example of the specification', () => {
  const feed = parseFeed(example, { name: 'https://example.com/paint.xml', isLocal: false });
  const [first, second] = feed.implementations;
  const [native] = feed.packages;

  it('gives the first implementation what its groups say', () => {
    expect(first).toMatchObject({
      kind: 'stored',
      id: 'sha1new=aa11',
      versionText: '2.0',
      stability: 'stable',
      os: 'Linux',
      cpu: 'x86_64',
      released: '2024-02-01',
      fromFeed: 'https://example.com/paint.xml',
      localPath: null,
      langs: [{ language: 'en', country: null }],
      digests: [{ directory: 'sha1new=aa11' }, { directory: 'sha256new_QQQ', algorithm: 'sha256new', value: 'QQQ' }],
      retrievalMethods: [{ type: 'archive', sizeBytes: 9000, startOffset: 0, extract: null, mimeType: null }],
    });
    expect(first?.attributes).toEqual({
      stability: 'stable',
      'from-feed': 'https://example.com/paint.xml',
      license: 'MIT',
      main: 'paint.sh',
      arch: 'Linux-x86_64',
      released: '2024-02-01',
      id: 'sha1new=aa11',
      version: '2.0',
    });
    expect([...(first?.commands ?? [])].map(([name, { path }]) => [name, path])).toEqual([
      ['run', 'paint.sh'],
      ['test', 'check.sh'],
    ]);
  });

  it('lets the command of an element beat its main', () => {
    const run = second?.commands.get('run');
    expect(run?.path).toBe('launch.py');
    expect(run?.dependencies).toMatchObject([
      {
        kind: 'runner',
        interface: 'https://example.com/python.xml',
        commands: ['run'],
        restrictions: [{ text: 'version 3..' }],
      },
    ]);
    expect(second).toMatchObject({ stability: 'testing', os: null, cpu: null });
  });

  it('shares what a group says instead of copying it', () => {
    expect(first?.dependencies).toBe(second?.dependencies);
    expect(first?.dependencies).toBe(native?.dependencies);
    expect(first?.bindings).toBe(second?.bindings);
    expect(first?.dependencies).toMatchObject([
      { kind: 'requires', importance: 'essential', bindings: [{ type: 'environment', mode: 'replace' }], commands: [] },
    ]);
  });

  it('keeps the native package', () => {
    expect(native).toMatchObject({
      packageName: 'paint',
      distributions: ['Debian'],
      versionExpression: null,
      main: '/usr/bin/paint',
      fromFeed: 'distribution:https://example.com/paint.xml',
    });
    expect(native?.commands.get('run')?.path).toBe('/usr/bin/paint');
  });
});

describe('inheritance', () => {
  it('puts outer parts first and lets inner attributes win', () => {
    const feed = localFeed(`
      <group a="1" b="1" compile:x="1"><requires interface="/1"/><environment name="A" insert=""/>
        <group b="2"><requires interface="/2"/><environment name="B" insert=""/>
          <implementation id="x" version="1" c="3"><requires interface="/3"/></implementation></group>
        <implementation id="y" version="1"/></group>`);
    const x = implementationOf(feed, 'x');
    expect(x.dependencies.map((one) => one.interface)).toEqual(['/1', '/2', '/3']);
    expect(x.bindings.map((one) => one.element.attributes['name'])).toEqual(['A', 'B']);
    expect(x.attributes).toMatchObject({ a: '1', b: '2', c: '3' });
    expect(Object.values(x.attributes)).toContain('1');
    expect(implementationOf(feed, 'y').dependencies.map((one) => one.interface)).toEqual(['/1']);
  });

  it('lets an inner main replace an outer command, and the last command of a name win', () => {
    const feed = localFeed(`<group><command name="run" path="outer"/>
      <implementation id="main" version="1" main="inner"/>
      <implementation id="twice" version="1"><command name="run" path="1"/><command name="run" path="2"/></implementation>
      <implementation id="none" version="1" self-test="t" compile:command="c"/></group>`);
    const path = (id: string, name: string): unknown => implementationOf(feed, id).commands.get(name)?.path;
    expect([path('main', 'run'), path('twice', 'run'), path('none', 'run'), path('none', 'test')]).toEqual([
      ...['inner', '2', 'outer', 't'],
    ]);
    expect(implementationOf(feed, 'none').commands.get('compile')?.element.attributes).toEqual({
      name: 'compile',
      'shell-command': 'c',
    });
  });

  it('takes only main from the root, and no parts', () => {
    const feed = localFeed('<requires interface="/1"/><implementation id="a" version="1"/>', 'main="m" license="x"');
    const { commands, dependencies, attributes } = implementationOf(feed);
    expect([commands.get('run')?.path, dependencies.length, attributes['license']]).toEqual(['m', 0, undefined]);
  });

  it('stops documents made to fill the memory', () => {
    const requires = '<requires interface="/x"/>'.repeat(20_000);
    const members = Array.from(
      { length: 2000 },
      (_, i) => `<implementation id="${i}" version="1"><requires interface="/y"/></implementation>`,
    );
    expect(reasonOf(() => localFeed(`<group>${requires}${members.join('')}</group>`))).toContain('inherit more than');
  });
});

describe('versions', () => {
  it('get their modifier', () => {
    const feed = localFeed('<group version-modifier="-pre1"><implementation id="a" version="1.0"/></group>');
    const { version, versionText, attributes } = implementationOf(feed);
    expect([version.text, versionText, attributes]).toEqual([
      ...['1.0-pre1', '1.0-pre1'],
      { stability: 'testing', 'from-feed': localFeedName, id: 'a', version: '1.0-pre1' },
    ]);
  });

  it('are the same object for the same text', () => {
    const feed = localFeed('<implementation id="a" version="1"/><implementation id="b" version="1"/>');
    expect(feed.implementations[0]?.version).toBe(feed.implementations[1]?.version);
  });
});

describe('local implementations', () => {
  it.each([
    ['id="x" local-path="sub/../y"', '/srv/feeds/y'],
    ['id="x" local-path=""', '/srv/feeds'],
    ['id="x" local-path="/a/../b/"', '/a/../b/'],
    ['id="."', '/srv/feeds'],
    ['id="../../../.."', '/'],
    ['id="/opt/x"', '/opt/x'],
  ])('with %s lie in %s', (attributes, path) => {
    const one = implementationOf(localFeed(`<implementation ${attributes} version="1"/>`));
    expect(one).toMatchObject({ kind: 'local', localPath: path, digests: [], retrievalMethods: [] });
    expect(one.attributes['local-path']).toBe(path);
  });

  it('are not allowed in remote feeds, where an id is only an id', () => {
    expect(implementationOf(remoteFeed('<implementation id="." version="1"/>')).kind).toBe('stored');
    expect(reasonOf(() => remoteFeed('<group local-path="x"><implementation id="a" version="1"/></group>'))).toMatch(
      /^local-path in non-local feed! {2}<implementation> at /,
    );
  });
});

describe('mistakes that spoil the feed', () => {
  it.each([
    ['<implementation version="1"/>', "Missing attribute 'id' on <implementation> at "],
    ['<implementation id="a"/>', "Missing attribute 'version' on <implementation> at "],
    ['<implementation id="a" version="x"/>', "Cannot parse 'x' as a 64-bit integer (in 'x')"],
    ['<implementation id="a" version=""/>', 'Empty version string!'],
    [
      '<implementation id="a" version="1"/><implementation id="a" version="2"/>',
      "Duplicate ID 'a' in: <implementation> at ",
    ],
    ['<implementation id="a" version="1" stability="packaged"/>', "Stability 'packaged' not allowed here"],
    ['<implementation id="a" version="1" stability="preferred"/>', "Stability 'preferred' not allowed here"],
    ['<implementation id="a" version="1" stability="toString"/>', "Unknown stability level 'toString'"],
    ['<implementation id="a" version="1" arch="a"/>', "Invalid architecture 'a'\n... processing <implementation> at "],
    ['<group><command/></group>', "Missing attribute 'name' on <command> at "],
  ])('%s', (content, reason) => {
    expect(reasonOf(() => localFeed(content))).toContain(reason);
  });

  it('does not include attributes of groups without members', () => {
    expect(localFeed('<group stability="x" arch="y"/>').implementations).toEqual([]);
  });

  it('does not include stability and architecture of native packages', () => {
    const feed = localFeed('<package-implementation stability="x" arch="y" version="x"/>');
    expect(feed.packages).toMatchObject([{ packageName: null, versionExpression: 'x', os: null, cpu: null }]);
  });
});

describe('languages', () => {
  it('are parsed; nonsense is noted once', () => {
    const feed = localFeed(
      '<group langs="de_AT zh-hant-tw fr"><implementation id="a" version="1"/><implementation id="b" version="1"/></group>',
    );
    expect(implementationOf(feed, 'b').langs).toEqual([
      { language: 'de', country: 'at' },
      { language: 'fr', country: null },
    ]);
    expect(feed.warnings).toEqual(["Failed to parse locale 'zh-hant-tw'"]);
  });

  it('are none if the attribute is empty', () => {
    expect(implementationOf(localFeed('<implementation id="a" version="1" langs=""/>')).langs).toEqual([]);
  });
});

describe('the model', () => {
  it('is plain data, apart from maps', () => {
    const feed = parseFeed(example, { name: 'https://example.com/paint.xml', isLocal: false });
    expect(structuredClone(feed)).toEqual(feed);
    expect(feedText('')).toContain(zeroInstallNamespace);
  });
});
