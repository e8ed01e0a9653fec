import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TrustQuestion } from '../../../shared/model/job.ts';
import {
  createFeedWorld as createWorld,
  neverAsk,
  sayNo,
  sayYes,
  type FeedWorld,
  type FeedWorldOptions,
} from '../../helpers/feed-world.ts';
import { after, cutOff, file, redirect, silence, status } from '../../helpers/server.ts';
import { createSigningHome, feedXml, type SigningHome, type TestKey } from '../../helpers/signing.ts';

const failure = (code: string, params: Record<string, unknown> = {}): unknown =>
  expect.objectContaining({ code, params: expect.objectContaining(params) as unknown });

const hour = 3600 * 1000;
const past = (hours: number): Date => new Date(Date.now() - hours * hour);

let signer: SigningHome;
let clean: () => void;

beforeAll(() => {
  signer = createSigningHome((undo) => {
    clean = undo;
  });
});
afterAll(() => clean());

const createFeedWorld = (options: FeedWorldOptions = {}): Promise<FeedWorld> => createWorld({ signer, ...options });

/** Puts a signed feed and its key on the server. */
function publish(
  world: FeedWorld,
  key: TestKey,
  options: { readonly at?: Date; readonly name?: string } = {},
): Uint8Array {
  const { at, ...rest } = options;
  const bytes = world.signer.signFeed(feedXml(world.url, rest), key, at === undefined ? {} : { at });
  world.server.on('/hello.xml', file(bytes));
  world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
  return bytes;
}

describe('the first fetch of a feed', () => {
  it('asks, then keeps the feed byte for byte and the trust', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({
      name: 'Ann Author <ann@example.com>',
      at: past(10),
      usage: 'cert',
      subkey: true,
    });
    const bytes = publish(world, key);
    expect(await world.refresh()).toEqual({ status: 'updated', later: null });

    expect(world.questions).toEqual([
      {
        kind: 'trust',
        feed: world.url,
        domain: world.server.host,
        keys: [
          {
            fingerprint: key.fingerprint,
            claimedIdentity: 'Ann Author <ann@example.com>',
            hints: [],
            trustedDomains: [],
            warnings: [],
          },
        ],
        approvedKeys: [],
        previousSigners: [],
      },
    ]);
    expect(world.stored()).toEqual(bytes);
    expect(world.trustDbText()).toContain(`<key fingerprint="${key.fingerprint}">`);
    expect(world.trustDbText()).toContain(`<domain value="${world.server.host}"/>`);
    const { lastChecked } = await world.preferences.readFeed(world.url);
    expect(lastChecked).toBe(Math.floor(world.clock.now() / 1000));
    expect(await world.cache.lastAttempt(world.url)).not.toBeNull();
    expect(world.keyring.gpg(['--list-keys']).toString()).toContain('Ann Author');
    expect(await world.feeds.signaturesOf(world.url)).toMatchObject([
      { fingerprint: key.fingerprint, name: 'Ann Author <ann@example.com>', isTrusted: true },
    ]);
  });

  it('asks no more once the key is trusted', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey();
    publish(world, key);
    await world.refresh();
    expect(await world.refresh({ ask: neverAsk })).toEqual({ status: 'unchanged', later: null });
    const next = publish(world, key, { name: 'Hello again' });
    expect(await world.refresh({ ask: neverAsk })).toEqual({ status: 'updated', later: null });
    expect(world.stored()).toEqual(next);
    expect(world.server.paths().filter((path) => path.endsWith('.gpg'))).toHaveLength(1);
  });

  it('keeps nothing after a no', async () => {
    const world = await createFeedWorld();
    publish(world, world.signer.createKey());
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(
      failure('feed-untrusted', { feed: world.url, domain: world.server.host }),
    );
    expect(world.storedNames()).toEqual([]);
    expect(world.trustDbText()).toBe('');
    expect(world.keyring.gpg(['--list-keys']).toString()).toBe('');
  });

  it('never trusts a key that was not shown', async () => {
    const world = await createFeedWorld();
    publish(world, world.signer.createKey());
    const done = world.refresh({ ask: () => Promise.resolve({ trust: ['A'.repeat(40)] }) });
    await expect(done).rejects.toThrow(failure('feed-untrusted'));
    expect(world.trustDbText()).toBe('');
  });

  it('shows who was trusted for the domain before, and where the new key is trusted', async () => {
    const world = await createFeedWorld();
    const [old, other] = [world.signer.createKey({ at: past(20) }), world.signer.createKey({ at: past(20) })];
    publish(world, old, { at: past(10) });
    await world.refresh();
    await world.trustDb.update((db) => new Map([...db, [other.fingerprint, ['elsewhere.example']]]));
    publish(world, other, { at: past(5) });
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(failure('feed-untrusted'));
    expect(world.questions.at(-1)).toMatchObject({
      keys: [{ fingerprint: other.fingerprint, trustedDomains: ['elsewhere.example'] }],
      approvedKeys: [
        { fingerprint: old.fingerprint, claimedIdentity: expect.stringContaining('Test Signer') as unknown },
      ],
    });
  });

  it('warns of weak methods', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ algorithm: 'dsa1024' });
    world.server.on('/hello.xml', file(world.signer.signFeed(feedXml(world.url), key, { digest: 'SHA1' })));
    world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
    await world.refresh();
    expect(world.questions[0]?.keys[0]?.warnings).toEqual(['sha1', 'dsa']);
  });

  it('follows redirects, but the feed must say the address that was asked for', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey();
    publish(world, key);
    world.server.on('/moved.xml', redirect('/hello.xml'));
    await expect(world.refresh({}, `${world.server.origin}/moved.xml`)).rejects.toThrow(
      failure('feed-wrong-url', { expected: `${world.server.origin}/moved.xml`, actual: world.url }),
    );
    expect(world.storedNames()).toEqual([]);
  });
});

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

