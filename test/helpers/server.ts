import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a scripted server does with a request. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A request as it arrived. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface TestServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Everything that was asked for so far, in order. */
  readonly requests: readonly SeenRequest[];
  /** Decides what a path answers; several behaviours are used up one by one, the last stays. */
  on(path: string, ...behaviours: Behaviour[]): void;
  /** Paths asked for, in order. */
  paths(): readonly string[];
  close(): Promise<void>;
}

/** A web server on the loopback interface that does as it is told. What it was not told about is 404. */
export async function startServer(): Promise<TestServer> {
  const script = new Map<string, Behaviour[]>();
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers as SeenRequest['headers'] });
    const behaviours = script.get(path) ?? [status(404)];
    const [behaviour] = behaviours.length > 1 ? behaviours.splice(0, 1) : behaviours;
    void behaviour?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    on(path, ...behaviours) {
      script.set(path, behaviours);
    },
    paths: () => requests.map(({ path }) => path),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface FileBehaviour {
  readonly etag?: string;
  readonly lastModified?: string;
  readonly contentType?: string;
  /** Hide the size. */
  readonly isChunked?: boolean;
  /** Answer `Range` (with `If-Range` matching the etag or the date). */
  readonly ranges?: boolean;
  /** Answer `If-None-Match` and `If-Modified-Since`. */
  readonly conditions?: boolean;
}

/** Hands out bytes as an ordinary server does. */
export function file(content: Uint8Array | string, options: FileBehaviour = {}): Behaviour {
  const bytes = Buffer.from(content as Uint8Array);
  return (request, response) => {
    const headers: Record<string, string> = {};
    if (options.etag !== undefined) headers['etag'] = options.etag;
    if (options.lastModified !== undefined) headers['last-modified'] = options.lastModified;
    if (options.contentType !== undefined) headers['content-type'] = options.contentType;
    const { 'if-none-match': unlessEtag, 'if-modified-since': unlessSince } = request.headers;
    const isKnown = unlessEtag === undefined ? unlessSince === options.lastModified : unlessEtag === options.etag;
    if (options.conditions === true && (unlessEtag ?? unlessSince) !== undefined && isKnown) {
      response.writeHead(304, headers);
      response.end();
      return;
    }
    const isSame = [options.etag, options.lastModified].includes(request.headers['if-range'] as string | undefined);
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
    const isPart = options.ranges === true && isSame && from < bytes.length;
    if (isPart) headers['content-range'] = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    const body = isPart ? bytes.subarray(from) : bytes;
    if (options.isChunked !== true) headers['content-length'] = String(body.length);
    response.writeHead(isPart ? 206 : 200, headers);
    if (options.isChunked === true) response.write(body.subarray(0, 1));
    response.end(options.isChunked === true ? body.subarray(1) : body);
  };
}

/** Only a status. */
export function status(code: number, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(code, headers);
    response.end('<html>error</html>');
  };
}

export function redirect(location: string, code = 302): Behaviour {
  return status(code, { location });
}

/** Announces everything, sends the beginning, then breaks the connection, as soon as `when` is settled. */
export function cutOff(
  content: Uint8Array | string,
  after: number,
  options: FileBehaviour & { when?: Promise<unknown> } = {},
): Behaviour {
  const bytes = Buffer.from(content as Uint8Array);
  return (_request, response) => {
    const headers: Record<string, string> = {};
    if (options.isChunked !== true) headers['content-length'] = String(bytes.length);
    if (options.etag !== undefined) headers['etag'] = options.etag;
    response.writeHead(200, headers);
    response.write(bytes.subarray(0, after), () => {
      void Promise.resolve(options.when).then(() => response.destroy());
    });
  };
}

/** Sends the beginning, then nothing more. `reached` settles when it has. */
export function stall(
  content: Uint8Array | string,
  after: number,
  options: FileBehaviour = {},
): Behaviour & { reached: Promise<void> } {
  const bytes = Buffer.from(content as Uint8Array);
  let reach: () => void;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const behaviour: Behaviour = (_request, response) => {
    response.writeHead(200, {
      'content-length': String(bytes.length),
      ...(options.etag === undefined ? {} : { etag: options.etag }),
    });
    response.write(bytes.subarray(0, after), () => {
      reach();
    });
  };
  return Object.assign(behaviour, { reached });
}

/** Takes the request and never answers. */
export function silence(): Behaviour {
  return () => {};
}

/** Waits for a promise, then behaves. */
export function after(gate: Promise<unknown>, behaviour: Behaviour): Behaviour {
  return async (request, response) => {
    await gate;
    await behaviour(request, response);
  };
}
