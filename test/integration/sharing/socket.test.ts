import { once } from 'node:events';
import * as fs from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { createShareHelper } from '../../../electron/adapters/sharing/share-helper.ts';
import { shareTree } from '../../../electron/adapters/sharing/share-tree.ts';
import { digestTree } from '../../../electron/adapters/store/digest-tree.ts';
import { Pace } from '../../../electron/adapters/tree/pace.ts';
import { startStoreService } from '../../../electron/cli/store-service.ts';
import { parseDigestName } from '../../../electron/core/manifest/digest-name.ts';
import type { World } from '../../../electron/secure-add/world.ts';
import { handOver, makeShareWorld, streamOf, type HandedTree } from '../../helpers/sharing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** The service on a socket. @returns what it writes into the event log */
async function listen(world: World, place: string): Promise<readonly string[]> {
  const events: string[] = [];
  const log = { note: (level: string, text: string) => void events.push(`${level} ${text}`) };
  const service = await startStoreService({ place, world, log });
  onTestFinished(() => service.close());
  return events;
}

async function open(place: string): Promise<Socket> {
  const socket = connect(place);
  await once(socket, 'connect');
  return socket;
}

it('the same is said over a socket, by many at once, also by some who go away', async () => {
  const base = tempDir();
  const place = path.join(base, 'socket');
  const world = makeShareWorld(path.join(base, 'shared'), { limits: { addsAtOnce: 8 } });
  await listen(world, place);
  const trees = await Promise.all(
    [0, 1, 2, 3].map((n) =>
      handOver(path.join(base, `tree ${n}`), [
        { path: 'f', type: 'file', contentRepeat: { utf8: `${n}`, times: 300_000 }, mtime: n },
      ]),
    ),
  );
  const [first, ...others] = trees;
  const gone = await open(place);
  const { head, body } = streamOf(first!);
  gone.write(head);
  await once(gone, 'data');
  gone.write(body.subarray(0, 1000));
  gone.destroy();

  const answers = await Promise.all(
    others
      .flatMap((tree) => [tree, tree])
      .map(async (tree) => {
        const socket = await open(place);
        const stream = streamOf(tree);
        socket.write(stream.head);
        // Who is told that it is there already need not send it.
        socket.end(stream.body);
        return (await text(socket)).trim().split('\n').at(-1);
      }),
  );
  for (const last of answers) expect(['{"state":"stored"}', '{"state":"have"}']).toContain(last);
  await expect.poll(() => fs.readdirSync(world.store).sort()).toEqual(others.map(({ digest }) => digest).sort());
});

it('our own client shares through it, and the administrator reads of it', async () => {
  const base = tempDir();
  const place = path.join(base, 'socket');
  const world = makeShareWorld(path.join(base, 'shared'), { isAdmin: true });
  const events = await listen(world, place);
  const env = { ZERODESK_STORE_SERVICE: place };
  const helper = createShareHelper({ env, isPortable: false });
  const found = helper.find();
  expect(found).toEqual({ path: place, streamPath: place });
  const share = (tree: HandedTree) =>
    shareTree({ place: tree.directory, digest: parseDigestName(tree.digest)!, helper: found!, env }, new Pace());

  const tree = await handOver(path.join(base, 'tree'));
  expect(await share(tree)).toEqual({ state: 'stored' });
  expect(await share(tree)).toEqual({ state: 'stored' });
  const stored = await digestTree({ path: path.join(world.store, tree.digest), algorithm: 'sha256new' }, new Pace());
  expect(stored.digest).toBe(tree.digest);

  const changed = await handOver(path.join(base, 'changed'), [{ path: 'f', type: 'file', contentUtf8: 'as agreed' }]);
  fs.writeFileSync(path.join(changed.directory, 'f'), 'different');
  expect(await share(changed)).toEqual({ state: 'refused', code: 'digest' });
  expect(fs.readdirSync(world.store)).toEqual([tree.digest]);

  expect(events).toContain('information The service listens.');
  expect(events.filter((line) => line.includes(': sha256new'))).toEqual([
    expect.stringMatching(new RegExp(`^information stored: ${tree.digest} \\(\\d+ bytes\\)$`)),
    `warning refused: ${changed.digest}: digest`,
  ]);
  // Nobody at the other end of a pipe is the administrator.
  const clean = { request: 'clean', graceDays: 0, isDryRun: true, inUse: [] } as const;
  expect(await helper.ask(clean)).toMatchObject({ state: 'refused', code: 'denied' });
});

it('a service that has gone is an error that says so, and takes nothing with it', async () => {
  const base = tempDir();
  const place = path.join(base, 'socket');
  const world = makeShareWorld(path.join(base, 'shared'));
  const log = { note: () => {} };
  const service = await startStoreService({ place, world, log });
  const waiting = await open(place);
  await service.close();
  await once(waiting, 'close');
  const helper = createShareHelper({ env: { ZERODESK_STORE_SERVICE: place }, isPortable: false });
  await expect(helper.ask({ request: 'status' })).rejects.toMatchObject({ code: 'share-failed' });
  expect(fs.readdirSync(world.store)).toEqual([]);
});
