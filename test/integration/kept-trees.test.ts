import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createKeptTrees, keptTreesIn, removeStrayTrees } from '../../electron/adapters/feeds/kept-trees.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { escapeName } from '../../electron/core/feed/names.ts';
import { type FeedDocument, parseFeedDocument } from '../../electron/core/feed/parse-feed.ts';
import { runZerodesk } from '../helpers/desk-world.ts';
import { fixturePath } from '../helpers/fixtures.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const feed = '/cache/interfaces/https%3a%2f%2fa.example%2fa.xml';
const never = (): FeedDocument => {
  throw new Error('parsed again');
};
const parseOf = (text: string) => () => parseFeedDocument(text, 'a.xml');
const small = '<a xmlns="urn:a" b="1"><c xmlns:d="urn:d" d:e="x &amp; y"> text </c><c/></a>';

/** A directory that keeps the tree of a document as that of `feed`, and the file in it. */
function kept(text: string): { readonly directory: string; readonly file: string; readonly document: FeedDocument } {
  const directory = path.join(tempDir(), 'trees');
  const document = createKeptTrees(directory).keep(feed, '1', parseOf(text));
  return { directory, file: path.join(directory, readdirSync(directory)[0] ?? ''), document };
}

describe('kept trees', () => {
  it('are what was parsed, of all documents of the conformance cases', () => {
    const root = fixturePath('conformance/select');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'));
    let count = 0;
    for (const name of files) {
      const text = readFileSync(path.join(root, name), 'utf8');
      let document: FeedDocument;
      try {
        document = parseFeedDocument(text, name);
      } catch {
        continue;
      }
      expect(createKeptTrees(kept(text).directory).keep(feed, '1', never)).toEqual(document);
      count += 1;
    }
    expect(count).toBeGreaterThan(400);
  });

  it('are of one version of a file only', () => {
    const { directory } = kept(small);
    const trees = createKeptTrees(directory);
    const other = parseOf('<b/>');
    expect(trees.keep(feed, '2', other).root.name).toBe('b');
    expect(trees.keep(feed, '2', never).root.name).toBe('b');
    expect(readdirSync(directory)).toHaveLength(1);
  });

  it.each([
    ['nothing', () => ''],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['no object', () => 'null'],
    ['no root', (text: string) => text.replace(/"root":.*$/s, '"root":7}')],
    ['a tag that is none', (text: string) => text.replace('"root":[0', '"root":[9')],
    ['attributes that are none', (text: string) => text.replace('{"b":"1"}', 'null')],
    ['a text that is none', (text: string) => text.replace('" text "', '7')],
    ['children that are none', (text: string) => text.replace(/\[\[2,.*\]\]/, '["a"]')],
  ])('that are damaged are made anew: %s', (_, damage) => {
    const { directory, file, document } = kept(small);
    const before = readFileSync(file, 'utf8');
    const after = damage(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    const trees = createKeptTrees(directory);
    expect(trees.keep(feed, '1', parseOf(small))).toEqual(document);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('are done without where they cannot be written', () => {
    const place = path.join(tempDir(), 'file');
    writeFileSync(place, '');
    expect(createKeptTrees(place).keep(feed, '1', parseOf(small))).toEqual(parseOf(small)());
    expect(() => createKeptTrees(place).keep(feed, '1', never)).toThrow('parsed again');
  });

  it('go when their feeds have gone', () => {
    const paths = createPaths({}, tempDir());
    const interfaces = path.join(paths.cache[0] ?? '', 'interfaces');
    mkdirSync(interfaces, { recursive: true });
    removeStrayTrees(paths);
    const trees = createKeptTrees(keptTreesIn(paths));
    for (const name of ['here', 'gone']) trees.keep(path.join(interfaces, name), '1', parseOf(small));
    writeFileSync(path.join(interfaces, 'here'), '');
    writeFileSync(path.join(keptTreesIn(paths), 'here.json.12-x'), '');
    removeStrayTrees(paths);
    expect(readdirSync(keptTreesIn(paths))).toEqual(['here.json']);
  });

  it('go with `0desk gc` too, but not while it only says what it would do', async () => {
    const env = { HOME: tempDir(), PATH: process.env['PATH'] ?? '' };
    const trees = keptTreesIn(createPaths(env, env.HOME));
    createKeptTrees(trees).keep(feed, '1', parseOf(small));
    expect(await runZerodesk(env, ['gc', '--dry-run'])).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(trees)).toHaveLength(1);
    expect(await runZerodesk(env, ['gc'])).toMatchObject({ status: 0, stderr: '', stdout: 'Nothing to delete.\n' });
    expect(readdirSync(trees)).toEqual([]);
  });

  it('are used for cached feeds that have not changed', async () => {
    const home = tempDir();
    const paths = createPaths({}, home);
    const uri = 'https://a.example/large.xml';
    const file = path.join(paths.cache[0] ?? '', 'interfaces', escapeName(uri));
    const text = (name: string): string =>
      `<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="${uri}"><name>${name}</name>` +
      `<summary>s</summary><description>${'long '.repeat(3000)}</description></interface>`;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text('Before'));
    const title = (): unknown => {
      const found = createSelectWorld({ paths, host: createHost({}) }).feed(uri);
      return found.status === 'ready' ? found.feed.title : found;
    };
    const tree = path.join(keptTreesIn(paths), `${escapeName(uri)}.json`);
    // Too new: another change at once might leave its time as it is.
    expect([title(), existsSync(tree)]).toEqual(['Before', false]);
    await delay(2700);
    expect([title(), existsSync(tree)]).toEqual(['Before', true]);
    writeFileSync(tree, readFileSync(tree, 'utf8').replace('Before', 'Kept'));
    expect(title()).toBe('Kept');
    const later = new Date(Date.now() + 5000);
    utimesSync(file, later, later);
    expect(title()).toBe('Before');
  });
});
