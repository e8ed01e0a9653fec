import { describe, expect, it } from 'vitest';
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
