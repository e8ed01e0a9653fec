// A network that is out to get us. Each fault is a case of its own: what a person is told, how often it is tried, whether
// another source may help, and that nothing of it stays that could spoil the next attempt: a good server then gives exactly
// the right bytes.
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { hasOpenssl, makeCertificates, type TestCertificates } from '../../helpers/certificates.ts';
import { certificateFaults, http2Faults, serveOverHttp2 } from '../../helpers/faults/encrypted.ts';
import { content, meetFault } from '../../helpers/faults/fault.ts';
import { handshakeFaults, wayFaults } from '../../helpers/faults/ways.ts';
import { plainFaults } from '../../helpers/faults/plain.ts';
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
  console.log(`faults of the network: ${count}`);
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
