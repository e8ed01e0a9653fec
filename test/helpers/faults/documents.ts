import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { sayNo, type sayYes, type FeedWorld } from '../feed-world.ts';
import { cutOff, file, redirect, silence, status, type Behaviour } from '../server.ts';
import { feedXml, type TestKey } from '../signing.ts';

/** A home with a stored feed by a trusted key, and what a server may do with the next copy. */
export interface DocumentPlace {
  readonly world: FeedWorld;
  /** Trusted for the server. */
  readonly key: TestKey;
  /** Known to nobody. */
  readonly stranger: TestKey;
  /** Signs as the trusted key, an hour ago unless said. */
  readonly sign: (xml: string, by?: TestKey, hoursAgo?: number) => Buffer;
}

/** What a server gives in place of a feed, a catalogue or a key. */
export interface DocumentFault {
  readonly title: string;
  readonly serve: (place: DocumentPlace) => Behaviour;
  /** In place of the stranger's key. */
  readonly serveKey?: (place: DocumentPlace) => Behaviour;
  readonly isCatalog?: boolean;
  readonly answer?: typeof sayYes;
  readonly code: ErrorCode;
  readonly says?: readonly string[];
  /** What the person must be shown when asked. */
  readonly isShown?: string;
}

const block = (base64: string): string => `<!-- Base64 Signature\n${base64}\n-->\n`;
const byStranger = ({ world, stranger, sign }: DocumentPlace): Behaviour => file(sign(feedXml(world.url), stranger));
const signed =
  (xml: (url: string) => string): DocumentFault['serve'] =>
  ({ world, sign }) =>
    file(sign(xml(world.url)));
const text =
  (content: string): DocumentFault['serve'] =>
  () =>
    file(content);

