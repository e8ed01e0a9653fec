import { describe, expect, it } from 'vitest';
import { sayNo, type FeedWorld } from '../../helpers/feed-world.ts';
import { file } from '../../helpers/server.ts';
import { feedXml, type TestKey } from '../../helpers/signing.ts';
import { past, shareSigner } from '../../helpers/shared-signer.ts';

const createFeedWorld = shareSigner();

/** Signs a feed, serves it with its key, and fetches it. */
async function fetchFeed(world: FeedWorld, name: string, key: TestKey): Promise<string> {
  const url = `${world.server.origin}/${name}.xml`;
  serve(world, url, key, 10);
  await world.refresh({}, url);
  return url;
}

function serve(world: FeedWorld, url: string, key: TestKey, hours: number): void {
  const name = new URL(url).pathname.slice(1, -4);
  world.server.on(`/${name}.xml`, file(world.signer.signFeed(feedXml(url, { name }), key, { at: past(hours) })));
  world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
}

async function createDomain() {
  const world = await createFeedWorld();
  const [first, second] = [world.signer.createKey({ at: past(50) }), world.signer.createKey({ at: past(50) })];
  const [edit, memo, other] = [
    await fetchFeed(world, 'edit', first),
    await fetchFeed(world, 'memo', first),
    await fetchFeed(world, 'other', second),
  ];
  return { world, first, second, edit, memo, other, domain: world.server.host };
}

describe('a rehearsal of trust', () => {
  it('names the feeds that need a key and the programs that use them, the used ones first', async () => {
    const { world, first, second, edit, memo, other, domain } = await createDomain();
    await world.library.noteRun('https://elsewhere.example/writer.xml', 'Writer', { [`${memo}#source`]: '1.0' });
    const rehearse = (key: TestKey) => world.trust.rehearse({ domain, fingerprint: key.fingerprint, change: 'remove' });
    expect(await rehearse(first)).toEqual({
      feedCount: 2,
      feeds: [
        { url: memo, name: 'memo', programs: ['Writer'] },
        { url: edit, name: 'edit', programs: [] },
      ],
    });
    expect((await rehearse(second)).feeds.map(({ url }) => url)).toEqual([other]);
    // Nothing has changed by asking.
    expect(await world.trust.list()).toMatchObject([{ domain, keys: [{}, {}] }]);
  });

  it('of a new key is about every feed of the domain', async () => {
    const { world, edit, memo, other, domain } = await createDomain();
    const rehearsal = await world.trust.rehearse({ domain, fingerprint: 'A'.repeat(40), change: 'add' });
    expect(rehearsal.feeds.map(({ url }) => url)).toEqual([edit, memo, other]);
    expect(await world.trust.rehearse({ domain: 'x.example', fingerprint: 'A'.repeat(40), change: 'add' })).toEqual({
      feeds: [],
      feedCount: 0,
    });
  });

  it('tells what cannot be read by its address alone, and not more than fifty', async () => {
    const { world, first, domain } = await createDomain();
    for (let index = 0; index < 60; index += 1)
      await world.cache.write(`${world.server.origin}/bad-${index}.xml`, new TextEncoder().encode('no feed'));
    const rehearsal = await world.trust.rehearse({ domain, fingerprint: first.fingerprint, change: 'add' });
    expect(rehearsal.feedCount).toBe(63);
    expect(rehearsal.feeds).toHaveLength(50);
    expect(rehearsal.feeds[0]).toMatchObject({ name: null });
  });
});

describe('a removed key', () => {
  it('comes back by undoing the removal, and only what was removed here', async () => {
    const { world, first, domain } = await createDomain();
    const before = await world.trust.list();
    const stranger = 'B'.repeat(40);
    await expect(world.trust.restore(domain, stranger)).rejects.toMatchObject({ code: 'no-such' });
    // Removing what was not there gives no right to it.
    await world.trust.remove(domain, stranger);
    await expect(world.trust.restore(domain, stranger)).rejects.toMatchObject({ code: 'no-such' });

    await world.trust.remove(domain, first.fingerprint);
    await expect(world.trust.restore('x.example', first.fingerprint)).rejects.toMatchObject({ code: 'no-such' });
    await world.trust.restore(domain, first.fingerprint);
    const fingerprints = (list: typeof before) =>
      list.flatMap(({ keys }) => keys.map(({ fingerprint }) => fingerprint));
    expect(fingerprints(await world.trust.list()).sort()).toEqual(fingerprints(before).sort());
    await expect(world.trust.restore(domain, first.fingerprint)).rejects.toMatchObject({ code: 'no-such' });
  });
});

describe('a feed whose signer changes', () => {
  it('says who signed it until now', async () => {
    const { world, first, edit } = await createDomain();
    const stranger = world.signer.createKey({ at: past(20) });
    serve(world, edit, stranger, 5);
    await expect(world.refresh({ ask: sayNo }, edit)).rejects.toMatchObject({ code: 'feed-untrusted' });
    expect(world.questions.at(-1)).toMatchObject({
      keys: [{ fingerprint: stranger.fingerprint }],
      previousSigners: [
        { fingerprint: first.fingerprint, claimedIdentity: expect.stringContaining('Test Signer') as unknown },
      ],
    });
  });

  it('has no other signer when its own key is only trusted no longer', async () => {
    const { world, first, edit, domain } = await createDomain();
    await world.trust.remove(domain, first.fingerprint);
    serve(world, edit, first, 5);
    await expect(world.refresh({ ask: sayNo }, edit)).rejects.toMatchObject({ code: 'feed-untrusted' });
    expect(world.questions.at(-1)?.previousSigners).toEqual([]);
  });
});
