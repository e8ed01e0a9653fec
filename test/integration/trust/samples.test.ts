import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../electron/adapters/http/http.ts';
import { createFeedWorld, neverAsk, sayYes } from '../../helpers/feed-world.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const host = 'samples.zerodesk.invalid';
const base = `https://${host}`;
const directory = fileURLToPath(new URL('../../../assets/samples/site', import.meta.url));
const names = readdirSync(directory);
const keyName = names.find((name) => name.endsWith('.gpg')) ?? '';
const feedNames = names.filter((name) => name.endsWith('.xml') && name !== 'catalog.xml');

/** The network adapter as the program has it, with a proxy that nobody answers: anything but the folder would fail. */
const createWorld = (fingerprint?: string) =>
  createFeedWorld({
    httpPort: createHttp({
      userAgent: 'Zerodesk/test',
      downloadDir: tempDir(),
      env: { all_proxy: 'http://127.0.0.1:9' },
      localHosts: { [host]: directory },
    }),
    builtInTrust: fingerprint === undefined ? {} : { [host]: [fingerprint] },
  });

describe('the sample repository', () => {
  it('is fetched, verified and trusted without any network', async () => {
    expect(feedNames.length).toBeGreaterThan(8);
    const asking = await createWorld();
    await asking.refresh({}, `${base}/${feedNames[0]}`);
    const fingerprint = asking.questions[0]?.keys[0]?.fingerprint ?? '';
    expect(`${fingerprint.slice(-16)}.gpg`).toBe(keyName);

    const world = await createWorld(fingerprint);
    await world.config.write({ keyInfoServer: 'https://keys.example.com', autoApproveKeys: true });
    const options = { signal: new AbortController().signal, ask: neverAsk };
    expect(await world.catalogs.refresh(`${base}/catalog.xml`, options)).toBe('updated');
    const catalog = await world.catalogs.read(`${base}/catalog.xml`);
    for (const name of feedNames)
      expect(await world.refresh({ ask: neverAsk }, `${base}/${name}`)).toMatchObject({ status: 'updated' });
    for (const { uri, icon } of catalog?.entries ?? [])
      expect(await world.catalogs.icon(uri, icon), uri).not.toBeNull();
    expect(world.storedNames()).toHaveLength(feedNames.length);
  });

  it('is asked about once when keys are not approved by themselves', async () => {
    const world = await createWorld();
    await world.config.write({ autoApproveKeys: false });
    const options = { signal: new AbortController().signal, ask: sayYes };
    await world.catalogs.refresh(`${base}/catalog.xml`, options);
    await Promise.all(feedNames.map((name) => world.refresh({ ask: neverAsk }, `${base}/${name}`)));
    expect(world.storedNames()).toHaveLength(feedNames.length);
  });
});
