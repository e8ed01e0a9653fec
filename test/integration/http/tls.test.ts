import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttp, type Http } from '../../../electron/adapters/http/http.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('SKIPPED: without openssl there is no certificate to test encrypted connections with');

const failure = (reason: string): unknown =>
  expect.objectContaining({ code: 'network-unreachable', params: expect.objectContaining({ reason }) as unknown });

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A server with a certificate of its own authority. */
async function setUp() {
  const directory = tempDir();
  const [key, certificate] = [join(directory, 'key.pem'), join(directory, 'certificate.pem')];
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    certificate,
  ];
  spawnSync('openssl', [...made, '-addext', 'subjectAltName=DNS:localhost']);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_request, response) => {
    response.end('secret');
  });
  const port = await listen(server);
  const create = (env: Record<string, string> = {}): Http => {
    const http = createHttp({ userAgent: 'Zerodesk/test', downloadDir: directory, env });
    onTestFinished(() => http.close());
    return http;
  };
  return { create, port, certificate, url: `https://localhost:${port}/a` };
}

describe.skipIf(!hasOpenssl)('encrypted connections', () => {
  it('are made with servers that the system vouches for, and no others', async () => {
    const { create, certificate, url } = await setUp();
    await expect(create().get(url, { limitBytes: 100 })).rejects.toThrow(
      failure('its certificate is signed by itself'),
    );
    const trusting = create({ SSL_CERT_FILE: certificate });
    expect(new TextDecoder().decode((await trusting.get(url, { limitBytes: 100 })).bytes)).toBe('secret');
    await expect(trusting.get(url.replace('localhost', '127.0.0.1'), { limitBytes: 100 })).rejects.toThrow(
      failure('its certificate belongs to another server'),
    );
  });

  it('are not made with what does not speak the language', async () => {
    const { create } = await setUp();
    const port = await listen(createPlainServer((_request, response) => response.end('x')));
    await expect(create().get(`https://localhost:${port}/`, { limitBytes: 100 })).rejects.toThrow(
      failure('no encrypted connection could be made'),
    );
  });

  it('go through a proxy unread', async () => {
    const { create, certificate, url, port } = await setUp();
    const seen: string[] = [];
    const proxy = createPlainServer();
    proxy.on('connect', (request, socket) => {
      seen.push(`${request.url ?? ''} ${request.headers['proxy-authorization'] ?? ''}`);
      const target = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => socket.destroy());
      socket.on('error', () => target.destroy());
    });
    const proxyPort = await listen(proxy);
    const http = create({ SSL_CERT_FILE: certificate, https_proxy: `http://me:pw@127.0.0.1:${proxyPort}` });
    expect(new TextDecoder().decode((await http.get(url, { limitBytes: 100 })).bytes)).toBe('secret');
    expect(seen).toEqual([`localhost:${port} Basic ${Buffer.from('me:pw').toString('base64')}`]);
  });
});
