import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neverAsk, sayYes, type FeedWorld } from '../../helpers/feed-world.ts';
import { file, status } from '../../helpers/server.ts';
import { feedXml } from '../../helpers/signing.ts';
import { failure } from '../../helpers/failure.ts';
import { past, publish, shareSigner } from '../../helpers/shared-signer.ts';

const createFeedWorld = shareSigner();

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
