import { describe, expect, it } from 'vitest';
import { neverAsk, type FeedWorld } from '../../helpers/feed-world.ts';
import { cutOff, file, redirect, silence, status } from '../../helpers/server.ts';
import { feedXml, type TestKey } from '../../helpers/signing.ts';
import { failure } from '../../helpers/failure.ts';
import { past, publish, shareSigner } from '../../helpers/shared-signer.ts';

const createFeedWorld = shareSigner();

describe('what is refused, leaving the stored feed as it was', () => {
  /** A world with a stored feed, trusted key and all. */
  async function createStored() {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(200) });
    const bytes = publish(world, key, { at: past(100) });
    await world.refresh();
    return { world, key, bytes };
  }

  type Change = (world: FeedWorld, key: TestKey) => unknown;
  const serve =
    (content: (world: FeedWorld, key: TestKey) => Uint8Array | string): Change =>
    (world, key) =>
      world.server.on('/hello.xml', file(content(world, key)));
  const signed = (world: FeedWorld, key: TestKey, xml: string, at = past(1)): Uint8Array =>
    world.signer.signFeed(xml, key, { at });

  it.each<[string, Change, unknown]>([
    [
      'no network',
      (world) => world.server.close(),
      failure('network-unreachable', { reason: 'it refuses the connection' }),
    ],
    ['404', (world) => world.server.on('/hello.xml', status(404)), failure('http-status', { status: 404 })],
    ['a silent server', (world) => world.server.on('/hello.xml', silence()), failure('download-timeout')],
    [
      'a truncated transfer',
      (world, key) => world.server.on('/hello.xml', cutOff(signed(world, key, feedXml(world.url)), 100)),
      failure('download-cut-off'),
    ],
    [
      'a redirect in a circle',
      (world) => world.server.on('/hello.xml', redirect('/hello.xml')),
      failure('bad-redirect'),
    ],
    [
      'an HTML page',
      serve(() => '<!DOCTYPE html>\n<title>Sign in to HotelNet</title>'),
      failure('feed-not-a-feed', { start: '<!DOCTYPE html> <title>Sign in to HotelNet</title>' }),
    ],
    ['nothing', serve(() => ''), failure('feed-not-a-feed')],
    ['an unsigned feed', serve((world) => feedXml(world.url)), failure('feed-unsigned')],
    [
      'half a feed',
      serve((world, key) => signed(world, key, feedXml(world.url)).subarray(0, -20)),
      failure('bad-signature-block'),
    ],
    [
      'a changed feed',
      serve((world, key) =>
        Buffer.from(
          Buffer.from(signed(world, key, feedXml(world.url)))
            .toString()
            .replace('says hello', 'says bye'),
        ),
      ),
      failure('feed-tampered'),
    ],
    [
      'an unknown key that cannot be had',
      serve((world) => signed(world, world.signer.createKey({ at: past(20) }), feedXml(world.url))),
      failure('key-missing', { reason: 'the server answers 404' }),
    ],
    [
      'another key under the wanted name',
      (world, key) => {
        const stranger = world.signer.createKey({ at: past(20) });
        world.server.on('/hello.xml', file(signed(world, stranger, feedXml(world.url))));
        world.server.on(`/${stranger.keyId}.gpg`, file(key.publicKey()));
      },
      failure('key-missing', { reason: 'what the server gives is another key' }),
    ],
    [
      'a web page in place of the key',
      (world) => {
        const stranger = world.signer.createKey({ at: past(20) });
        world.server.on('/hello.xml', file(signed(world, stranger, feedXml(world.url))));
        world.server.on(`/${stranger.keyId}.gpg`, file('<html>'));
      },
      failure('key-missing', { reason: 'what the server gives is no key' }),
    ],
    [
      'another address inside',
      serve((world, key) => signed(world, key, feedXml('http://example.com/a.xml'))),
      failure('feed-wrong-url', { actual: 'http://example.com/a.xml' }),
    ],
    [
      'no address inside',
      serve((world, key) => signed(world, key, feedXml(world.url).replace(/ uri="[^"]*"/, ''))),
      failure('bad-feed'),
    ],
    [
      'broken XML',
      serve((world, key) => signed(world, key, '<?xml version="1.0"?>\n<interface>\n')),
      failure('bad-xml'),
    ],
    [
      'another kind of document',
      serve((world, key) => signed(world, key, `<?xml version="1.0"?>\n<html uri="${world.url}"/>\n`)),
      failure('bad-feed'),
    ],
    [
      'an older feed',
      serve((world, key) => signed(world, key, feedXml(world.url, { name: 'Old' }), past(101))),
      failure('feed-replayed'),
    ],
    [
      'an older feed with a fresh signature of somebody else',
      serve((world, key) => {
        const stranger = world.signer.createKey({ at: past(20) });
        const xml = feedXml(world.url, { name: 'Old' });
        const both = Buffer.concat([
          world.signer.sign(xml, stranger, { at: past(1) }),
          world.signer.sign(xml, key, { at: past(101) }),
        ]);
        return Buffer.from(`${xml}<!-- Base64 Signature\n${both.toString('base64')}\n-->\n`);
      }),
      failure('feed-replayed'),
    ],
    [
      'a signature from the future',
      serve((world, key) => signed(world, key, feedXml(world.url), past(-48))),
      failure('signature-refused'),
    ],
  ])('%s', async (_name, change, expected) => {
    const { world, key, bytes } = await createStored();
    await change(world, key);
    await expect(world.refresh({ ask: neverAsk })).rejects.toThrow(expected);
    expect(world.stored()).toEqual(bytes);
    expect(world.storedNames()).toHaveLength(1);
  });

  it('an unknown host, an impossible address, a host nobody can mean', async () => {
    const { world } = await createStored();
    await expect(world.refresh({}, 'http://nosuch.invalid/a.xml')).rejects.toThrow(failure('host-unknown'));
    await expect(world.refresh({}, 'ftp://example.com/a.xml')).rejects.toThrow(failure('bad-url'));
    await expect(world.refresh({}, 'http://a\\@b/a.xml')).rejects.toThrow(failure('bad-url'));
    await expect(world.refresh({}, `http://example.com/${'/'.repeat(100)}`)).rejects.toThrow(failure('bad-url'));
  });

  it('a key that its owner has revoked', async () => {
    const { world, key, bytes } = await createStored();
    const next = signed(world, key, feedXml(world.url, { name: 'New' }));
    world.signer.revoke(key, 1);
    await world.keys.add(key.publicKey(), key.keyId);
    world.server.on('/hello.xml', file(next));
    await expect(world.refresh({ ask: neverAsk })).rejects.toThrow(
      failure('signature-refused', { reason: 'the owner has revoked the key' }),
    );
    expect(world.stored()).toEqual(bytes);
  });

  it('a feed of the same time is taken, and an older one if a person wants it [O43]', async () => {
    const { world, key } = await createStored();
    const same = publish(world, key, { at: past(100), name: 'Same time' });
    expect((await world.refresh({ ask: neverAsk })).status).toBe('updated');
    expect(world.stored()).toEqual(same);
    const older = publish(world, key, { at: past(150), name: 'Older' });
    await expect(world.refresh({ ask: neverAsk })).rejects.toThrow(failure('feed-replayed'));
    expect((await world.refresh({ ask: neverAsk, replaceOlder: true })).status).toBe('updated');
    expect(world.stored()).toEqual(older);
  });

  it('a feed whose stored copy nobody vouches for any more, unless a person wants it', async () => {
    const { world, key, bytes } = await createStored();
    const other = world.signer.createKey({ at: past(50) });
    expect(await world.trust.feedsThatNeed(world.server.host, key.fingerprint)).toEqual([world.url]);
    expect(await world.trust.remove(world.server.host, key.fingerprint)).toEqual([world.url]);
    expect(await world.trust.list()).toEqual([]);
    const next = publish(world, other, { at: past(1) });
    await expect(world.refresh()).rejects.toThrow(failure('feed-unverifiable'));
    expect(world.stored()).toEqual(bytes);
    expect((await world.refresh({ replaceOlder: true })).status).toBe('updated');
    expect(world.stored()).toEqual(next);
  });

  it('a prolonged key is fetched again', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(24 * 40), expire: '10d' });
    publish(world, key, { at: past(24 * 35) });
    await world.refresh();
    world.signer.gpg([
      '--faked-system-time',
      past(24 * 31)
        .toISOString()
        .replace(/[-:]/g, '')
        .slice(0, 15),
      '--quick-set-expire',
      key.primaryFingerprint,
      '0',
    ]);
    publish(world, key, { at: past(1), name: 'New' });
    expect((await world.refresh({ ask: neverAsk })).status).toBe('updated');
  });
});