describe('the key information server', () => {
  const good = '<key-lookup><item vote="good">Known since 2019.</item></key-lookup>';
  const mixed = '<key-lookup><item vote="good">Known.</item><item vote="bad">Only 1024 bits.</item></key-lookup>';

  async function createWithServer(answer: string, autoApproveKeys: boolean) {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(100) });
    publish(world, key);
    await world.config.write({ keyInfoServer: world.server.origin, autoApproveKeys });
    world.server.on(`/key/${key.fingerprint}`, file(answer));
    return { world, key };
  }

  it('approves a key that it knows, of a feed met for the first time [O24]', async () => {
    const { world, key } = await createWithServer(good, true);
    expect((await world.refresh({ ask: neverAsk })).status).toBe('updated');
    expect(world.trustDbText()).toContain(key.fingerprint);
    // Never asked again about a trusted key, nor twice about one that is not.
    await world.refresh({ ask: neverAsk });
    expect(world.server.paths().filter((path) => path.startsWith('/key/'))).toHaveLength(1);
  });

  it('only gives a hint when the option is off', async () => {
    const { world } = await createWithServer(good, false);
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(failure('feed-untrusted'));
    expect(world.questions[0]?.keys[0]?.hints).toEqual([{ vote: 'good', text: 'Known since 2019.' }]);
  });

  it('does not approve with a bad word, or for a feed that was here before', async () => {
    const { world } = await createWithServer(mixed, true);
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(failure('feed-untrusted'));
    expect(world.questions[0]?.keys[0]?.hints.map(({ vote }) => vote)).toEqual(['good', 'bad']);
    await world.refresh({ ask: sayYes });
    const other = world.signer.createKey();
    publish(world, other);
    world.server.on(`/key/${other.fingerprint}`, file(good));
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(failure('feed-untrusted'));
    expect(world.questions).toHaveLength(3);
  });

  it.each([
    ['an error', status(500)],
    ['a web page', file('<html/>')],
    ['a bomb', file(`<?xml version="1.0"?><key-lookup>${'<item vote="good">x</item>'.repeat(10_000)}</key-lookup>`)],
    ['no XML', file('good good good')],
  ])('is not believed when it answers with %s', async (_name, behaviour) => {
    const { world, key } = await createWithServer(good, true);
    world.server.on(`/key/${key.fingerprint}`, behaviour);
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(failure('feed-untrusted'));
    expect(world.questions[0]?.keys[0]?.hints).toMatchObject([{ vote: 'bad' }]);
  });

  it('is not asked about keys that come with the program', async () => {
    const builtInTrust: Record<string, string[]> = {};
    const world = await createFeedWorld({ builtInTrust });
    const key = world.signer.createKey();
    publish(world, key);
    builtInTrust[world.server.host] = [key.fingerprint];
    await world.config.write({ keyInfoServer: world.server.origin, autoApproveKeys: false });
    await expect(world.refresh({ ask: sayNo })).rejects.toThrow(failure('feed-untrusted'));
    expect(world.questions[0]?.keys[0]?.hints).toEqual([{ vote: 'good', text: 'This key comes with Zerodesk.' }]);
    await world.config.write({ autoApproveKeys: true });
    expect((await world.refresh({ ask: neverAsk })).status).toBe('updated');
    expect(world.server.paths().filter((path) => path.startsWith('/key/'))).toEqual([]);
  });
});

