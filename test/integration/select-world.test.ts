import { mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPreferences } from '../../electron/adapters/config/preferences.ts';
import { createDocumentCache } from '../../electron/adapters/feeds/document-cache.ts';
import { createFeedCache } from '../../electron/adapters/feeds/feed-cache.ts';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createPaths, type Paths } from '../../electron/adapters/paths.ts';
import { escapeName, nameComponents } from '../../electron/core/feed/names.ts';
import { feedText, remoteFeedName as uri } from '../helpers/feed.ts';
import { fixturePath } from '../helpers/fixtures.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const remoteText = (name: string): string => feedText(`<name>${name}</name>`, `uri="${uri}"`);

interface Place {
  readonly paths: Paths;
  readonly world: ReturnType<typeof createSelectWorld>;
  readonly put: (path: string, text?: string) => string;
}

/** A home with one system directory of each kind, and what selecting sees of it. */
function place(extraStores: readonly string[] = []): Place {
  const home = tempDir();
  const env = {
    XDG_CONFIG_DIRS: join(home, 'etc'),
    XDG_CACHE_DIRS: join(home, 'var'),
    XDG_DATA_DIRS: join(home, 'usr'),
  };
  const paths = createPaths(env, home);
  return {
    paths,
    world: createSelectWorld({ paths, host: createHost({}), extraStores }),
    put(path, text = '') {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
  };
}

describe('feeds', () => {
  it('are read from the first cache that has them', () => {
    const { paths, world, put } = place();
    const [own = '', system = ''] = paths.cache.map((cache) => join(cache, 'interfaces', escapeName(uri)));
    expect(world.feed(uri)).toEqual({ status: 'missing' });
    put(system, remoteText('system'));
    world.refresh();
    expect(world.feed(uri)).toMatchObject({ status: 'ready', feed: { title: 'system' } });
    put(own, remoteText('own'));
    world.refresh();
    expect(world.feed(uri)).toMatchObject({ feed: { title: 'own' } });
  });

  it('do not change between two refreshes', () => {
    const { paths, world, put } = place();
    const file = put(join(paths.cache[0] ?? '', 'interfaces', escapeName(uri)), remoteText('one'));
    const first = world.feed(uri);
    put(file, remoteText('two'));
    expect(world.feed(uri)).toBe(first);
    world.refresh();
    const second = world.feed(uri);
    expect(second).toMatchObject({ feed: { title: 'two' } });
  });

  it('so new that a change could be missed are parsed each time', () => {
    const { paths, world, put } = place();
    const file = put(join(paths.home, 'new.xml'), feedText('<name>one</name>'));
    const first = world.feed(file);
    world.refresh();
    expect(world.feed(file)).not.toBe(first);
  });

  it('that have not changed are parsed once, under each name', () => {
    const parsed: string[] = [];
    const cache = createDocumentCache(1000, (_, { key }) => parsed.push(key));
    const old = fixturePath('conformance/vectors/README.md');
    expect([cache.get(old, 'a'), cache.get(old, 'a'), cache.get(old, 'b'), cache.get(`${old}.none`, 'a')]).toEqual([
      ...[1, 1, 2, undefined],
    ]);
    cache.trim();
    expect([cache.get(old, 'a'), parsed]).toEqual([1, ['a', 'b']]);
    expect(() => createDocumentCache(10, () => 0).get(old, '')).toThrow('longer than 10 bytes');
  });

  it('are seen to change even if size and time stay', () => {
    const { world, put, paths } = place();
    const file = put(join(paths.home, 'a.xml'), feedText('<name>one</name>'));
    const time = new Date(1_700_000_000_000);
    utimesSync(file, time, time);
    expect(world.feed(file)).toMatchObject({ feed: { title: 'one' } });
    const other = put(`${file}.new`, feedText('<name>two</name>'));
    utimesSync(other, time, time);
    renameSync(other, file);
    world.refresh();
    expect(world.feed(file)).toMatchObject({ feed: { title: 'two' } });
  });

  it('that are bad are fatal only if they are cached ones', () => {
    const { paths, world, put } = place();
    const cached = put(join(paths.cache[0] ?? '', 'interfaces', escapeName(uri)), feedText('', `uri="${uri}"`));
    expect(world.feed(uri)).toEqual({
      status: 'bad',
      reason: `Missing <name> in <interface> at ${cached}:1:1`,
      isFatal: true,
    });
    const broken = put(join(paths.home, 'broken.xml'), '<a>\n</b>');
    expect(world.feed(broken)).toMatchObject({
      status: 'bad',
      reason: expect.stringMatching(/^\[2:\d+\] .*\n\.\.\. parsing XML document .*broken.xml$/) as string,
      isFatal: false,
    });
    const none = join(paths.home, 'none.xml');
    expect(world.feed(none)).toEqual({
      status: 'bad',
      reason: `Open failed: ${none}: No such file or directory\n... parsing XML document ${none}`,
      isFatal: false,
    });
    expect(world.feed(paths.home)).toMatchObject({
      status: 'bad',
      reason: expect.stringContaining('Is a directory') as string,
    });
    expect(world.feed(join(broken, 'x'))).toMatchObject({ status: 'bad' });
    expect(world.feed(`https://example.com/${'x'.repeat(300)}`)).toEqual({ status: 'missing' });
  });
});

describe('settings', () => {
  it('are those the preferences have written', async () => {
    const { paths, world } = place();
    const preferences = createPreferences(paths);
    expect(world.interfacePreferences(uri)).toEqual({ policy: null, feeds: [] });
    expect(world.feedPreferences(uri).ratings.size).toBe(0);
    await preferences.setPolicy(uri, 'developer');
    await preferences.setRating(`distribution:${uri}`, 'package:deb:x:1:*', 'buggy');
    expect(world.interfacePreferences(uri).policy).toBeNull();
    world.refresh();
    expect(world.interfacePreferences(uri).policy).toBe('developer');
    expect(world.feedPreferences(`distribution:${uri}`).ratings.get('package:deb:x:1:*')).toBe('buggy');
    expect(world.feedPreferences(uri).ratings.size).toBe(0);
  });

  it('that are broken are a problem of their own', () => {
    const { paths, world, put } = place();
    put(join(paths.config[0] ?? '', 'injector/feeds/https:##example.com#app.xml'), '<x');
    expect(() => world.feedPreferences(uri)).toThrow(expect.objectContaining({ code: 'bad-settings' }) as Error);
  });
});

describe('feeds of the distribution and of local builds', () => {
  it('are found in the data directories', () => {
    const { paths, world, put } = place();
    const [own = '', system = ''] = paths.data;
    const real = put(join(paths.home, 'package.xml'));
    mkdirSync(join(system, 'native_feeds'), { recursive: true });
    symlinkSync(real, join(system, 'native_feeds/https:##example.com#app.xml'));
    const builds = [
      ['b', own],
      ['a', own],
      ['.hidden', own],
      ['c', system],
    ].map(([name = '', data = '']) =>
      put(join(data, 'site-packages', ...nameComponents(uri), name, '0install/feed.xml')),
    );
    mkdirSync(join(own, 'site-packages', ...nameComponents(uri), 'empty'));
    expect(world.nativeFeed(uri)).toBe(real);
    expect(world.sitePackages(uri)).toEqual([builds[1], builds[0], builds[3]]);
    expect([world.nativeFeed('https://example.com/other'), world.sitePackages('https://example.com/other')]).toEqual([
      ...[null, []],
    ]);
    expect(world.sitePackages('https://example.com')).toEqual([]);
    rmSync(real);
    expect(world.nativeFeed(uri)).toBeNull();
  });
});

describe('stored implementations', () => {
  it('are found by the first digest that any store has', () => {
    const extra = tempDir();
    const { paths, world } = place([extra]);
    const [own = '', system = ''] = paths.cache.map((cache) => join(cache, 'implementations'));
    for (const path of [
      join(own, 'sha256new_A'),
      join(system, 'sha256new_A'),
      join(system, 'sha1new=B'),
      join(extra, 'sha256=C'),
    ]) {
      mkdirSync(path, { recursive: true });
    }
    symlinkSync(extra, join(own, 'sha256new_L'));
    writeFileSync(join(own, 'sha256new_F'), '');
    expect(world.stored(['sha256=C', 'sha256new_A'])).toEqual({ path: join(extra, 'sha256=C'), store: extra });
    expect(world.stored(['sha256new_A'])).toEqual({ path: join(own, 'sha256new_A'), store: 'user' });
    expect(world.stored(['sha1new=B'])).toEqual({ path: join(system, 'sha1new=B'), store: 'shared' });
    expect(world.stored(['sha256new_L', 'sha256new_F', '..', 'sha256new_A/../sha256new_A'])).toBeNull();
    mkdirSync(join(own, 'sha256new_N'));
    expect(world.stored(['sha256new_N'])).toBeNull();
    world.refresh();
    expect(world.stored(['sha256new_N'])).not.toBeNull();
  });
});

describe('the feed cache', () => {
  it('gives back the bytes, lists what is there, and remembers attempts', async () => {
    const { paths, put } = place();
    const cache = createFeedCache(paths);
    const bytes = new TextEncoder().encode(remoteText('é'));
    expect([await cache.read(uri), await cache.lastAttempt(uri), await cache.list()]).toEqual([null, null, []]);
    await cache.write(uri, bytes);
    await cache.touchAttempt(uri);
    put(join(paths.cache[1] ?? '', 'interfaces', escapeName('http://example.com/b')));
    put(join(paths.cache[1] ?? '', 'interfaces', escapeName(uri)));
    put(join(paths.cache[0] ?? '', 'interfaces', '.hidden'));
    put(join(paths.cache[0] ?? '', 'interfaces', 'tmp-123456.new'));
    expect(Buffer.from((await cache.read(uri)) ?? [])).toEqual(Buffer.from(bytes));
    expect(await cache.list()).toEqual(['http://example.com/b', uri]);
    expect(Math.abs(((await cache.lastAttempt(uri)) ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('touches an attempt again', async () => {
    const { paths } = place();
    const cache = createFeedCache(paths);
    await cache.touchAttempt(uri);
    const file = join(paths.cache[0] ?? '', 'injector/last-check-attempt/https:##example.com#app.xml');
    utimesSync(file, new Date(1000), new Date(1000));
    expect(await cache.lastAttempt(uri)).toBe(1000);
    await cache.touchAttempt(uri);
    expect(await cache.lastAttempt(uri)).toBeGreaterThan(1000);
  });

  it('refuses what has no file name', async () => {
    const cache = createFeedCache(place().paths);
    const long = `https://example.com/${'x'.repeat(300)}`;
    await expect(cache.write(long, new Uint8Array())).rejects.toThrow(
      expect.objectContaining({ code: 'bad-url' }) as Error,
    );
    expect(await cache.read(long)).toBeNull();
  });

  it('lets only one change a feed at a time', async () => {
    const cache = createFeedCache(place().paths);
    let inside = 0;
    const enter = (): Promise<number> =>
      cache.exclusively(uri, async () => {
        inside++;
        await Promise.resolve();
        return inside--;
      });
    expect(await Promise.all([enter(), enter(), enter()])).toEqual([1, 1, 1]);
  });
});

describe('the host', () => {
  it('is described in the words of feeds', () => {
    const host = createHost({ LANG: 'de_AT.UTF-8' }, ['fr']);
    expect(host.languages).toEqual([
      { language: 'de', country: 'at' },
      { language: 'en', country: 'gb' },
    ]);
    expect(createHost({}, ['fr']).languages[0]).toEqual({ language: 'fr', country: null });
    expect([host.os, host.cpu, host.distribution].every((name) => name !== '')).toBe(true);
  });
});
