import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDrops } from '../../../../electron/app/drops.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const feed =
  '<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>A</name></interface>';

describe('dropped files [W15]', () => {
  it('are feeds, links to them, or nothing to add', async () => {
    const folder = tempDir();
    const write = (name: string, text: string): string => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    mkdirSync(path.join(folder, 'sub'));
    spawnSync('mkfifo', [path.join(folder, 'pipe.xml')]);
    const found = await createDrops().look([
      write('a.xml', feed),
      write('page.xml', '<html/>'),
      write('broken.xml', '<interface'),
      write('site.url', '[InternetShortcut]\nURL=https://a.example/f.xml\n'),
      write('own.desktop', '[Desktop Entry]\nURL=file:///etc/passwd\n'),
      write('prog.tar.gz', ''),
      write('huge.url', 'x'.repeat(100_000)),
      path.join(folder, 'sub'),
      path.join(folder, 'gone.xml'),
      // Reading it would never end.
      path.join(folder, 'pipe.xml'),
    ]);
    expect(found.map(({ name, address, problem }) => [name, address, problem])).toEqual([
      ['a.xml', path.join(folder, 'a.xml'), null],
      ['page.xml', null, 'no-feed'],
      ['broken.xml', null, 'no-feed'],
      ['https://a.example/f.xml', 'https://a.example/f.xml', null],
      ['file:///etc/passwd', null, 'not-url'],
      ['prog.tar.gz', null, 'archive'],
      ['huge.url', null, 'unreadable'],
      ['sub', null, 'folder'],
      ['gone.xml', null, 'unreadable'],
      ['pipe.xml', null, 'no-feed'],
    ]);
  });
});
