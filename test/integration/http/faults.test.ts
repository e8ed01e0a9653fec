// A network that is out to get us. Each fault is a case of its own: what a person is told, how often it is tried, whether
// another source may help, and that nothing of it stays that could spoil the next attempt: a good server then gives exactly
// the right bytes.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { content, meetFault } from '../../helpers/faults/fault.ts';
import { plainFaults } from '../../helpers/faults/plain.ts';
import { serveFile, startFaultServer } from '../../helpers/fault-server.ts';

let base: string;
let count = 0;

beforeAll(() => {
  base = mkdtempSync(path.join(realpathSync(tmpdir()), 'zerodesk-faults-'));
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
