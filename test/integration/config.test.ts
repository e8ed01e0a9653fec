import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../../electron/adapters/config/config.ts';
import { createPreferences } from '../../electron/adapters/config/preferences.ts';
import { withLockFile } from '../../electron/adapters/lock-file.ts';
import { writeFileAtomically } from '../../electron/adapters/files.ts';
import { createPaths, type Paths } from '../../electron/adapters/paths.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const uri = 'https://example.com/paint.xml';
const hasReference = spawnSync('0install', ['--version']).status === 0;
if (!hasReference) console.warn('SKIPPED: 0install is not installed; nobody checks that it reads our files');

/** Directories of a person of their own, with one system directory of each kind. */
function personsPaths(): Paths {
  const home = tempDir();
  const env = {
    XDG_CONFIG_DIRS: join(home, 'etc'),
    XDG_CACHE_DIRS: join(home, 'var'),
    XDG_DATA_DIRS: join(home, 'usr'),
  };
  return createPaths(env, home);
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function reference(paths: Paths, args: readonly string[]): string {
  const env = { HOME: paths.home, PATH: process.env['PATH'] ?? '', XDG_CONFIG_DIRS: '', XDG_DATA_DIRS: '' };
  return execFileSync('0install', args, { env, encoding: 'utf8' });
}

describe('the global settings', () => {
  it('have the defaults of the reference', async () => {
    expect(await createConfig(personsPaths()).read()).toEqual({
      networkUse: 'full',
      freshnessSeconds: 2_592_000,
      helpWithTesting: false,
      autoApproveKeys: true,
      keyInfoServer: 'https://keylookup.0install.net',
      warnings: [],
    });
  });

  it('warn about what they do not understand', async () => {
    const paths = personsPaths();
    put(
      join(paths.config[0] ?? '', 'injector/global'),
      '[global]\nnetwork_use = offline\nfreshness = soon\nhelp_with_testing = yes\nauto_approve_keys = fAlse\nkey_info_server =\n',
    );
    expect(await createConfig(paths).read()).toMatchObject({
      networkUse: 'full',
      freshnessSeconds: 2_592_000,
      helpWithTesting: false,
      autoApproveKeys: false,
      keyInfoServer: null,
      warnings: ['network_use = offline', 'freshness = soon', 'help_with_testing = yes'],
    });
  });

  it('never check feeds if freshness is nothing or less', async () => {
    const paths = personsPaths();
    put(join(paths.config[0] ?? '', 'injector/global'), '[global]\nfreshness = -1\n');
    expect((await createConfig(paths).read()).freshnessSeconds).toBe(0);
  });

  it('begin with the file of the system and never change it', async () => {
    const paths = personsPaths();
    const [own = '', system = ''] = paths.config.map((directory) => join(directory, 'injector/global'));
    put(system, '[global]\nnetwork_use = minimal\nlocal = 1\n');
    const config = createConfig(paths);
    await config.write({ helpWithTesting: true });
    expect(readFileSync(own, 'utf8')).toBe(
      '[global]\nnetwork_use = minimal\nlocal = 1\nhelp_with_testing = True\nfreshness = 2592000\nauto_approve_keys = True\n',
    );
    expect(readFileSync(system, 'utf8')).not.toContain('help');
    expect(await config.read()).toMatchObject({ networkUse: 'minimal', helpWithTesting: true });
  });

  it('are written one change after the other, with the mode of the reference', async () => {
    const paths = personsPaths();
    const config = createConfig(paths);
    await Promise.all([
      config.write({ networkUse: 'off-line' }),
      config.write({ freshnessSeconds: 0 }),
      config.write({ keyInfoServer: null }),
    ]);
    expect(await config.read()).toMatchObject({ networkUse: 'off-line', freshnessSeconds: 0, keyInfoServer: null });
    const file = join(paths.config[0] ?? '', 'injector/global');
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readdirSync(dirname(file))).toEqual(['global']);
  });

  it.skipIf(!hasReference)('mean the same to the reference', async () => {
    const paths = personsPaths();
    const config = createConfig(paths);
    await config.write({
      networkUse: 'minimal',
      freshnessSeconds: 172_800,
      helpWithTesting: true,
      autoApproveKeys: false,
    });
    expect(reference(paths, ['config'])).toBe(
      'auto_approve_keys = False\nfreshness = 2d\nhelp_with_testing = True\nnetwork_use = minimal\n',
    );
    reference(paths, ['config', 'network_use', 'full']);
    expect(await config.read()).toMatchObject({ networkUse: 'full', freshnessSeconds: 172_800 });
  });
});

