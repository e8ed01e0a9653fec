import { describe, expect, it } from 'vitest';
import { linkInFile, linksIn, toDroppedLink } from '../../../shared/dropped.ts';

describe('what is dropped on the window [W15] [O29]', () => {
  it('are the lines of a list, without its comments', () => {
    expect(linksIn('# from a page\r\nhttps://a.example/1.xml\r\nzero-install:https://a.example/2.xml\n\n')).toEqual([
      'https://a.example/1.xml',
      'https://a.example/2.xml',
    ]);
    expect(linksIn('https://a.example/x.xml\n'.repeat(5000))).toHaveLength(100);
  });

  it.each([
    ['https://a.example/feed.xml', null],
    ['http://a.example/feed', null],
    ['https://a.example/prog-1.0.tar.gz', 'archive'],
    ['https://a.example/prog.tgz?mirror=1', 'archive'],
    ['https://a.example/prog.tar.bz2', 'archive'],
    ['https://a.example/setup.EXE', 'archive'],
    ['https://a.example/prog.rpm#a', 'archive'],
    ['https://a.example/prog.deb', 'archive'],
    ['javascript:alert(1)', 'not-url'],
    ['file:///etc/passwd', 'not-url'],
    ['zero-install:javascript:alert(1)', 'not-url'],
    ['https://a.example/with blank.xml', 'not-url'],
    [`https://a.example/${'a'.repeat(5000)}`, 'not-url'],
  ])('%s: %s', (address, problem) => {
    const item = toDroppedLink(address);
    expect(item.problem).toBe(problem);
    expect(item.address).toBe(problem === null ? address : null);
  });

  it.each([
    ['a.url', '[InternetShortcut]\r\nURL=https://a.example/f.xml\r\nIconIndex=0\r\n', 'https://a.example/f.xml'],
    ['a.desktop', '[Desktop Entry]\nType=Link\nURL=zero-install:https://a.example/f.xml\n', 'https://a.example/f.xml'],
    ['a.desktop', '[Desktop Entry]\nType=Application\nExec=rm\n[Other]\nURL=https://a.example/f.xml\n', null],
    [
      'a.webloc',
      '<plist><dict><key>URL</key><string>https://a.example/f.xml?a&amp;b</string></dict></plist>',
      'https://a.example/f.xml?a&b',
    ],
    ['a.url', 'URL=https://a.example/f.xml', null],
  ])('%s is a file with a link', (name, text, link) => {
    expect(linkInFile(name, text)).toBe(link);
  });
});
