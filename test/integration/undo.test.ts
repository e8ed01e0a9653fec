import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { interfaceSettings } from '../../electron/adapters/config/preference-files.ts';
import type { InterfaceUri, UndoId } from '../../shared/model/index.ts';
import { createDeskWorld, type DeskWorld } from '../helpers/desk-world.ts';
import { publishHello } from '../helpers/hello-updates.ts';
import { startSampleSite } from '../helpers/sample-site.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const uri = 'https://example.com/app.xml' as InterfaceUri;

/** Every settings file with its content. */
function settingsOf({ base }: DeskWorld): Readonly<Record<string, string>> {
  const root = path.join(base, 'config');
  const files = existsSync(root) ? readdirSync(root, { recursive: true, withFileTypes: true }) : [];
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [path.relative(root, file), readFileSync(file, 'utf8')];
      }),
  );
}

/** A local feed of another version of the program. */
function localFeed(version: string): string {
  const file = path.join(tempDir(), 'feed.xml');
  writeFileSync(
    file,
    `<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>App</name><summary>x</summary>
    <feed-for interface="${uri}"/><implementation id="." version="${version}"/></interface>`,
  );
  return file;
}

describe('undo', () => {
  it('gives a rating back that was there before', async () => {
    const world = await createDeskWorld();
    const { changes, undo, preferences } = world.desk;
    await changes.rate(uri, 'one', 'testing');
    const before = settingsOf(world);
    const first = await changes.rate(uri, 'one', 'buggy');
    expect((await preferences.readFeed(uri)).ratings.get('one')).toBe('buggy');
    await undo.take(first);
    expect(settingsOf(world)).toEqual(before);
  });

  it('gives a preferred stability back', async () => {
    const world = await createDeskWorld();
    const { changes, undo, preferences } = world.desk;
    await changes.setPolicy(uri, 'developer');
    const before = settingsOf(world);
    await undo.take(await changes.setPolicy(uri, null));
    expect((await preferences.readInterface(uri)).policy).toBe('developer');
    expect(settingsOf(world)).toEqual(before);
  });

  it('puts a feed back where it was, with what else is kept of it', async () => {
    const world = await createDeskWorld();
    const { changes, undo } = world.desk;
    const [place] = interfaceSettings([path.join(world.base, 'config')]);
    const file = path.join(place?.folder ?? '', place?.fileName(uri) ?? '');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(
      file,
      `<interface-preferences xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="${uri}">` +
        '<feed src="https://example.com/a.xml"/><feed src="https://example.com/b.xml" arch="Linux-*" note="mine"/>' +
        '<feed src="https://example.com/c.xml"/></interface-preferences>',
    );
    await changes.setPolicy(uri, 'testing');
    const before = settingsOf(world);
    const id = await changes.removeFeed(uri, 'https://example.com/b.xml');
    expect(settingsOf(world)).not.toEqual(before);
    await undo.take(id);
    expect(settingsOf(world)).toEqual(before);
  });

  it('takes a feed away again that was added', async () => {
    const world = await createDeskWorld();
    const { changes, undo, preferences } = world.desk;
    const id = await changes.addFeed(uri, localFeed('2'));
    expect((await preferences.readInterface(uri)).feeds).toHaveLength(1);
    await undo.take(id);
    expect((await preferences.readInterface(uri)).feeds).toEqual([]);
  });

  it('brings a program back into My apps with all that was known of it', async () => {
    const world = await createDeskWorld();
    const { apps, undo, state } = world.desk;
    await state.write('library', {
      version: 1,
      apps: {
        [uri]: {
          addedAt: '2026-01-01T00:00:00Z',
          lastRunAt: '2026-02-01T00:00:00Z',
          name: 'App',
          versions: { a: '1' },
        },
        'https://example.com/z.xml': { addedAt: '2026-01-02T00:00:00Z', lastRunAt: null, name: 'Z', versions: {} },
      },
    });
    const before = JSON.stringify(await state.read('library'));
    const id: UndoId = await apps.remove(uri);
    expect(JSON.stringify(await state.read('library'))).not.toBe(before);
    await undo.take(id);
    expect(JSON.stringify(await state.read('library'))).toBe(before);
  });

  it('of several changes that were tried out takes all of them back', async () => {
    const world = await createDeskWorld();
    const { changes, undo, config } = world.desk;
    await changes.rate(uri, 'one', 'stable');
    await changes.setPolicy(uri, 'stable');
    await config.write({ networkUse: 'minimal', helpWithTesting: false });
    const before = settingsOf(world);
    const id = await changes.applyDraft(uri, {
      ratings: { [uri]: { one: null, two: 'preferred' } },
      policies: { [uri]: 'developer' },
      feeds: { [uri]: { added: [localFeed('3')] } },
      networkUse: 'full',
      helpWithTesting: true,
    });
    expect(await config.read()).toMatchObject({ networkUse: 'full', helpWithTesting: true });
    await undo.take(id);
    const after = settingsOf(world);
    expect(await config.read()).toMatchObject({ networkUse: 'minimal', helpWithTesting: false });
    // An empty file of a version that was never rated may stay; it says nothing.
    for (const [name, text] of Object.entries(before)) {
      if (!name.endsWith('global')) expect(after[name]).toBe(text);
    }
  });

  it('has nothing to do after a draft that could not be applied: nothing of it stays', async () => {
    const world = await createDeskWorld();
    const { changes, preferences } = world.desk;
    const good = localFeed('2');
    const bad = path.join(tempDir(), 'missing.xml');
    const draft = { ratings: { [uri]: { one: 'buggy' as const } }, feeds: { [uri]: { added: [good, bad] } } };
    await expect(changes.applyDraft(uri, draft)).rejects.toMatchObject({ code: 'bad-feed' });
    expect((await preferences.readInterface(uri)).feeds).toEqual([]);
    expect((await preferences.readFeed(uri)).ratings.size).toBe(0);
    await expect(changes.applyDraft(uri, { restrictions: { [uri]: '..!2' } })).rejects.toMatchObject({
      code: 'not-allowed',
    });
  });

  it('of a range of versions gives an app back what was asked for; nothing but a good range is taken [D-2]', async () => {
    const site = await startSampleSite();
    try {
      const world = await createDeskWorld();
      const { desk } = world;
      const hello = `${site.baseUrl}/hello.xml` as InterfaceUri;
      await world.trust(site.key.fingerprint, hello);
      await publishHello(site, [{ version: '1.0' }, { version: '1.1' }]);
      expect((await world.finish(desk.appJobs.add('hello', hello))).state).toBe('done');
      const asked = async () => (await desk.named.appStore.readRequirements('hello'))?.restrictions;
      const runs = async () => {
        expect((await world.finish(desk.run.run({ interface: hello, refresh: false }))).state).toBe('done');
        return (await desk.named.appStore.read('hello'))?.selections.selections[0]?.version;
      };
      expect(await runs()).toBe('1.1');
      const draft = { restrictions: { [hello]: '..!1.1' } };
      const { changes: previewed } = await desk.decisions.whatIf(hello, draft);
      expect(previewed).toMatchObject([{ from: { version: '1.1' }, to: { version: '1.0' } }]);
      const id = await desk.changes.applyDraft(hello, draft);
      expect(await asked()).toEqual({ [hello]: '..!1.1' });
      expect((await desk.components.versions({ root: hello, interface: hello, isSource: false })).restriction).toBe(
        '..!1.1',
      );
      expect(await runs()).toBe('1.0');
      await expect(desk.changes.applyDraft(hello, { restrictions: { [hello]: '1..2' } })).rejects.toMatchObject({
        code: 'bad-version',
      });
      await desk.undo.take(id);
      expect(await asked()).toEqual({});
    } finally {
      await site.close();
    }
  });
});