const feeds: readonly DocumentFault[] = [
  {
    title: 'is an HTML page',
    serve: text('<!DOCTYPE html>\n<title>Sign in</title>'),
    code: 'feed-not-a-feed',
    says: ['Sign in'],
  },
  {
    title: 'is an HTML page that looks like XML',
    serve: text('<?xml version="1.0"?>\n<html><title>x</title></html>\n'),
    code: 'feed-unsigned',
  },
  { title: 'is empty', serve: text(''), code: 'feed-not-a-feed' },
  {
    title: 'begins with a byte order mark',
    serve: ({ world, sign }) => file(Buffer.concat([Buffer.from('\ufeff'), sign(feedXml(world.url))])),
    code: 'feed-not-a-feed',
  },
  { title: 'is not signed', serve: ({ world }) => file(feedXml(world.url)), code: 'feed-unsigned' },
  {
    title: 'was changed after signing',
    serve: ({ world, sign }) => file(sign(feedXml(world.url)).toString().replace('says hello', 'says bye')),
    code: 'feed-tampered',
  },
  {
    title: 'has the signature of another feed',
    serve: ({ world, sign }) => {
      const other = sign(feedXml(world.url, { name: 'Other' })).toString();
      return file(feedXml(world.url) + other.slice(other.indexOf('<!-- Base64')));
    },
    code: 'feed-tampered',
  },
  {
    title: 'has text after the block',
    serve: ({ world, sign }) => file(Buffer.concat([sign(feedXml(world.url)), Buffer.from('<!-- x -->\n')])),
    code: 'bad-signature-block',
  },
  {
    title: 'has a block of other characters',
    serve: ({ world }) => file(feedXml(world.url) + block('****')),
    code: 'bad-signature-block',
  },
  {
    title: 'has a block of nothing',
    serve: ({ world }) => file(feedXml(world.url) + block('')),
    code: 'bad-signature-block',
  },
  {
    title: 'has a block without end',
    serve: ({ world, sign }) => file(sign(feedXml(world.url)).subarray(0, -10)),
    code: 'bad-signature-block',
  },
  {
    title: 'has a huge block',
    serve: ({ world }) => file(feedXml(world.url) + block('A'.repeat(200_000))),
    code: 'bad-signature-block',
  },
  {
    title: 'has random bytes as signature',
    serve: ({ world }) => file(feedXml(world.url) + block(Buffer.alloc(300, 7).toString('base64'))),
    code: 'bad-signature-block',
  },
  {
    title: 'has twenty signatures',
    serve: ({ world, key }) => {
      const xml = feedXml(world.url);
      const one = world.signer.sign(xml, key);
      return file(xml + block(Buffer.concat(Array.from({ length: 20 }, () => one)).toString('base64')));
    },
    code: 'bad-signature-block',
  },
  {
    title: 'was signed in the future',
    serve: ({ world, sign }) => file(sign(feedXml(world.url), undefined, -48)),
    code: 'signature-refused',
  },
  {
    title: 'is an older one',
    serve: ({ world, sign }) => file(sign(feedXml(world.url, { name: 'Old' }), undefined, 101)),
    code: 'feed-replayed',
  },
  {
    title: 'names another address',
    serve: signed(() => feedXml('http://example.com/a.xml')),
    code: 'feed-wrong-url',
    says: ['http://example.com/a.xml'],
  },
  {
    title: 'names the address in another way',
    serve: signed((url) => feedXml(url.replace('127.0.0.1', '127.1'))),
    code: 'feed-wrong-url',
  },
  { title: 'names no address', serve: signed((url) => feedXml(url).replace(/ uri="[^"]*"/, '')), code: 'bad-feed' },
  { title: 'has two roots', serve: signed((url) => `${feedXml(url)}<interface/>\n`), code: 'bad-xml' },
  {
    title: 'has another root',
    serve: signed((url) => `<?xml version="1.0"?>\n<catalog uri="${url}"/>\n`),
    code: 'bad-feed',
  },
  {
    title: 'declares entities',
    serve: signed((url) =>
      feedXml(url).replace('?>', '?>\n<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>').replace('Hello', '&b;'),
    ),
    code: 'bad-xml',
  },
  {
    title: 'is nested without end',
    serve: signed((url) => feedXml(url, { content: '<group>'.repeat(20_000) + '</group>'.repeat(20_000) })),
    code: 'bad-xml',
  },
  {
    title: 'is larger than any feed',
    serve: () => (_request, response) => {
      response.writeHead(200, { 'content-length': 33 * 2 ** 20 });
      response.flushHeaders();
    },
    code: 'download-too-large',
  },
  { title: 'is cut off', serve: ({ world, sign }) => cutOff(sign(feedXml(world.url)), 100), code: 'download-cut-off' },
  { title: 'never comes', serve: () => silence(), code: 'download-timeout' },
  { title: 'is gone', serve: () => status(410), code: 'http-status', says: ['410'] },
  {
    title: 'is somewhere else, which names its own address',
    serve: ({ world, sign }) => {
      world.server.on('/moved.xml', file(sign(feedXml(`${world.server.origin}/moved.xml`))));
      return redirect('/moved.xml');
    },
    code: 'feed-wrong-url',
    says: ['moved.xml'],
  },
];

const keys: readonly DocumentFault[] = [
  {
    title: 'is by another key, which the person does not trust',
    serve: byStranger,
    answer: sayNo,
    code: 'feed-untrusted',
  },
  {
    title: 'is by a key that claims to be somebody',
    serve: byStranger,
    answer: sayNo,
    code: 'feed-untrusted',
    isShown: '<security@example.com>',
  },
  {
    title: 'is by a key that is not there',
    serve: byStranger,
    serveKey: () => status(404),
    code: 'key-missing',
    says: ['the server answers 404'],
  },
  {
    title: 'is by a key that is a web page',
    serve: byStranger,
    serveKey: () => file('<html>'),
    code: 'key-missing',
    says: ['what the server gives is no key'],
  },
  {
    title: 'is by a key that is another one',
    serve: byStranger,
    serveKey: ({ key }) => file(key.publicKey()),
    code: 'key-missing',
    says: ['another key'],
  },
  {
    title: 'is by a key that is half there',
    serve: byStranger,
    serveKey: ({ stranger }) => file(stranger.publicKey().subarray(0, 40)),
    code: 'key-missing',
    says: ['no key'],
  },
  {
    title: 'is by a huge key',
    serve: byStranger,
    serveKey: ({ stranger }) => file(Buffer.concat([stranger.publicKey(), Buffer.alloc(2 ** 20)])),
    code: 'key-missing',
    says: ['too large for a key'],
  },
  {
    title: 'is by a key that is led away to a file',
    serve: byStranger,
    serveKey: () => redirect('file:///etc/passwd'),
    code: 'key-missing',
    says: ['it leads to a file: address'],
  },
  {
    title: 'is by a key that never comes',
    serve: byStranger,
    serveKey: () => silence(),
    code: 'key-missing',
    says: ['sends nothing'],
  },
  {
    title: 'is by a key that is cut off',
    serve: byStranger,
    serveKey: ({ stranger }) => cutOff(stranger.publicKey(), 50),
    code: 'key-missing',
    says: ['too early'],
  },
];

const catalogXml = '<?xml version="1.0"?>\n<catalog xmlns="http://0install.de/schema/injector/catalog"/>\n';
const catalogs: readonly DocumentFault[] = [
  { title: 'is not signed', isCatalog: true, serve: text(catalogXml), code: 'feed-unsigned' },
  {
    title: 'was changed after signing',
    isCatalog: true,
    serve: ({ sign }) => file(sign(catalogXml).toString().replace('"1.0"', '"1.0" ')),
    code: 'feed-tampered',
  },
  { title: 'is a feed', isCatalog: true, serve: ({ world, sign }) => file(sign(feedXml(world.url))), code: 'bad-feed' },
  {
    title: 'is by another key',
    isCatalog: true,
    serve: ({ sign, stranger }) => file(sign(catalogXml, stranger)),
    answer: sayNo,
    code: 'feed-untrusted',
  },
];

export const documentFaults = { feeds: [...feeds, ...keys], catalogs };
