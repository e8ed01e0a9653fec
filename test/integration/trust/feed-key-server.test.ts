import { describe, expect, it } from 'vitest';
import { neverAsk, sayNo, sayYes } from '../../helpers/feed-world.ts';
import { file, status } from '../../helpers/server.ts';
import { failure } from '../../helpers/failure.ts';
import { past, publish, shareSigner } from '../../helpers/shared-signer.ts';

const createFeedWorld = shareSigner();

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
