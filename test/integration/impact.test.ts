import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { escapeName } from '../../electron/core/feed/names.ts';
import type { InterfaceUri } from '../../shared/model/index.ts';
import { createDeskWorld, openDeskWorld, runRequest } from '../helpers/desk-world.ts';
import { publishHello } from '../helpers/hello-updates.ts';
import { startSampleSite } from '../helpers/sample-site.ts';

describe('a feed that calls a used version insecure [D-9]', () => {
  it('is told, survives a restart, stays dismissed until it says something else, and is replaced', async () => {
    const site = await startSampleSite();
    try {
      const world = await createDeskWorld();
      const { desk } = world;
      const uri = `${site.baseUrl}/hello.xml`;
      await world.trust(site.key.fingerprint, uri);
      await publishHello(site, [{ version: '1.0' }]);
      expect((await world.finish(desk.run.run(runRequest(uri)))).state).toBe('done');
      expect(await desk.impact.list()).toEqual([]);

      const told = new Promise<void>((resolve) => {
        desk.onChanged((what) => {
          if (what === 'impact') resolve();
        });
      });
      await publishHello(site, [{ version: '1.0', stability: 'insecure' }, { version: '1.1' }]);
      const refresh = { interface: uri as InterfaceUri, refresh: true };
      await world.finish(desk.run.select(refresh));
      await told;
      const [row, ...others] = await desk.impact.list();
      expect(others).toEqual([]);
      expect(row).toMatchObject({
        program: { interface: uri, name: 'Hello', app: null },
        version: '1.0',
        before: 'stable',
        now: 'insecure',
        replacement: { version: '1.1', downloadBytes: 0 },
      });

      const again = openDeskWorld(world.env).desk;
      expect(await again.impact.list()).toEqual([row]);
      await again.impact.dismiss(row!.id);
      expect(await again.impact.list()).toEqual([]);
      await expect(again.impact.dismiss(row!.id)).rejects.toMatchObject({ code: 'no-such' });

      await publishHello(site, [{ version: '1.0', stability: 'buggy' }, { version: '1.1' }], { round: 3 });
      await world.finish(desk.run.select(refresh));
      const [changed] = await desk.impact.list();
      expect(changed).toMatchObject({ now: 'buggy', before: 'stable' });
      expect((await world.finish(await desk.impact.take(changed!.id))).state).toBe('done');
      await expect.poll(() => desk.impact.list()).toEqual([]);
      expect((await world.finish(desk.run.run(runRequest(uri)))).state).toBe('done');
      expect((await desk.state.read('library')) as object).toMatchObject({
        apps: { [uri]: { versions: { [uri]: '1.1' } } },
      });
    } finally {
      await site.close();
    }
  });
});

describe('a flawed version of a held app [D-9]', () => {
  it('stays because of the hold, unless there is nothing else anyway', async () => {
    const site = await startSampleSite();
    try {
      const world = await createDeskWorld();
      const { desk } = world;
      const uri = `${site.baseUrl}/hello.xml` as InterfaceUri;
      await world.trust(site.key.fingerprint, uri);
      await publishHello(site, [{ version: '1.0' }]);
      expect((await world.finish(desk.appJobs.add('hello', uri))).state).toBe('done');
      await desk.timeline.hold('hello', null);
      const refresh = (): Promise<unknown> => world.finish(desk.run.select({ interface: uri, refresh: true }));
      const only = async (): Promise<unknown> => (await desk.impact.list())[0];

      await publishHello(site, [{ version: '1.0', stability: 'insecure' }], { round: 2 });
      await refresh();
      expect(await only()).toMatchObject({ version: '1.0', replacement: null, withoutHold: null });
      await publishHello(site, [{ version: '1.0', stability: 'insecure' }, { version: '1.1' }], { round: 3 });
      await refresh();
      expect(await only()).toMatchObject({ version: '1.0', replacement: null, withoutHold: { version: '1.1' } });

      await desk.timeline.release('hello', 'hold');
      expect(await only()).toMatchObject({ replacement: { version: '1.1' }, withoutHold: null });
      await desk.timeline.hold('hello', null);
      expect(await only()).toMatchObject({ replacement: null, withoutHold: { version: '1.1' } });
      // What somebody asked for himself is no hold.
      await desk.timeline.release('hello', 'hold');
      await desk.changes.applyDraft(uri, { restrictions: { [uri]: '..!1.1' } });
      expect(await only()).toMatchObject({ replacement: null, withoutHold: null });
    } finally {
      await site.close();
    }
  });
});