describe('several at once', () => {
  it('one question covers all feeds of a domain', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey();
    publish(world, key);
    const others = ['/b.xml', '/c.xml'].map((path) => world.server.origin + path);
    for (const url of others) world.server.on(new URL(url).pathname, file(world.signer.signFeed(feedXml(url), key)));
    await Promise.all([world.url, ...others].map((url) => world.refresh({}, url)));
    expect(world.questions).toHaveLength(1);
    expect(world.storedNames()).toHaveLength(3);
  });

  it('questions come one after the other', async () => {
    const world = await createFeedWorld();
    const [one, two] = [world.signer.createKey(), world.signer.createKey()];
    const urls = ['/one.xml', '/two.xml'].map((path) => world.server.origin + path);
    for (const [index, key] of [one, two].entries()) {
      world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
      world.server.on(new URL(urls[index]!).pathname, file(world.signer.signFeed(feedXml(urls[index]!), key)));
    }
    let open = 0;
    let most = 0;
    const ask = async (question: TrustQuestion) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return sayYes(question);
    };
    await Promise.all(urls.map((url) => world.refresh({ ask }, url)));
    expect(world.questions).toHaveLength(2);
    expect(most).toBe(1);
  });

  it('one transfer for all who want the same feed', async () => {
    const world = await createFeedWorld();
    publish(world, world.signer.createKey());
    const results = await Promise.all([world.refresh(), world.refresh(), world.refresh()]);
    expect(results.map((result) => result.status)).toEqual(['updated', 'updated', 'updated']);
    expect(world.server.paths().filter((path) => path === '/hello.xml')).toHaveLength(1);
    expect(world.questions).toHaveLength(1);
  });

  it('the question passes to the next when the first gives up', async () => {
    const world = await createFeedWorld();
    publish(world, world.signer.createKey());
    const controller = new AbortController();
    const first = world.refresh({
      signal: controller.signal,
      ask: (_question, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled', {})));
          controller.abort();
        }),
    });
    const second = world.refresh();
    const [one, two] = await Promise.allSettled([first, second]);
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    expect(two).toMatchObject({ status: 'fulfilled', value: { status: 'updated' } });
  });

  it.each(['feed', 'key', 'question'])('cancelling at the %s leaves nothing', async (step) => {
    const world = await createFeedWorld();
    const key = world.signer.createKey();
    const bytes = publish(world, key);
    const controller = new AbortController();
    const gate = new Promise<void>(() => {});
    const stop: () => Promise<void> = () => {
      controller.abort();
      return gate;
    };
    if (step === 'feed')
      world.server.on('/hello.xml', (request, response) => after(stop(), file(bytes))(request, response));
    if (step === 'key')
      world.server.on(`/${key.keyId}.gpg`, (request, response) => after(stop(), file(''))(request, response));
    const ask = async (question: TrustQuestion) => {
      controller.abort();
      return sayYes(question);
    };
    await expect(world.refresh({ signal: controller.signal, ask })).rejects.toThrow(failure('cancelled'));
    expect(world.storedNames()).toEqual([]);
  });
});

