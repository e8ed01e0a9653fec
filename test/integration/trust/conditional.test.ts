import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { escapeName } from '../../../electron/core/feed/names.ts';
import { neverAsk, sayNo, type FeedWorld } from '../../helpers/feed-world.ts';
import { file, status, type FileBehaviour } from '../../helpers/server.ts';
import { feedXml, type TestKey } from '../../helpers/signing.ts';
import { shareSigner } from '../../helpers/shared-signer.ts';

const createFeedWorld = shareSigner();

/** A world with a stored feed of which its server has said something. */
async function setUp(said: FileBehaviour) {
  const world = await createFeedWorld();
  const key = world.signer.createKey();
  const publish = (name: string, options: FileBehaviour): Uint8Array => {
    const bytes = world.signer.signFeed(feedXml(world.url, { name }), key);
    world.server.on('/hello.xml', file(bytes, { conditions: true, ...options }));
    return bytes;
  };
  world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
  const bytes = publish('Hello', said);
  await world.refresh();
  return { world, key, bytes, publish };
}

/** What the last request for the feed asked. */
function conditions({ server }: FeedWorld): readonly unknown[] {
  const request = server.requests.filter(({ path }) => path === '/hello.xml').at(-1);
  return [request?.headers['if-none-match'], request?.headers['if-modified-since']];
}

const date = 'Tue, 24 Nov 2026 10:00:00 GMT';

describe('a feed that its server has not changed', () => {
  it.each<[string, FileBehaviour, readonly unknown[]]>([
    ['a tag', { etag: '"1"' }, ['"1"', undefined]],
    ['a weak tag', { etag: 'W/"1"' }, ['W/"1"', undefined]],
    ['a date', { lastModified: date }, [undefined, date]],
    ['both', { etag: '"1"', lastModified: date }, ['"1"', date]],
  ])('is not sent again: %s', async (_what, said, asked) => {
    const { world, bytes } = await setUp(said);
    world.clock.advance(5000);
    expect(await world.refresh({ ask: neverAsk })).toEqual({ status: 'unchanged', later: null });
    expect(conditions(world)).toEqual(asked);
    expect(world.stored()).toEqual(bytes);
    const { lastChecked } = await world.preferences.readFeed(world.url);
    expect(lastChecked).toBe(Math.floor(world.clock.now() / 1000));
  });

  it('is not sent again by one that said nothing, either', async () => {
    const { world } = await setUp({});
    await world.refresh();
    expect(conditions(world)).toEqual([undefined, undefined]);
  });

  it('is sent in full once it has changed, and what is said of it then counts', async () => {
    const { world, publish } = await setUp({ etag: '"1"' });
    const next = publish('Hello again', { etag: '"2"' });
    expect(await world.refresh()).toMatchObject({ status: 'updated' });
    expect(world.stored()).toEqual(next);
    await world.refresh();
    expect(conditions(world)).toEqual(['"2"', undefined]);
    publish('Hello without a tag', {});
    await world.refresh();
    await world.refresh();
    expect(conditions(world)).toEqual([undefined, undefined]);
  });

  it('is asked for in full if somebody has changed the stored one', async () => {
    const { world, bytes } = await setUp({ etag: '"1"' });
    const path = join(world.paths.cache[0]!, 'interfaces', escapeName(world.url));
    const other = Buffer.from(bytes);
    other[other.indexOf('Hello')] = 0x4a;
    writeFileSync(path, other);
    // What is there now is signed by nobody, so that the new one cannot be compared with it: a person must decide.
    await expect(world.refresh()).rejects.toMatchObject({ code: 'feed-unverifiable' });
    expect(conditions(world)).toEqual([undefined, undefined]);
    await world.refresh({ replaceOlder: true });
    expect(world.stored()).toEqual(bytes);
  });

  it('is asked for again if somebody changes the stored one meanwhile', async () => {
    const { world, publish } = await setUp({ etag: '"1"' });
    const later = publish('Hello from another process', { etag: '"2"' });
    const path = join(world.paths.cache[0]!, 'interfaces', escapeName(world.url));
    const old = status(304, { etag: '"1"' });
    world.server.on(
      '/hello.xml',
      (request, response) => {
        writeFileSync(path, later);
        return old(request, response);
      },
      file(later, { etag: '"2"' }),
    );
    expect(await world.refresh()).toMatchObject({ status: 'unchanged' });
    expect(conditions(world)).toEqual([undefined, undefined]);
    expect(world.stored()).toEqual(later);
  });

  it('still needs a trusted key', async () => {
    const { world, key, bytes } = await setUp({ etag: '"1"' });
    await world.trust.remove(world.server.host, key.fingerprint);
    await expect(world.refresh({ ask: sayNo })).rejects.toMatchObject({ code: 'feed-untrusted' });
    expect(conditions(world)).toEqual(['"1"', undefined]);
    expect(world.stored()).toEqual(bytes);
  });

  it('is asked for in full by who wants the one of the server, whatever is here', async () => {
    const { world } = await setUp({ etag: '"1"' });
    await world.refresh({ replaceOlder: true });
    expect(conditions(world)).toEqual([undefined, undefined]);
  });

  it('must not be claimed where nobody asked', async () => {
    const { world } = await setUp({});
    world.server.on('/hello.xml', status(304));
    await expect(world.refresh()).rejects.toMatchObject({ code: 'http-status', params: { status: 304 } });
  });
});

describe('a key that its site has lost', () => {
  /** The server stands for the internet: everything is asked of it by its whole address. */
  async function behindProxy(mirror = 'http://mirror.example.com/m') {
    const [url, keys] = ['http://feeds.example.com/hello.xml', `${mirror}/keys/`];
    const world = await createFeedWorld({
      mirror,
      http: { proxyFor: () => Promise.resolve(world.server.origin), limits: { backOffMs: 1 } },
    });
    const key: TestKey = world.signer.createKey();
    world.server.on(url, file(world.signer.signFeed(feedXml(url), key)));
    return { world, key, url, mirrored: `${keys}${key.keyId}.gpg` };
  }

  it('comes from the mirror', async () => {
    const { world, key, url, mirrored } = await behindProxy();
    world.server.on(mirrored, file(key.publicKey()));
    expect(await world.refresh({}, url)).toMatchObject({ status: 'updated' });
    expect(world.server.paths().slice(1)).toEqual([`http://feeds.example.com/${key.keyId}.gpg`, mirrored]);
  });

  it('is told of in the words of the site if the mirror has lost it too', async () => {
    const { world, url } = await behindProxy();
    await expect(world.refresh({}, url)).rejects.toMatchObject({
      code: 'key-missing',
      params: { reason: 'the server answers 404' },
    });
    expect(world.trustDbText()).toBe('');
  });
});
