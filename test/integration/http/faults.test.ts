// A network that is out to get us. Each fault is a case of its own: what a person is told, how often it is tried, whether
// another source may help, and that nothing of it stays that could spoil the next attempt: a good server then gives exactly
// the right bytes.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl, makeCertificates, type TestCertificates } from '../../helpers/certificates.ts';
import { certificateFaults, http2Faults, serveOverHttp2 } from '../../helpers/faults/encrypted.ts';
import { documentFaults, type DocumentFault, type DocumentPlace } from '../../helpers/faults/documents.ts';
import { content, meetFault, sentenceOf } from '../../helpers/faults/fault.ts';
import { handshakeFaults, wayFaults } from '../../helpers/faults/ways.ts';
import { plainFaults } from '../../helpers/faults/plain.ts';
import { createFeedWorld, neverAsk } from '../../helpers/feed-world.ts';
import { createSigningHome, feedXml, type TestKey } from '../../helpers/signing.ts';
import { file } from '../../helpers/server.ts';
import { serveFile, startFaultServer, startHttp2Server, type FaultServer } from '../../helpers/fault-server.ts';

let base: string;
let certificates: TestCertificates;
let count = 0;

beforeAll(() => {
  base = mkdtempSync(path.join(realpathSync(tmpdir()), 'zerodesk-faults-'));
  if (!hasOpenssl) return;
  const directory = path.join(base, 'certificates');
  mkdirSync(directory);
  certificates = makeCertificates(directory);
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
  console.log(`faults met: ${count}`);
});

describe.concurrent('a server that', () => {
  it.each(plainFaults)('$title', async (fault) => {
    const server = await startFaultServer();
    server.behave(fault.behave);
    const host = `127.0.0.1:${server.port}`;
    const url = `http://${host}/file`;
    try {
      await meetFault(fault, {
        url,
        host,
        base,
        requests: () => server.requests.length,
        onTaken: server.noteTaken,
        repair() {
          server.behave(serveFile(content));
          return url;
        },
      });
    } finally {
      await server.close();
    }
    count += 1;
  });
});

/** Runs work with a server that does wrong and one that does not, which are gone afterwards. */
async function withServers(
  options: Parameters<typeof startFaultServer>[0],
  work: (bad: FaultServer, good: FaultServer) => Promise<void>,
): Promise<void> {
  const [bad, good] = await Promise.all([startFaultServer(options), startFaultServer()]);
  try {
    await work(bad, good);
  } finally {
    await Promise.all([bad.close(), good.close()]);
  }
  count += 1;
}

describe.concurrent('a way to a server', () => {
  it.each(wayFaults)('$title', async (fault) => {
    await withServers({}, async (bad, good) => {
      if (fault.isClosed === true) await bad.close();
      bad.behave(fault.behave ?? (() => {}));
      good.behave(serveFile(content));
      const { url, host, http } = fault.place(bad.port, good.port);
      await meetFault(fault, {
        url,
        host,
        base,
        http,
        requests: () => bad.requests.length,
        repair: () => `http://127.0.0.1:${good.port}/file`,
      });
    });
  });

  it.each(handshakeFaults)('$title', async (fault) => {
    await withServers({ onConnection: fault.onConnection }, async (bad, good) => {
      good.behave(serveFile(content));
      await meetFault(fault, {
        url: `https://localhost:${bad.port}/file`,
        host: `localhost:${bad.port}`,
        base,
        requests: () => bad.connections(),
        repair: () => `http://127.0.0.1:${good.port}/file`,
      });
    });
  });
});

/** Takes the authority of these tests for one that the system knows. */
const trusting = (): { readonly env: Readonly<Record<string, string>> } => ({
  env: { SSL_CERT_FILE: certificates.authorityFile },
});

describe.skipIf(!hasOpenssl).concurrent('a server whose certificate', () => {
  it.each(certificateFaults)('$title', async (fault) => {
    const [bad, good] = await Promise.all([
      startFaultServer({ identity: certificates[fault.certificate] }),
      startFaultServer({ identity: certificates.good }),
    ]);
    for (const server of [bad, good]) server.behave(serveFile(content));
    try {
      await meetFault(fault, {
        url: `https://localhost:${bad.port}/file`,
        host: `localhost:${bad.port}`,
        base,
        http: trusting(),
        requests: () => bad.requests.length,
        repair: () => `https://localhost:${good.port}/file`,
      });
    } finally {
      await Promise.all([bad.close(), good.close()]);
    }
    count += 1;
  });
});

