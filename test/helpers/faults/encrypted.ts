import type { ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import type { Http2Behaviour } from '../fault-server.ts';
import type { TestCertificates } from '../certificates.ts';
import { content, type Outcome } from './fault.ts';

/** What is wrong with how a server proves who it is. */
export interface CertificateFault extends Outcome {
  readonly title: string;
  readonly certificate: Exclude<keyof TestCertificates, 'authorityFile'>;
}

const refused = { code: 'network-unreachable', tries: 0 } as const;

export const certificateFaults: readonly CertificateFault[] = [
  { title: 'belongs to another server', certificate: 'wrongName', ...refused, says: ['belongs to another server'] },
  { title: 'has expired', certificate: 'expired', ...refused, says: ['has expired'] },
  { title: 'is signed by itself', certificate: 'selfSigned', ...refused, says: ['signed by itself'] },
  {
    title: 'comes from an authority that nobody knows',
    certificate: 'unknownAuthority',
    ...refused,
    says: ['authority that this computer does not know'],
  },
  { title: 'is good', certificate: 'good', code: null, tries: 1 },
];

/** What an HTTP/2 server does wrong. */
export interface Http2Fault extends Outcome {
  readonly title: string;
  readonly behave: Http2Behaviour;
}

const etag = '"good"';
const head = { ':status': 200, etag, 'content-length': content.length };
const half = content.subarray(0, 100_000);

/** An HTTP/2 server as it should be. */
export const serveOverHttp2: Http2Behaviour = (stream, headers) => {
  const from = headers['if-range'] === etag ? Number(/^bytes=(\d+)-$/.exec(headers['range'] ?? '')?.[1] ?? 0) : 0;
  const part = content.subarray(from);
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  stream.respond({ ...head, 'content-length': part.length, ...(from > 0 && { ':status': 206, ...range }) });
  stream.end(part);
};

/** Sends half of the file, then does something. */
function afterHalf(then: (stream: ServerHttp2Stream, session: ServerHttp2Session) => void): Http2Behaviour {
  return (stream, _headers, { untilTaken }) => {
    stream.respond(head);
    stream.write(half);
    const { session } = stream;
    // Half of the file must have arrived, or it would be taken back.
    void untilTaken(half.length).then(() => {
      if (session) then(stream, session as ServerHttp2Session);
    });
  };
}

function once(behave: Http2Behaviour): Http2Behaviour {
  return (stream, headers, more) => {
    (more.index === 0 ? behave : serveOverHttp2)(stream, headers, more);
  };
}

const codes = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  ENHANCE_YOUR_CALM: 11,
};

export const http2Faults: readonly Http2Fault[] = [
  { title: 'does as it should', behave: serveOverHttp2, code: null, tries: 1 },
  ...Object.entries(codes)
    .filter(([name]) => name !== 'NO_ERROR')
    .map<Http2Fault>(([name, code]) => ({
      title: `resets the stream before it answers: ${name}`,
      behave: (stream) => {
        stream.close(code);
      },
      code: 'network-unreachable',
    })),
  ...Object.entries(codes)
    .filter(([name]) => name !== 'NO_ERROR')
    .map<Http2Fault>(([name, code]) => ({
      title: `resets the stream in the middle: ${name}`,
      behave: afterHalf((stream) => {
        stream.close(code);
      }),
      code: 'download-cut-off',
      keptBytes: half.length,
    })),
  {
    title: 'resets the stream in the middle, and continues when asked again',
    behave: once(
      afterHalf((stream) => {
        stream.close(2);
      }),
    ),
    code: null,
    tries: 2,
  },
  {
    title: 'goes away before it answers',
    behave: (stream) => {
      const { session } = stream;
      (session as ServerHttp2Session).goaway(codes.INTERNAL_ERROR, 0);
      setTimeout(() => session?.destroy(), 20);
    },
    code: 'network-unreachable',
    tries: 2,
  },
  {
    title: 'goes away in the middle',
    behave: afterHalf((_stream, session) => {
      session.goaway(codes.INTERNAL_ERROR);
      session.destroy();
    }),
    code: 'download-cut-off',
    keptBytes: half.length,
  },
  {
    title: 'goes away in the middle, and is back at once',
    behave: once(
      afterHalf((_stream, session) => {
        session.goaway(codes.NO_ERROR);
        session.destroy();
      }),
    ),
    code: null,
    tries: 2,
  },
  {
    title: 'says that it will go away, and is there for the next connection',
    behave: once((stream, headers, more) => {
      (stream.session as ServerHttp2Session).goaway(codes.NO_ERROR, stream.id ?? 1);
      serveOverHttp2(stream, headers, more);
    }),
    code: null,
  },
  {
    title: 'ends the stream early',
    behave: (stream) => {
      stream.respond({ ...head, 'content-length': content.length });
      stream.end(half);
    },
    code: 'download-cut-off',
    keptBytes: 'some',
  },
  {
    title: 'ends the stream early, unannounced',
    behave: (stream) => {
      stream.respond({ ':status': 200, etag });
      stream.end(half);
    },
    code: 'wrong-size',
    says: ['100 kB'],
    tries: 1,
  },
  {
    title: 'sends more, unannounced',
    behave: (stream) => {
      stream.respond({ ':status': 200, etag });
      stream.end(Buffer.concat([content, content]));
    },
    code: 'wrong-size',
    tries: 1,
  },
  { title: 'never answers', behave: () => {}, code: 'download-timeout', tries: 2 },
  { title: 'stalls in the middle', behave: afterHalf(() => {}), code: 'download-timeout', keptBytes: half.length },
  {
    title: 'answers 503 once',
    behave: once((stream) => {
      stream.respond({ ':status': 503 }, { endStream: true });
    }),
    code: null,
    tries: 2,
  },
  {
    title: 'answers 404',
    behave: (stream) => {
      stream.respond({ ':status': 404 }, { endStream: true });
    },
    code: 'http-status',
    says: ['404'],
    tries: 1,
  },
  {
    title: 'redirects from https to http',
    behave: (stream) => {
      stream.respond({ ':status': 302, location: 'http://localhost/file' }, { endStream: true });
    },
    code: 'bad-redirect',
    says: ['from https to http'],
    tries: 1,
  },
];
