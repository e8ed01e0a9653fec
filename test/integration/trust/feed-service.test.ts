import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TrustQuestion } from '../../../shared/model/job.ts';
import { neverAsk, sayNo, sayYes } from '../../helpers/feed-world.ts';
import { after, file, redirect, status } from '../../helpers/server.ts';
import { feedXml } from '../../helpers/signing.ts';
import { failure } from '../../helpers/failure.ts';
import { past, publish, shareSigner } from '../../helpers/shared-signer.ts';

const hour = 3600 * 1000;

const createFeedWorld = shareSigner();

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
