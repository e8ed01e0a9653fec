import { createSecureServer, type ServerHttp2Stream } from 'node:http2';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { ServerIdentity } from './certificates.ts';

/** A request as it came over the wire. */
export interface RawRequest {
  /** From the first line, as it was written. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** How many came before, over all connections. */
  readonly index: number;
  /** Waits until the client has taken so many bytes of the file, or will not: what breaks then takes nothing back. */
  readonly untilTaken: (bytes: number) => Promise<void>;
}

/** How far the client is, as it says itself. */
function createTaken() {
  let taken = 0;
  const waiting = new Set<() => void>();
  return {
    noteTaken(bytes: number): void {
      taken = bytes;
      for (const look of waiting) look();
    },
    untilTaken: (bytes: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (taken < bytes) return;
          done();
        };
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(done, maxWaitMs);
        waiting.add(look);
        look();
      }),
  };
}

/** Longer than anything takes that will happen at all. */
const maxWaitMs = 3000;

/** What is done with one request: whatever bytes one likes. */
export type RawBehaviour = (socket: Socket, request: RawRequest) => void;

export interface FaultServer {
  readonly port: number;
  readonly requests: readonly RawRequest[];
  /** Connections so far, also those that asked nothing. */
  connections(): number;
  /** From now on. */
  behave(behaviour: RawBehaviour): void;
  /** To be called with what the client has got. */
  noteTaken(bytes: number): void;
  close(): Promise<void>;
}

/**
 * A server that need not speak HTTP: it reads requests and then does as it is told, byte by byte.
 *
 * @param onConnection instead of reading requests at all
 */
export async function startFaultServer(
  options: { readonly identity?: ServerIdentity; readonly onConnection?: (socket: Socket) => void } = {},
): Promise<FaultServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const { noteTaken, untilTaken } = createTaken();
  let count = 0;
  let behaviour: RawBehaviour = (socket) => socket.destroy();
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    if (options.onConnection) {
      options.onConnection(socket);
      return;
    }
    let text = '';
    socket.on('data', (data: Buffer) => {
      text += data.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const request = { ...parseRequest(text.slice(0, end)), index: requests.length, untilTaken };
        text = text.slice(end + 4);
        requests.push(request);
        behaviour(socket, request);
      }
    });
  };
  const server: Server =
    options.identity === undefined
      ? createServer(accept)
      : createTlsServer({ ...options.identity, ALPNProtocols: ['http/1.1'] }, accept);
  server.on('connection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  const port = await listen(server);
  return {
    port,
    requests,
    connections: () => count,
    noteTaken,
    behave(next) {
      behaviour = next;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What an HTTP/2 server does with one request. */
export type Http2Behaviour = (
  stream: ServerHttp2Stream,
  headers: Readonly<Record<string, string>>,
  more: Pick<RawRequest, 'index' | 'untilTaken'>,
) => void;

/** A server that offers HTTP/2 only. */
export async function startHttp2Server(identity: ServerIdentity) {
  const streams: Readonly<Record<string, string>>[] = [];
  const sessions = new Set<{ destroy: () => void }>();
  const { noteTaken, untilTaken } = createTaken();
  let behaviour: Http2Behaviour = (stream) => {
    stream.close(2);
  };
  const server = createSecureServer({ ...identity, allowHTTP1: false });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {}).on('close', () => sessions.delete(session));
  });
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    streams.push(plain);
    behaviour(stream, plain, { index: streams.length - 1, untilTaken });
  });
  const port = await listen(server);
  return {
    port,
    requests: streams,
    noteTaken,
    behave(next: Http2Behaviour) {
      behaviour = next;
    },
    async close() {
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

/** The beginning of an answer. Values that are null are left out. */
export function answerHead(status: string, headers: Readonly<Record<string, string | number | null>> = {}): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return ['HTTP/1.1 ' + status, ...lines, '', ''].join('\r\n');
}

/** A good server: ETag, ranges, and the whole file for who asks without. */
export function serveFile(content: Uint8Array, etag = '"good"'): RawBehaviour {
  return (socket, { headers }) => {
    const from = headers['if-range'] === etag ? Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? 0) : 0;
    const part = content.subarray(from);
    const range = from > 0 ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {};
    socket.write(
      answerHead(from > 0 ? '206 Partial Content' : '200 OK', { etag, 'content-length': part.length, ...range }),
    );
    socket.write(part);
  };
}

function parseRequest(text: string): Pick<RawRequest, 'target' | 'headers'> {
  const [first = '', ...lines] = text.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { target: first.split(' ')[1] ?? '', headers };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
