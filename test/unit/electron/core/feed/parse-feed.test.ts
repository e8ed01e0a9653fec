import { describe, expect, it } from 'vitest';
import { zeroInstallNamespace } from '../../../../../electron/core/xml/element.ts';
import { parseFeed } from '../../../../../electron/core/feed/parse-feed.ts';
import { feedText, localFeed, localFeedName, reasonOf, remoteFeed, remoteFeedName } from '../../../../helpers/feed.ts';

const read = (text: string, programVersion = '2.18'): unknown =>
  parseFeed(text, { name: localFeedName, isLocal: true, programVersion });
const at = (tag: string): unknown => expect.stringMatching(new RegExp(`<${tag}> at /srv/feeds/app.xml:1:\\d+$`));

describe('metadata', () => {
  it('is read in all its kinds', () => {
    const feed = remoteFeed(`
      <name> Paint </name>
      <summary>draws</summary><summary xml:lang="de">malt</summary>
      <description>One.\n\nTwo.</description>
      <homepage>https://example.com</homepage><homepage>https://example.org</homepage>
      <category type="urn:x">Graphics</category><category>Games</category>
      <icon href="https://example.com/i.png" type="image/png"/><icon type="image/png"/>
      <needs-terminal/>
      <feed src="https://example.com/src.xml" arch="*-src"/>
      <feed-for interface="anything"/>
      <replaced-by interface="https://example.com/new.xml"/>
      <entry-point command="edit" binary-name="paint"><name>Edit</name><needs-terminal/></entry-point>
      <capabilities xmlns="http://0install.de/schema/desktop-integration/capabilities"/>
      <unknown/><x:unknown xmlns:x="urn:x"/>`);
    expect(feed).toMatchObject({
      name: remoteFeedName,
      isLocal: false,
      title: 'Paint',
      summaries: [
        { lang: 'en', text: 'draws' },
        { lang: 'de', text: 'malt' },
      ],
      descriptions: [{ text: 'One.\n\nTwo.' }],
      homepages: ['https://example.com', 'https://example.org'],
      categories: [
        { name: 'Graphics', type: 'urn:x' },
        { name: 'Games', type: null },
      ],
      icons: [{ href: 'https://example.com/i.png', type: 'image/png' }],
      needsTerminal: true,
      imports: [{ src: 'https://example.com/src.xml', os: null, cpu: 'src' }],
      feedFor: ['anything'],
      replacedBy: 'https://example.com/new.xml',
      entryPoints: [
        { command: 'edit', binaryName: 'paint', names: [{ lang: 'en', text: 'Edit' }], needsTerminal: true },
        { command: 'run', binaryName: null, needsTerminal: true },
      ],
      capabilities: [{ name: 'capabilities' }],
      implementations: [],
      warnings: [],
    });
  });

  it('may name the root <feed>', () => {
    expect(
      read('<feed xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>a</name></feed>'),
    ).toMatchObject({ title: 'a' });
  });
});

describe('what makes a document no feed', () => {
  it.each([
    ['', 'Missing <name> in '],
    ['<name>a</name><feed/>', "Missing attribute 'src' on "],
    ['<name>a</name><feed src="x" arch="Linux"/>', "Invalid architecture 'Linux'"],
    ['<name>a</name><replaced-by/>', "Missing attribute 'interface' on "],
    ['<name>a</name><replaced-by interface="b"/><replaced-by interface="c"/>', 'Multiple replacements! '],
    ['<name>a</name><feed src="/x"/>', 'Attempt to append absolute path: /srv/feeds + /x'],
  ])('%s', (content, reason) => {
    expect(reasonOf(() => read(feedText(content)))).toContain(reason);
  });

  it('is another root element', () => {
    expect(reasonOf(() => read('<interface/>'))).toBe(
      `Element not in namespace ${zeroInstallNamespace}: <interface> at /srv/feeds/app.xml:1:1`,
    );
    expect(
      reasonOf(() =>
        read(
          feedText('')
            .replace(/interface xmlns/, 'x xmlns')
            .replace('</interface', '</x'),
        ),
      ),
    ).toEqual(at('x'));
  });

  it('is broken XML', () => {
    expect(() => read('<interface>')).toThrow(expect.objectContaining({ code: 'bad-xml' }) as Error);
  });
});

