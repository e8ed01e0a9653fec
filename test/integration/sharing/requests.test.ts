import * as fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { ShareCleaning, ShareEvent, ShareUsage } from '../../../electron/core/sharing/protocol.ts';
import type { World } from '../../../electron/secure-add/world.ts';
import { add, ask, handOver, makeShareWorld, type HandedTree } from '../../helpers/sharing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);

/** One store, its users and a clock that they share. */
async function sharedStore(): Promise<{
  readonly trees: readonly [HandedTree, HandedTree];
  readonly as: (uid: number) => World;
  readonly admin: World;
  readonly wait: (days: number) => void;
  readonly clean: (more?: object) => Promise<ShareCleaning>;
  readonly usage: (world: World) => Promise<readonly ShareUsage[]>;
  readonly names: () => readonly string[];
}> {
  const base = tempDir();
  let nowMs = startMs;
  const now = (): number => nowMs;
  const admin = makeShareWorld(base, { uid: 0, isAdmin: true, now });
  const tree = (n: number): Promise<HandedTree> =>
    handOver(path.join(base, `tree ${n}`), [{ path: 'f', type: 'file', contentUtf8: `${n}`, mtime: n }]);
  return {
    trees: [await tree(1), await tree(2)],
    as: (uid) => makeShareWorld(base, { uid, now }),
    admin,
    wait: (days) => (nowMs += days * dayMs),
    async clean(more = {}) {
      const reply = await ask(admin, { request: 'clean', graceDays: 90, isDryRun: false, inUse: [], ...more });
      if (reply.state !== 'cleaned') throw new Error(JSON.stringify(reply));
      return reply.cleaning;
    },
    async usage(world) {
      const reply = await ask(world, { request: 'usage' });
      if (reply.state !== 'usage') throw new Error(JSON.stringify(reply));
      return reply.usage;
    },
    names: () => fs.readdirSync(admin.store).sort(),
  };
}

it('removes only what nobody has needed for the whole time of grace', async () => {
  const { trees, as, wait, clean, names } = await sharedStore();
  const [{ digest }] = trees;
  await add(as(1001), trees[0]);
  expect(await ask(as(1002), { request: 'claim', digests: [digest, trees[1].digest, '../x'] })).toEqual({
    state: 'claimed',
    count: 1,
  });
  wait(60);
  // Alice needs it no more, and nobody can say so for Bob.
  expect(await ask(as(1001), { request: 'release', digests: [digest] })).toEqual({ state: 'released', count: 1 });
  expect(await ask(as(1001), { request: 'release', digests: [digest] })).toEqual({ state: 'released', count: 0 });
  wait(29);
  expect(await clean()).toEqual({ removed: [], kept: { claimed: 1, inUse: 0 } });
  await ask(as(1002), { request: 'claim', digests: [digest] });
  wait(89);
  expect((await clean()).removed).toEqual([]);
  await ask(as(1002), { request: 'release', digests: [digest] });
  wait(89);
  expect((await clean()).removed).toEqual([]);
  wait(2);
  const gone = [{ digest, bytes: expect.any(Number) as number, usedAt: new Date(startMs + 178 * dayMs).toISOString() }];
  expect((await clean({ isDryRun: true })).removed).toEqual(gone);
  expect(names()).toEqual([digest]);
  expect(await clean({ inUse: [digest] })).toEqual({ removed: [], kept: { claimed: 0, inUse: 1 } });
  expect((await clean()).removed).toEqual(gone);
  expect(names()).toEqual([]);
  expect(fs.existsSync(path.join(as(1001).usage, digest))).toBe(false);
});

it('what other programs stored counts as needed since then', async () => {
  const { as, admin, wait, clean, trees } = await sharedStore();
  const { digest, directory } = trees[0];
  fs.renameSync(directory, path.join(admin.store, digest));
  const storedMs = fs.statSync(path.join(admin.store, digest)).ctimeMs;
  wait(Math.floor((storedMs - startMs) / dayMs) + 89);
  expect((await clean()).removed).toEqual([]);
  await ask(as(1002), { request: 'usage' });
  wait(2);
  expect((await clean()).removed).toMatchObject([{ digest, bytes: null }]);
});

it('tells numbers to everybody and names to the administrator only', async () => {
  const { trees, as, admin, usage } = await sharedStore();
  await add(as(1001), trees[0]);
  await add(as(1002), trees[0]);
  await ask(as(1003), { request: 'claim', digests: [trees[0].digest] });
  const told = { digest: trees[0].digest, users: 3, addedAt: new Date(startMs).toISOString() };
  expect(await usage(as(1001))).toMatchObject([{ ...told, isMine: true, isAddedByMe: true }]);
  const other = await usage(as(1004));
  expect(other).toMatchObject([{ ...told, isMine: false, isAddedByMe: false }]);
  expect(other[0]).not.toHaveProperty('uids');
  expect(await usage(admin)).toMatchObject([{ uids: [1001, 1002, 1003] }]);

  fs.writeFileSync(path.join(trees[1].directory, 'f'), 'X');
  expect(await add(as(1003), trees[1])).toBe('digest');
  const events = async (world: World): Promise<readonly ShareEvent[]> => {
    const reply = await ask(world, { request: 'log' });
    return reply.state === 'log' ? reply.events : [];
  };
  const shown = (event: ShareEvent): unknown[] => [event.action, event.uid, event.isMine, event.reason];
  expect((await events(as(1001))).map(shown).sort()).toEqual([
    ['refused', null, false, 'digest'],
    ['stored', 1001, true, null],
  ]);
  expect((await events(admin)).map(shown).sort()).toEqual([
    ['refused', 1003, false, 'digest'],
    ['stored', 1001, false, null],
  ]);
});

it('only the administrator may remove', async () => {
  const { trees, as, names } = await sharedStore();
  await add(as(1001), trees[0]);
  const request = { request: 'clean', graceDays: 0, isDryRun: false, inUse: [] } as const;
  expect(await ask(as(1001), request)).toMatchObject({ state: 'refused', code: 'denied' });
  expect(names()).toEqual([trees[0].digest]);
});

it('tells what one has and may have', async () => {
  const { trees, as, admin } = await sharedStore();
  await add(as(1001), trees[0]);
  await add(as(1001), trees[1]);
  const mine = { user: { uid: 1001, count: 2, addsLastHour: 2 }, quota: { count: 5000 } };
  expect(await ask(as(1001), { request: 'status' })).toMatchObject({ status: mine });
  expect(await ask(as(1002), { request: 'status' })).toMatchObject({ status: { user: { bytes: 0, count: 0 } } });
  expect(await ask(admin, { request: 'status' })).toMatchObject({ status: { quota: null, user: { isAdmin: true } } });
});
