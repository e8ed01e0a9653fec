import type { LookupFunction, Socket } from 'node:net';
import type { HttpOptions } from '../../../electron/adapters/http/http.ts';
import { answerHead, type RawBehaviour } from '../fault-server.ts';
import type { Outcome } from './fault.ts';

/** What is wrong on the way to a server: names, connections, proxies. */
export interface WayFault extends Outcome {
  readonly title: string;
  /** Nobody listens there. */
  readonly isClosed?: boolean;
  readonly behave?: RawBehaviour;
  /** @param bad port of the server that does wrong @param good port of one that does not */
  readonly place: (
    bad: number,
    good: number,
  ) => { readonly url: string; readonly host: string; readonly http?: Partial<HttpOptions> };
}

const direct = (bad: number) => ({ url: `http://127.0.0.1:${bad}/file`, host: `127.0.0.1:${bad}` });
const named = (http: Partial<HttpOptions>) => () => ({
  url: 'http://www.example.com/file',
  host: 'www.example.com',
  http,
});

/** Does not find names, each time with the same problem; addresses need no looking up. */
const failingLookup =
  (code: string): LookupFunction =>
  (hostname, _options, callback) => {
    callback(Object.assign(new Error(`${code} ${hostname}`), { code, hostname }), []);
  };
/** Everything stands for this computer. */
const loopback: LookupFunction = (_hostname, _options, callback) => {
  callback(null, [{ address: '127.0.0.1', family: 4 }]);
};

const oneProxy = (url: string) => (proxy: number) => ({
  url,
  host: new URL(url).host,
  // What is repaired is not behind the proxy.
  http: {
    env: { http_proxy: `http://127.0.0.1:${proxy}`, https_proxy: `http://127.0.0.1:${proxy}`, no_proxy: '127.0.0.1' },
  },
});
const plain = oneProxy('http://www.example.com/file');
const encrypted = oneProxy('https://www.example.com/file');
const proxyAnswer =
  (line: string): RawBehaviour =>
  (socket) => {
    socket.write(answerHead(line, { 'content-length': 0 }));
  };
const leadingTo =
  (target: (good: number) => string) =>
  (proxy: number, good: number): ReturnType<WayFault['place']> => ({
    url: `http://www.example.com/${encodeURIComponent(target(good))}`,
    host: 'www.example.com',
    http: {
      env: { http_proxy: `http://127.0.0.1:${proxy}`, no_proxy: '127.0.0.1,inside.example.com' },
      lookup: loopback,
    },
  });
/** A proxy that stands for a server of the internet, which leads where the address asked for says. */
const leads: RawBehaviour = (socket, { target }) => {
  const location = decodeURIComponent(new URL(target).pathname.slice(1));
  socket.write(answerHead('302 Found', { location, 'content-length': 0 }));
};
const intoPrivate = { code: 'bad-redirect', says: ['into a private network'], tries: 1, behave: leads } as const;

export const wayFaults: readonly WayFault[] = [
  {
    title: 'ends where nobody listens',
    isClosed: true,
    place: direct,
    code: 'network-unreachable',
    says: ['refuses the connection'],
  },
  {
    title: 'begins with a name that does not exist',
    place: named({ lookup: failingLookup('ENOTFOUND') }),
    code: 'host-unknown',
    tries: 0,
  },
  {
    title: 'begins with a name that has no address',
    place: named({ lookup: failingLookup('ENODATA') }),
    code: 'host-unknown',
    tries: 0,
  },
  {
    title: 'begins with a name server that does not answer',
    place: named({ lookup: failingLookup('EAI_AGAIN') }),
    code: 'network-unreachable',
    says: ['no name server answers'],
  },
  {
    title: 'has no network',
    place: named({
      lookup: (_hostname, _options, callback) => {
        // Nothing may be connected to by this address.
        callback(null, [{ address: '255.255.255.255', family: 4 }]);
      },
    }),
    code: 'network-unreachable',
  },
  {
    title: 'leads through a proxy that is not there',
    isClosed: true,
    place: plain,
    code: 'network-unreachable',
    says: ['refuses the connection'],
  },
  {
    title: 'leads through a proxy that wants a password',
    behave: proxyAnswer('407 Proxy Authentication Required'),
    place: plain,
    code: 'network-unreachable',
    says: ['asks for a name and password'],
    tries: 1,
  },
  {
    title: 'leads through a proxy that wants a password for what is encrypted',
    behave: proxyAnswer('407 Proxy Authentication Required'),
    place: encrypted,
    code: 'network-unreachable',
    says: ['asks for a name and password'],
    tries: 1,
  },
  {
    title: 'leads through a proxy that lets nothing through',
    behave: proxyAnswer('403 Forbidden'),
    place: encrypted,
    code: 'network-unreachable',
    says: ['proxy refuses the connection'],
    tries: 1,
  },
  {
    title: 'leads through a proxy that cannot reach the server',
    behave: proxyAnswer('502 Bad Gateway'),
    place: encrypted,
    code: 'network-unreachable',
    says: ['proxy refuses the connection'],
    tries: 1,
  },
  {
    title: 'leads through a proxy that never answers',
    place: plain,
    code: 'download-timeout',
    tries: 2,
  },
  {
    title: 'leads through a proxy that never answers about what is encrypted',
    place: encrypted,
    code: 'download-timeout',
  },
  {
    title: 'leads through a proxy that speaks something else',
    behave: (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    place: plain,
    code: 'network-unreachable',
    tries: 1,
  },
  {
    title: 'is led from the internet to this computer',
    place: leadingTo((good) => `http://127.0.0.1:${good}/file`),
    ...intoPrivate,
  },
  { title: 'is led from the internet to a printer', place: leadingTo(() => 'http://192.168.0.9/file'), ...intoPrivate },
  {
    title: 'is led from the internet to the secrets of a cloud',
    place: leadingTo(() => 'http://169.254.169.254/latest/meta-data/'),
    ...intoPrivate,
  },
  {
    title: 'is led from the internet to a name that stands for this computer',
    place: leadingTo((good) => `http://inside.example.com:${good}/file`),
    ...intoPrivate,
  },
];

/** What somebody does who should agree on encryption. */
export interface HandshakeFault extends Outcome {
  readonly title: string;
  readonly onConnection: (socket: Socket) => void;
}

export const handshakeFaults: readonly HandshakeFault[] = [
  {
    title: 'is never encrypted',
    onConnection: () => {},
    code: 'download-timeout',
    tries: 2,
  },
  {
    title: 'ends while encryption is agreed on',
    onConnection: (socket) => socket.once('data', () => socket.end()),
    code: 'network-unreachable',
    says: ['closed the connection'],
    tries: 2,
  },
  {
    title: 'breaks while encryption is agreed on',
    onConnection: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    code: 'network-unreachable',
    says: ['closed the connection'],
    tries: 2,
  },
  {
    title: 'is not encrypted although it should be',
    onConnection: (socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    code: 'network-unreachable',
    says: ['no encrypted connection'],
    tries: 1,
  },
  {
    title: 'is refused by the other side of encryption',
    // A fatal alert: handshake failure.
    onConnection: (socket) => socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))),
    code: 'network-unreachable',
    says: ['no encrypted connection'],
    tries: 1,
  },
];
