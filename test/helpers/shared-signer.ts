import { afterAll, beforeAll } from 'vitest';
import { createFeedWorld, type FeedWorld, type FeedWorldOptions } from './feed-world.ts';
import { file } from './server.ts';
import { createSigningHome, feedXml, type SigningHome, type TestKey } from './signing.ts';

/** For feeds that were signed some hours ago. */
export function past(hours: number): Date {
  return new Date(Date.now() - hours * 3600 * 1000);
}

/** Worlds for the tests of a file, which share one signer's home, since making one takes a while. */
export function shareSigner(): (options?: FeedWorldOptions) => Promise<FeedWorld> {
  let signer: SigningHome;
  let clean: () => void;
  beforeAll(() => {
    signer = createSigningHome((undo) => {
      clean = undo;
    });
  });
  afterAll(() => clean());
  return (options = {}) => createFeedWorld({ signer, ...options });
}

/** Puts a signed feed and its key on the server. */
export function publish(
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
