import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import { answerHead, serveFile } from '../fault-server.ts';
import { content, type Outcome } from './fault.ts';
import { first, etag, ok, say, sayAndEnd, size, status, type PlainFault } from './raw-answers.ts';
import { redirects, resumes } from './redirects-and-resumes.ts';

/** Repeats something until the other side has had enough. */
function flood(socket: Socket, first: string, piece: (index: number) => string): void {
  socket.write(first);
  let index = 0;
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece((index += 1)))) if (index % 100 === 0) break;
    if (!socket.destroyed) setImmediate(more);
  };
  more();
}

const positions: readonly [string, readonly (string | Uint8Array)[], number][] = [
  ['before anything', [], 0],
  ['within the status line', ['HTTP/1.1 20'], 0],
  ['within the headers', ['HTTP/1.1 200 OK\r\nEtag: "go'], 0],
  ['after the headers', [ok], 0],
  ['after one byte', [ok, content.subarray(0, 1)], 1],
  ['in the middle', [ok, content.subarray(0, 100_000)], 100_000],
  ['before the last byte', [ok, content.subarray(0, size - 1)], size - 1],
];

const stalls = positions.map<PlainFault>(([where, parts, got]) => ({
  title: `stalls ${where}`,
  // With a byte more than before a try counts as one that brought something.
  behave: say(...parts),
  code: 'download-timeout',
  says: ['sent nothing for 1 second'],
  ...(got > 0 ? { keptBytes: got } : { tries: 2 }),
}));

const cuts = positions.map<PlainFault>(([where, parts, got]) => {
  const hasHead = parts[0] === ok;
  return {
    title: `closes ${where}`,
    behave: sayAndEnd(parts),
    code: hasHead ? 'download-cut-off' : 'network-unreachable',
    says: hasHead ? [/ended after .* of 200 kB/] : ['closed the connection'],
    ...(got > 0 ? { keptBytes: got } : { tries: 2 }),
  };
});

const cutsOfConnections: readonly PlainFault[] = [
  { title: 'resets before anything', behave: sayAndEnd([], 'reset'), code: 'network-unreachable', tries: 2 },
  {
    title: 'resets in the middle',
    behave: sayAndEnd([ok, content.subarray(0, 100_000)], 'reset'),
    code: 'download-cut-off',
    keptBytes: 100_000,
  },
  {
    title: 'closes without having named the file, so that nothing can be continued',
    behave: sayAndEnd([answerHead('200 OK', { 'content-length': size }), content.subarray(0, 100_000)]),
    code: 'download-cut-off',
  },
  {
    title: 'closes within a chunk',
    behave: sayAndEnd([
      answerHead('200 OK', { etag, 'transfer-encoding': 'chunked' }),
      '30d40\r\n',
      content.subarray(0, 500),
    ]),
    code: 'download-cut-off',
    keptBytes: 500,
  },
  {
    title: 'is cut off once, and continues',
    behave: first(sayAndEnd([ok, content.subarray(0, 60_000)]), serveFile(content)),
    code: null,
    tries: 2,
  },
  {
    title: 'is cut off once, and begins again from the beginning',
    behave: first(sayAndEnd([ok, content.subarray(0, 60_000)]), (socket) => {
      socket.write(ok);
      socket.write(content);
    }),
    code: null,
    tries: 2,
  },
  {
    title: 'is busy once',
    behave: first(status('503 Service Unavailable'), serveFile(content)),
    code: null,
    tries: 2,
  },
  {
    title: 'closes a feed in the middle',
    behave: sayAndEnd([ok, content.subarray(0, 100_000)]),
    isSmall: true,
    code: 'download-cut-off',
    tries: 2,
  },
  {
    title: 'drips',
    behave(socket) {
      socket.write(ok);
      let at = 0;
      const timer = setInterval(() => socket.write(content.subarray(at, (at += 1))), 15);
      socket.on('close', () => {
        clearInterval(timer);
      });
    },
    isSmall: true,
    code: 'download-too-slow',
    says: [/sent only \d+ byte/],
    tries: 2,
  },
];

const chunked = (...chunks: readonly Uint8Array[]): readonly (string | Uint8Array)[] => [
  answerHead('200 OK', { etag, 'transfer-encoding': 'chunked' }),
  ...chunks.flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']),
  '0\r\n\r\n',
];
const more = Buffer.concat([content, Buffer.alloc(70_000)]);
const wrong = (actual: string): Pick<Outcome, 'code' | 'says' | 'tries'> => ({
  code: 'wrong-size',
  says: [actual, 'announces 200 kB'],
  tries: 1,
});