describe('age', () => {
  it('is looked at together with the last attempt', async () => {
    const world = await createFeedWorld();
    publish(world, world.signer.createKey());
    expect(await world.feeds.isStale(world.url)).toBe(true);
    await world.refresh();
    expect(await world.feeds.isStale(world.url)).toBe(false);
    world.clock.advance(29 * 24 * hour);
    expect(await world.feeds.isStale(world.url)).toBe(false);
    world.clock.advance(2 * 24 * hour);
    expect(await world.feeds.isStale(world.url)).toBe(true);
    await world.config.write({ freshnessSeconds: 0 });
    expect(await world.feeds.isStale(world.url)).toBe(false);
  });

  it('an attempt that failed is not repeated within the hour', async () => {
    const world = await createFeedWorld();
    world.server.on('/hello.xml', status(500));
    await expect(world.refresh()).rejects.toThrow(failure('http-status'));
    expect(await world.feeds.isStale(world.url)).toBe(false);
    world.clock.advance(hour + 1000);
    expect(await world.feeds.isStale(world.url)).toBe(true);
  });
});

describe('a feed from a file', () => {
  it('takes the same way', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey();
    const bytes = publish(world, key);
    const options = { signal: new AbortController().signal, ask: sayYes };
    await expect(world.feeds.importFeed(bytes, { ...options, isOffline: true })).rejects.toThrow(
      failure('key-missing', { reason: 'it is not on this computer' }),
    );
    expect(await world.feeds.importFeed(bytes, options)).toEqual({ url: world.url, status: 'updated' });
    expect(world.server.paths()).toEqual([`/${key.keyId}.gpg`]);
    expect(world.stored()).toEqual(bytes);
    expect(await world.feeds.importFeed(bytes, { ...options, ask: neverAsk })).toMatchObject({ status: 'unchanged' });
  });

  it('must be signed, and say where it belongs', async () => {
    const world = await createFeedWorld();
    const options = { signal: new AbortController().signal, ask: neverAsk, source: '/home/me/a.xml' };
    const importText = (text: string) => world.feeds.importFeed(new TextEncoder().encode(text), options);
    await expect(importText(feedXml(world.url))).rejects.toThrow(failure('feed-unsigned'));
    await expect(importText(feedXml('/etc/passwd'))).rejects.toThrow(failure('bad-url'));
    await expect(importText(feedXml('x').replace(' uri="x"', ''))).rejects.toThrow(failure('bad-feed'));
    await expect(importText('<html')).rejects.toThrow(failure('bad-xml', { source: '/home/me/a.xml' }));
    expect(world.storedNames()).toEqual([]);
  });
});

