import { answerHead, serveFile, type RawBehaviour } from '../fault-server.ts';
import { content } from './fault.ts';
import { first, etag, ok, say, sayAndEnd, size, status, type PlainFault } from './raw-answers.ts';

const redirectTo = (location: string): RawBehaviour => status('302 Found', { location });
const refusedRedirect = (title: string, behave: RawBehaviour, says: string, tries = 1): PlainFault => ({
  title: `redirects ${title}`,
  behave,
  code: 'bad-redirect',
  says: [says],
  tries,
});

export const redirects: readonly PlainFault[] = [
  refusedRedirect(
    'without end',
    (socket, request) => {
      redirectTo(`/${request.index}`)(socket, request);
    },
    'too many redirects',
    11,
  ),
  refusedRedirect(
    'to itself',
    (socket, request) => {
      redirectTo(request.target)(socket, request);
    },
    'it leads to itself',
  ),
  refusedRedirect(
    'in a circle',
    (socket, request) => {
      redirectTo(request.target === '/ring' ? '/file' : '/ring')(socket, request);
    },
    'too many redirects',
    11,
  ),
  refusedRedirect('to a file', redirectTo('file:///etc/passwd'), 'file:'),
  refusedRedirect('to ftp', redirectTo('ftp://127.0.0.1/file'), 'ftp:'),
  refusedRedirect('to data', redirectTo('data:text/plain,hello'), 'data:'),
  refusedRedirect('to a script', redirectTo('javascript:alert(1)'), 'javascript:'),
  refusedRedirect('to what is no address', redirectTo('http://[bad'), 'names no address'),
  refusedRedirect('to nowhere', status('302 Found'), 'names no address'),
  refusedRedirect('with a choice of nothing', status('300 Multiple Choices'), 'names no address'),
];

const partBytes = 80_000;
const rest = content.subarray(partBytes);
const rangeOf = (from: number, total: number, headers: Readonly<Record<string, string>> = {}): string =>
  answerHead('206 Partial Content', {
    etag,
    'content-length': size - from,
    'content-range': `bytes ${from}-${total - 1}/${total}`,
    ...headers,
  });
/** Goes wrong when it is asked to continue, and gives the whole file when asked for that. */
const badRange = (title: string, ...answer: readonly (string | Uint8Array)[]): PlainFault => ({
  title: `continues ${title}`,
  partBytes,
  behave: first(say(...answer), serveFile(content)),
  code: null,
  tries: 2,
});
const shifted = Buffer.from(content).fill(7, 0, 1000);

export const resumes: readonly PlainFault[] = [
  badRange('somewhere else', rangeOf(partBytes - 1, size), content.subarray(partBytes - 1)),
  badRange('a file of another size', rangeOf(partBytes, size + 1), rest),
  badRange('without saying where', answerHead('206 Partial Content', { etag, 'content-length': rest.length }), rest),
  badRange(
    'in several parts',
    answerHead('206 Partial Content', { 'content-type': 'multipart/byteranges; boundary=x', 'content-length': 6 }),
    '--x--\r',
  ),
  badRange('another file, and says so', rangeOf(partBytes, size, { etag: '"other"' }), rest),
  badRange('not at all, since the range is wrong', answerHead('416 Range Not Satisfiable', { 'content-length': 0 })),
  { title: 'continues with the whole file', partBytes, behave: say(ok, content), code: null, tries: 1 },
  {
    title: 'continues with another whole file, which is then the file',
    partBytes: 1000,
    behave: say(answerHead('200 OK', { etag: '"new"', 'content-length': size }), content),
    code: null,
    tries: 1,
  },
  {
    title: 'continues with too much, unannounced',
    partBytes,
    behave: say(
      answerHead('206 Partial Content', {
        etag,
        'transfer-encoding': 'chunked',
        'content-range': `bytes ${partBytes}-${size - 1}/${size}`,
      }),
      `${(rest.length + 3).toString(16)}\r\n`,
      rest,
      'abc\r\n0\r\n\r\n',
    ),
    code: 'wrong-size',
    tries: 1,
  },
  {
    title: 'has lost the file when asked to continue',
    partBytes,
    behave: status('404 Not Found'),
    code: 'http-status',
    tries: 1,
    keptBytes: partBytes,
  },
  {
    title: 'is busy when asked to continue',
    partBytes,
    behave: status('503 Busy'),
    code: 'http-status',
    tries: 2,
    keptBytes: partBytes,
  },
  {
    title: 'is silent when asked to continue',
    partBytes,
    behave: say(),
    code: 'download-timeout',
    tries: 2,
    keptBytes: partBytes,
  },
  {
    title: 'is cut off, and then has another file',
    behave: first(
      sayAndEnd([ok, content.subarray(0, partBytes)]),
      say(answerHead('200 OK', { etag: '"new"', 'content-length': size }), shifted),
    ),
    code: 'download-changed',
    says: ['changed while it was being downloaded'],
    tries: 2,
  },
];