const lies: readonly PlainFault[] = [
  {
    title: 'announces more than the feed',
    behave: say(answerHead('200 OK', { 'content-length': size + 5000 }), more),
    ...wrong('205 kB'),
  },
  {
    title: 'announces less than the feed',
    behave: say(answerHead('200 OK', { 'content-length': size - 5000 }), content),
    ...wrong('195 kB'),
  },
  { title: 'sends more, unannounced', behave: say(...chunked(more)), ...wrong('is 2') },
  { title: 'sends less, unannounced', behave: say(...chunked(content.subarray(0, 150_000))), ...wrong('150 kB') },
  { title: 'sends nothing, unannounced', behave: say(...chunked()), ...wrong('0 byte') },
  {
    title: 'sends more until the end of the connection',
    behave: sayAndEnd([answerHead('200 OK'), more]),
    ...wrong('is 2'),
  },
  { title: 'sends more than it announces', behave: say(ok, more), code: null },
  {
    title: 'sends too large a feed, announced',
    behave: say(answerHead('200 OK', { 'content-length': 300_001 })),
    isSmall: true,
    code: 'download-too-large',
    says: ['300 kB'],
    tries: 1,
  },
  {
    title: 'sends too large a feed, unannounced',
    behave: say(...chunked(content, content)),
    isSmall: true,
    code: 'download-too-large',
    says: ['300 kB'],
    tries: 1,
  },
  {
    title: 'sends a feed compressed without being asked',
    behave: say(
      answerHead('200 OK', { 'content-encoding': 'gzip', 'content-length': gzipSync(content).length }),
      gzipSync(content),
    ),
    isSmall: true,
    code: 'bad-answer',
    says: ['compressed'],
    tries: 1,
  },
  {
    title: 'sends an archive compressed without being asked',
    behave: say(
      answerHead('200 OK', { 'content-encoding': 'gzip', 'content-length': gzipSync(content).length }),
      gzipSync(content),
    ),
    code: 'wrong-size',
    tries: 1,
  },
];

const malformed = (title: string, text: string): PlainFault => ({
  title,
  behave: sayAndEnd([text]),
  code: 'network-unreachable',
  says: [/malformed|does not speak http/],
  tries: 1,
});

const garbage: readonly PlainFault[] = [
  malformed('says a negative length', answerHead('200 OK', { 'content-length': -5 })),
  malformed('says no number as length', answerHead('200 OK', { 'content-length': 'many' })),
  malformed('says two lengths', `HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: ${size}\r\n\r\n`),
  malformed(
    'says a length and chunks',
    `HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\ntransfer-encoding: chunked\r\n\r\n`,
  ),
  malformed('says a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'),
  malformed('says a header with a zero byte', 'HTTP/1.1 200 OK\r\na: \0\r\n\r\n'),
  malformed('speaks another version', 'HTTP/9.9 200 OK\r\n\r\n'),
  malformed('speaks ssh', 'SSH-2.0-OpenSSH_9.2\r\n'),
  malformed('speaks smtp', '220 mail.example.com ESMTP\r\n'),
  malformed('sends binary garbage', '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03 garbage'),
  {
    title: 'sends a chunk of no size',
    behave: sayAndEnd([answerHead('200 OK', { etag, 'transfer-encoding': 'chunked' }), 'zz\r\n']),
    code: 'download-cut-off',
    tries: 2,
  },
  {
    title: 'sends headers without end',
    behave: (socket) => {
      flood(socket, 'HTTP/1.1 200 OK\r\n', (index) => `x-${index}: ${'a'.repeat(1000)}\r\n`);
    },
    code: 'network-unreachable',
    says: ['malformed'],
    tries: 1,
  },
  {
    title: 'sends one header without end',
    behave: (socket) => {
      flood(socket, 'HTTP/1.1 200 OK\r\nx: ', () => 'a'.repeat(65_536));
    },
    code: 'network-unreachable',
    says: ['malformed'],
    tries: 1,
  },
];

const isPassing = [408, 425, 429, 500, 502, 503, 504];
const statuses = [
  ...[201, 203, 204, 205, 206, 304, 400, 401, 403, 404, 410, 416, 451, 501, 505, 511, 599],
  ...isPassing,
].map<PlainFault>((code) => ({
  title: `answers ${code}`,
  behave:
    code === 204 || code === 205 || code === 304
      ? say(answerHead(`${code} Odd`, code === 205 ? { 'content-length': 0 } : {}))
      : status(`${code} Odd`),
  code: 'http-status',
  says: [String(code)],
  tries: isPassing.includes(code) ? 2 : 1,
}));

const informational: readonly PlainFault[] = [
  {
    title: 'announces hints first',
    behave: (socket, request) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
      serveFile(content)(socket, request);
    },
    code: null,
    tries: 1,
  },
  {
    title: 'only says that it will go on',
    behave: say('HTTP/1.1 102 Processing\r\n\r\n'),
    code: 'download-timeout',
    tries: 2,
  },
  {
    title: 'changes the protocol',
    behave: say('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    code: 'network-unreachable',
  },
];

/** All of them. */
export const plainFaults: readonly PlainFault[] = [
  ...stalls,
  ...cuts,
  ...cutsOfConnections,
  ...lies,
  ...garbage,
  ...statuses,
  ...informational,
  ...redirects,
  ...resumes,
];