describe.skipIf(!hasOpenssl).concurrent('an HTTP/2 server that', () => {
  it.each(http2Faults)('$title', async (fault) => {
    const server = await startHttp2Server(certificates.good);
    server.behave(fault.behave);
    const host = `localhost:${server.port}`;
    const url = `https://${host}/file`;
    try {
      await meetFault(fault, {
        url,
        host,
        base,
        http: trusting(),
        requests: () => server.requests.length,
        onTaken: server.noteTaken,
        repair() {
          server.behave(serveOverHttp2);
          return url;
        },
      });
    } finally {
      await server.close();
    }
    count += 1;
  });
});

/** One home for all of them: what one leaves behind, the next would meet. */
describe('through all checks,', () => {
  let place: Omit<DocumentPlace, 'stranger'>;
  let good: Uint8Array;
  const undo: (() => void | Promise<void>)[] = [];

  beforeAll(async () => {
    const signer = createSigningHome((clean) => undo.push(clean));
    const now = Date.now();
    const past = (hours: number): Date => new Date(now - hours * 3600 * 1000);
    const key = signer.createKey({ at: past(300) });
    const limits = { connectMs: 1000, silenceMs: 300, triesOfSmall: 2, backOffMs: 2 };
    const world = await createFeedWorld({ signer, http: { limits }, finished: (clean) => undo.push(clean) });
    place = {
      world,
      key,
      sign: (xml, by = key, hours = 1) => Buffer.from(signer.signFeed(xml, by, { at: past(hours) })),
    };
    world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
    good = place.sign(feedXml(world.url), key, 100);
    world.server.on('/hello.xml', file(good));
    await world.refresh();
  });
  afterAll(async () => {
    for (const clean of undo.reverse()) await clean();
  });

  async function meet(fault: DocumentFault): Promise<void> {
    const { world } = place;
    const made: TestKey[] = [];
    const own: DocumentPlace = {
      ...place,
      // A key that was shown once is known, so each case that needs one has its own.
      get stranger() {
        const name = `Zero Install Team ${count} <security@example.com>`;
        if (made.length === 0)
          made.push(world.signer.createKey({ at: new Date(Date.now() - 300 * 3600 * 1000), name }));
        return made[0]!;
      },
    };
    const before = { trust: world.trustDbText(), stored: world.stored(), names: world.storedNames() };
    const path = fault.isCatalog === true ? '/catalog.xml' : '/hello.xml';
    const ask = fault.answer ?? neverAsk;
    const fetchIt = (): Promise<unknown> =>
      fault.isCatalog === true
        ? world.catalogs.refresh(world.server.origin + path, { signal: new AbortController().signal, ask })
        : world.refresh({ ask });
    world.server.on(path, fault.serve(own));
    for (const key of made) world.server.on(`/${key.keyId}.gpg`, fault.serveKey?.(own) ?? file(key.publicKey()));
    world.questions.length = 0;

    const error = await fetchIt().then(
      () => null,
      (problem: unknown) => problem,
    );
    expect(error).toMatchObject({ code: fault.code });
    const sentence = sentenceOf(error);
    for (const said of [world.server.host, ...(fault.says ?? [])]) expect(sentence).toContain(said);
    if (fault.isShown !== undefined) expect(JSON.stringify(world.questions)).toContain(fault.isShown);
    // Nobody is trusted who was not before, and what was stored is as it was.
    expect(world.trustDbText()).toBe(before.trust);
    expect(world.stored()).toEqual(before.stored);
    expect(world.storedNames()).toEqual(before.names);
    expect(await world.catalogs.read(`${world.server.origin}/catalog.xml`)).toBeNull();

    world.server.on('/hello.xml', file(good));
    expect(await world.refresh({ ask: neverAsk })).toMatchObject({ status: 'unchanged' });
    count += 1;
  }

  it.each(documentFaults.feeds)('a feed that $title', meet);
  it.each(documentFaults.catalogs)('a catalogue that $title', meet);
});