describe('looking for flaws [D-9]', () => {
  it('asks the solver only about what has changed', async () => {
    const site = await startSampleSite();
    try {
      const world = await createDeskWorld();
      const { desk } = world;
      const [hello = '', fortune = '', sayings = '', memo = ''] = ['hello', 'fortune', 'sayings', 'memo'].map(
        (name) => `${site.baseUrl}/${name}.xml`,
      );
      await world.trust(site.key.fingerprint, hello);
      await publishHello(site, [{ version: '1.0' }]);
      for (const uri of [hello, fortune]) {
        expect((await world.finish(desk.run.run(runRequest(uri)))).state).toBe('done');
      }
      const versions = vi.spyOn(desk.solver, 'versions');
      const selections = vi.spyOn(desk.solver, 'select');
      /** Lists, and tells what was asked about since the last time. */
      const asked = async (): Promise<readonly string[]> => {
        await desk.impact.list();
        const components = versions.mock.calls.map(([{ role }]) => role.interface);
        const programs = selections.mock.calls.map(([{ requirements }]) => `all of ${requirements.interface}`);
        versions.mockClear();
        selections.mockClear();
        return [...components, ...programs].map((text) => text.replace(`${site.baseUrl}/`, '').replace('.xml', ''));
      };
      const refresh = async (uri: string): Promise<void> => {
        const signal = new AbortController().signal;
        await desk.feeds.refresh(uri, { signal, ask: () => Promise.reject(new Error('asked')) });
      };
      await asked();
      expect(await asked()).toEqual([]);

      await publishHello(site, [{ version: '1.0', stability: 'insecure' }, { version: '1.1' }]);
      await refresh(hello);
      expect(await asked()).toEqual(['hello', 'all of hello']);
      expect(await desk.impact.list()).toHaveLength(1);
      expect(await asked()).toEqual([]);

      const rating = await desk.changes.rate(fortune, 'fortune-1.1', 'packaged');
      expect(await asked()).toEqual(['fortune']);
      await desk.undo.take(rating);
      expect(await asked()).toEqual(['fortune']);
      await desk.changes.rate(hello, 'hello-1.1', 'packaged');
      expect(await asked()).toEqual(['hello', 'all of hello']);
      await desk.changes.setPolicy(sayings, 'testing');
      expect(await asked()).toEqual(['sayings']);
      expect(await asked()).toEqual([]);

      // Nobody uses it.
      await refresh(memo);
      expect(await asked()).toEqual([]);
      // Another process has stored it.
      utimesSync(path.join(world.base, 'cache/interfaces', escapeName(sayings)), 1, 1);
      expect(await asked()).toEqual(['sayings']);
      desk.impact.noteStored();
      expect(await asked()).toEqual(['all of hello']);
      await desk.config.write({ helpWithTesting: true });
      expect((await asked()).toSorted()).toEqual(['all of hello', 'fortune', 'hello', 'sayings', 'shell']);
      expect(await asked()).toEqual([]);
    } finally {
      await site.close();
    }
  });

  it('is not kept from other programs by one that is broken', async () => {
    const site = await startSampleSite();
    try {
      const world = await createDeskWorld();
      const { desk } = world;
      const hello = `${site.baseUrl}/hello.xml`;
      const dice = `${site.baseUrl}/dice.xml`;
      await world.trust(site.key.fingerprint, hello);
      await publishHello(site, [{ version: '1.0' }]);
      for (const uri of [dice, hello]) {
        expect((await world.finish(desk.run.run(runRequest(uri)))).state).toBe('done');
      }
      await publishHello(site, [{ version: '1.0', stability: 'insecure' }, { version: '1.1' }]);
      writeFileSync(path.join(world.base, 'cache/interfaces', escapeName(dice)), '<interface');
      await world.finish(desk.run.select({ interface: hello as InterfaceUri, refresh: true }));
      const [row] = await desk.impact.list();
      expect(row).toMatchObject({ program: { name: 'Hello' }, before: 'stable', now: 'insecure' });
      // What was dismissed stays so, whatever else is known.
      await desk.impact.dismiss(row!.id);
      expect(await desk.impact.list()).toEqual([]);
    } finally {
      await site.close();
    }
  });
});