describe('together with the real program', () => {
  const isInstalled = spawnSync('0install', ['--version']).status === 0;
  if (!isInstalled) console.warn('SKIPPED: 0install is not installed, so nothing is compared with it');

  // Not spawnSync: the server that it asks runs in this process.
  const run = (world: FeedWorld, ...args: readonly string[]) =>
    new Promise<{ readonly status: number; readonly output: string }>((resolve) => {
      const child = execFile('0install', [...args], { env: world.env, timeout: 30_000 }, (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : 1, output: stdout + stderr });
      });
      child.stdin?.end();
    });

  const packaged =
    '<implementation id="sha1=123" version="1.5" main="x"><archive href="http://example.com/a.tgz" size="5"/></implementation>';

  it.skipIf(!isInstalled)('it reads what we wrote, and goes on where we stopped', async () => {
    const world = await createFeedWorld();
    await world.config.write({ keyInfoServer: world.server.origin });
    const key = world.signer.createKey({ at: past(100) });
    const publishVersion = (version: string, at: Date): Uint8Array => {
      const content = packaged.replace('1.5', version);
      const bytes = world.signer.signFeed(feedXml(world.url, { content }), key, { at });
      world.server.on('/hello.xml', file(bytes));
      world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
      return bytes;
    };
    // Off-line it chooses only what a store has.
    mkdirSync(join(world.paths.cache[0]!, 'implementations', 'sha1=123'), { recursive: true });
    const first = publishVersion('1.5', past(50));
    await world.refresh();
    const selected = await run(world, 'select', '--offline', '--console', world.url);
    expect(selected.output).toContain('Version: 1.5');
    expect(selected.status).toBe(0);

    // An update by the reference: key trusted by us, replay checked with the key that we shared.
    const second = publishVersion('1.6', past(40));
    const updated = await run(world, 'select', '--refresh', '--console', world.url);
    expect(updated.output).toContain('Version: 1.6');
    expect(world.stored()).toEqual(second);

    // An older one is refused by it, and by us.
    world.server.on('/hello.xml', file(first));
    const replayed = await run(world, 'select', '--refresh', '--console', world.url);
    expect(replayed.output).toContain("New feed's modification time is before old version!");
    await expect(world.refresh({ ask: neverAsk })).rejects.toThrow(failure('feed-replayed'));
    expect(world.stored()).toEqual(second);
  });

  it.skipIf(!isInstalled)('we read what it wrote: feed, trust and keyring', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(100) });
    publish(world, key, { at: past(50) });
    const config = join(world.paths.config[0]!, 'injector');
    mkdirSync(config, { recursive: true });
    writeFileSync(
      join(config, 'trustdb.xml'),
      `<?xml version="1.0" ?><trusted-keys xmlns="http://zero-install.sourceforge.net/2007/injector/trust"><key fingerprint="${key.fingerprint}"><domain value="${world.server.host}"/></key></trusted-keys>`,
    );
    const path = join(world.directory, 'hello.xml');
    writeFileSync(
      path,
      world.signer.signFeed(feedXml(world.url), key, {
        at: past(50),
      }),
    );
    world.keyring.gpg(['--import'], key.publicKey());
    expect(await run(world, 'import', '--console', path)).toEqual({ status: 0, output: '' });
    expect(await world.feeds.signaturesOf(world.url)).toMatchObject([
      { fingerprint: key.fingerprint, isTrusted: true },
    ]);
    expect((await world.preferences.readFeed(world.url)).lastChecked).not.toBeNull();

    const next = publish(world, key, { at: past(40), name: 'Next' });
    world.server.on(`/${key.keyId}.gpg`, status(404));
    expect((await world.refresh({ ask: neverAsk })).status).toBe('updated');
    expect(world.stored()).toEqual(next);
  });

  it.skipIf(!isInstalled)('an import of ours is one that it accepts', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey();
    const bytes = publish(world, key);
    await world.feeds.importFeed(bytes, { signal: new AbortController().signal, ask: sayYes });
    const path = join(world.directory, 'hello.xml');
    writeFileSync(path, bytes);
    expect(await run(world, 'import', '--console', path)).toEqual({ status: 0, output: '' });
    expect(await run(world, 'list', '--console')).toEqual({ status: 0, output: `${world.url}\n` });
  });
});

describe('secrets in addresses', () => {
  it('are used, and shown nowhere', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(10) });
    const url = world.url.replace('http://', 'http://me:hush@') + '?token=hush';
    world.server.on('/hello.xml?token=hush', file(world.signer.signFeed(feedXml(url), key)));
    world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
    const problems: unknown[] = [];
    problems.push(await world.refresh({ ask: sayNo }, url).catch((error: unknown) => error));
    await world.refresh({}, url);
    for (const text of [feedXml(url), feedXml('http://me:hush@example.com/'), '<html>']) {
      world.server.on(
        '/hello.xml?token=hush',
        file(text.startsWith('<?') ? world.signer.signFeed(text, key, { at: past(1) }) : text),
      );
      problems.push(await world.refresh({}, url).catch((error: unknown) => error));
    }
    expect(problems).toMatchObject([
      { code: 'feed-untrusted' },
      { code: 'feed-replayed' },
      { code: 'feed-wrong-url' },
      { code: 'feed-not-a-feed' },
    ]);
    expect(JSON.stringify([problems.map(String), world.questions, world.log.lines])).not.toContain('hush');
    expect(world.stored(url)).not.toBeNull();
  });
});