describe('the settings of interfaces and feeds', () => {
  it('are nothing at first', async () => {
    const preferences = createPreferences(personsPaths());
    expect(await preferences.readInterface(uri)).toEqual({ policy: null, feeds: [] });
    expect(await preferences.readFeed(uri)).toEqual({ lastChecked: null, ratings: new Map() });
    expect(await preferences.readFeed(`https://example.com/${'x'.repeat(300)}`)).toMatchObject({ lastChecked: null });
  });

  it('stay when others are changed, also at the same time', async () => {
    const paths = personsPaths();
    const preferences = createPreferences(paths);
    await Promise.all([
      preferences.setPolicy(uri, 'testing'),
      preferences.addFeed(uri, '/srv/a.xml'),
      preferences.addFeed(uri, 'https://example.com/b.xml'),
      preferences.setRating(uri, 'sha1new=1', 'preferred'),
      preferences.setRating(uri, 'sha1new=2', 'buggy'),
      preferences.setLastChecked(uri, 1_735_689_600),
    ]);
    expect(await preferences.readInterface(uri)).toEqual({
      policy: 'testing',
      feeds: [
        { src: 'https://example.com/b.xml', os: null, cpu: null },
        { src: '/srv/a.xml', os: null, cpu: null },
      ],
    });
    await preferences.setRating(uri, 'sha1new=2', null);
    expect(await preferences.readFeed(uri)).toEqual({
      lastChecked: 1_735_689_600,
      ratings: new Map([['sha1new=1', 'preferred']]),
    });
    expect(readdirSync(join(paths.config[0] ?? '', 'injector/feeds'))).toEqual(['https:##example.com#paint.xml']);
  });

  it('are read from the system and from very old files, and written anew', async () => {
    const paths = personsPaths();
    const content =
      '<interface-preferences xmlns="http://zero-install.sourceforge.net/2004/injector/interface" stability_policy="developer"/>';
    put(join(paths.config[0] ?? '', 'injector/user_overrides/https%3a%2f%2fexample.com%2fpaint.xml'), content);
    const preferences = createPreferences(paths);
    expect((await preferences.readInterface(uri)).policy).toBe('developer');
    await preferences.addFeed(uri, '/srv/a.xml');
    expect(await preferences.readInterface(uri)).toMatchObject({ policy: 'developer', feeds: [{ src: '/srv/a.xml' }] });
    expect(existsSync(join(paths.config[0] ?? '', 'injector/interfaces/https:##example.com#paint.xml'))).toBe(true);
  });

  it.each(['<x', '<x/>', ''])('of a broken file (%j) are neither believed nor overwritten', async (content) => {
    const paths = personsPaths();
    const file = join(paths.config[0] ?? '', 'injector/feeds/https:##example.com#paint.xml');
    put(file, content);
    const preferences = createPreferences(paths);
    const broken = expect.objectContaining({ code: 'bad-settings' }) as Error;
    await expect(preferences.readFeed(uri)).rejects.toThrow(broken);
    await expect(preferences.setRating(uri, 'a', 'stable')).rejects.toThrow(broken);
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it.skipIf(!hasReference)('mean the same to the reference', async () => {
    const paths = personsPaths();
    const preferences = createPreferences(paths);
    const feed = join(paths.home, 'a.xml');
    put(
      feed,
      `<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>a</name><feed-for interface="${uri}"/>
       <implementation id="." version="1" main="a"/><implementation id="./b" version="2" main="a"/></interface>`,
    );
    mkdirSync(join(paths.home, 'b'));
    await preferences.addFeed(uri, feed);
    expect(reference(paths, ['list-feeds', uri])).toBe(`${feed}\n`);
    const select = (): string => reference(paths, ['select', '--offline', '--xml', feed]);
    expect(select()).toContain('version="2"');
    await preferences.setRating(feed, './b', 'buggy');
    expect(select()).toContain('version="1"');
    await preferences.removeFeed(uri, feed);
    expect(reference(paths, ['list-feeds', uri])).toBe('(no feeds)\n');
    reference(paths, ['add-feed', uri, feed]);
    expect((await preferences.readInterface(uri)).feeds).toMatchObject([{ src: feed }]);
  });
});

describe('writeFileAtomically', () => {
  it('leaves the old content and no other file when it cannot write', async () => {
    const directory = tempDir();
    const path = join(directory, 'sub/file');
    await writeFileAtomically(path, 'old', 0o600);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['old', 0o600]);
    mkdirSync(join(directory, 'taken/inside'), { recursive: true });
    await expect(writeFileAtomically(join(directory, 'taken'), 'new', 0o644)).rejects.toThrow(
      expect.objectContaining({ code: 'file-failed' }) as Error,
    );
    await expect(writeFileAtomically(join(directory, 'x'.repeat(300)), 'new', 0o644)).rejects.toThrow('file-failed');
    expect(readdirSync(directory).sort()).toEqual(['sub', 'taken']);
  });

  it.skipIf(process.getuid?.() === 0)('says when it may not', async () => {
    const directory = tempDir();
    chmodSync(directory, 0o500);
    await expect(writeFileAtomically(join(directory, 'file'), 'x', 0o644)).rejects.toThrow(
      expect.objectContaining({ code: 'permission-denied' }) as Error,
    );
  });

  it('says when the disk is full, and keeps what was there', async (context) => {
    const disk = tempDir();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0) {
      console.warn('SKIPPED: no disk of 64 KiB can be mounted here');
      return context.skip();
    }
    try {
      const path = join(disk, 'file');
      await writeFileAtomically(path, 'old', 0o644);
      await expect(writeFileAtomically(path, 'x'.repeat(100_000), 0o644)).rejects.toThrow(
        expect.objectContaining({ code: 'disk-full', params: { path } }) as Error,
      );
      expect([readFileSync(path, 'utf8'), readdirSync(disk)]).toEqual(['old', ['file']]);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});

describe('withLockFile', () => {
  const times = { waitMs: 200, staleMs: 60_000, pollMs: 5 };

  it('lets one after the other in', async () => {
    const path = join(tempDir(), 'locks/a');
    const events: string[] = [];
    const enter = (name: string): Promise<void> =>
      withLockFile(path, async () => {
        events.push(`${name} in`);
        await Promise.resolve();
        events.push(`${name} out`);
      });
    await Promise.all([enter('a'), enter('b'), enter('c')]);
    for (let index = 0; index < events.length; index += 2) {
      expect(events[index + 1]).toBe(events[index]?.replace('in', 'out'));
    }
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('gives up when it stays locked by a living process', async () => {
    const path = join(tempDir(), 'a');
    writeFileSync(path, `${process.pid} other\n`);
    await expect(withLockFile(path, async () => undefined, times)).rejects.toThrow('another program keeps it locked');
    expect(readFileSync(path, 'utf8')).toContain('other');
  });

  it('takes over from a process that has ended', async () => {
    const path = join(tempDir(), 'a');
    const ended = spawnSync('true').pid;
    writeFileSync(path, `${ended} other\n`);
    expect(await withLockFile(path, async () => 'done', times)).toBe('done');
    expect(existsSync(path)).toBe(false);
  });

  it('is released when the action fails', async () => {
    const path = join(tempDir(), 'a');
    await expect(withLockFile(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });
});
