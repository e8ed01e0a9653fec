import { expect, it } from 'vitest';
import { addressOf, pageFromArguments } from '../../../../electron/app/page-argument.ts';
import { pages } from '../../../../shared/pages.ts';

it('opens every page by name, the last one named', () => {
  for (const page of pages) expect(pageFromArguments(['/opt/zerodesk', '--page=apps', `--page=${page}`])).toBe(page);
});

it.each([[[]], [['--page=']], [['--page=javascript:alert(1)']], [['storage']]])('takes nothing from %j', (argv) => {
  expect(pageFromArguments(argv)).toBeNull();
});

it.each([
  ['zero-install:https://example.com/a.xml?b=c', 'https://example.com/a.xml?b=c'],
  ['web+zeroinstall:http://example.com/a.xml', 'http://example.com/a.xml'],
  ['file:///srv/my%20feed.xml', '/srv/my feed.xml'],
])('asks about the feed of %s', (word, feed) => {
  expect(pageFromArguments(['/opt/zerodesk', '--page=storage', word])).toBe(`add=${encodeURIComponent(feed)}`);
});

it.each([
  ['zero-install:'],
  ['zero-install:javascript:alert(1)'],
  ['zero-install:file:///etc/passwd'],
  ['zero-install:https://example.com/\na'],
  ['zero-install://example.com/a.xml'],
  ['https://example.com/a.xml'],
  ['file:///%00'],
  ['file:///%E0%A4%A'],
  ['/srv/feed.xml'],
])('asks about nothing for %j', (word) => {
  expect(pageFromArguments(['/opt/zerodesk', word])).toBeNull();
});

it('puts the page behind the address', () => {
  expect(addressOf('app://zerodesk/index.html', 'storage')).toBe('app://zerodesk/index.html#storage');
  expect(addressOf('app://zerodesk/index.html', null)).toBe('app://zerodesk/index.html');
});