describe('names', () => {
  it('of remote feeds must be the one asked for', () => {
    const remote = (attributes: string): unknown =>
      parseFeed(feedText('<name>a</name>', attributes), { name: remoteFeedName, isLocal: false });
    expect(reasonOf(() => remote(''))).toMatch(/^Missing 'uri' attribute on non-local feed: <interface> at https/);
    expect(reasonOf(() => remote('uri="https://example.com/App.xml"'))).toBe(
      `Incorrect URL in cached feed - expected '${remoteFeedName}' but found 'https://example.com/App.xml'`,
    );
  });

  it('of files are in the messages, if they are known', () => {
    const options = { name: remoteFeedName, isLocal: false, source: '/cache/app.xml' };
    expect(reasonOf(() => parseFeed(feedText(''), options))).toContain('<interface> at /cache/app.xml:1:1');
  });

  it('in local feeds may be relative', () => {
    const feed = localFeed('<feed src="more/../b.xml"/><replaced-by interface="../new.xml"/>', 'uri="ignored"');
    expect(feed).toMatchObject({
      name: localFeedName,
      replacedBy: '/srv/new.xml',
      imports: [{ src: '/srv/feeds/b.xml' }],
    });
  });

  it('in remote feeds must not', () => {
    expect(reasonOf(() => remoteFeed('<feed src="b.xml"/>'))).toMatch(
      /^Relative URI 'b.xml' in non-local feed <feed> at /,
    );
    expect(reasonOf(() => remoteFeed('<feed src="/b.xml"/>'))).toMatch(/^Relative URI/);
  });

  it('of a replacement that is the feed itself are noted and ignored', () => {
    expect(localFeed('<replaced-by interface="./app.xml"/>')).toMatchObject({
      replacedBy: null,
      warnings: ['Interface /srv/feeds/app.xml replaced-by itself!'],
    });
  });
});

describe('versions of the program', () => {
  it('drop elements of every namespace, with everything inside', () => {
    const feed = localFeed(`
      <summary if-0install-version="..!2">old</summary><summary if-0install-version="2..">new</summary>
      <group if-0install-version="3.."><implementation broken=""/></group>
      <group if-0install-version="2.18"><x:y xmlns:x="urn:x" if-0install-version="3"/>
        <implementation id="a" version="1" if-0install-version="..!9"/></group>`);
    expect(feed.summaries).toEqual([{ lang: 'en', text: 'new' }]);
    expect(feed.implementations.map((one) => one.attributes)).toEqual([
      { stability: 'testing', 'from-feed': localFeedName, id: 'a', version: '1' },
    ]);
  });

  it('reject a feed that wants another one', () => {
    const text = (attributes: string): string => feedText('<name>a</name>', attributes);
    expect(reasonOf(() => read(text('if-0install-version="3.."')))).toMatch(
      /^Feed requires 0install version 3\.\. \(we are 2\.18\): <interface> at /,
    );
    expect(reasonOf(() => read(text('min-injector-version="2.19"')))).toMatch(
      /^Feed requires 0install version 2\.19 or later \(we are 2\.18\): <interface> at /,
    );
    expect(read(text('min-injector-version="2.19"'), '2.19')).toBeTruthy();
    expect(reasonOf(() => read(text('min-injector-version="x"')))).toBe(
      "Cannot parse 'x' as a 64-bit integer (in 'x')",
    );
  });

  it('reject a feed with a condition that is none', () => {
    expect(reasonOf(() => localFeed('<group if-0install-version="x"/>'))).toBe(
      "Cannot parse 'x' as a 64-bit integer (in 'x')\n... parsing version expression 'x'",
    );
  });
});
