import { onTestFinished } from 'vitest';
import { makeKey, readKey, signXml, type SigningKey } from '../../scripts/samples/signing.mjs';
import { file, startServer, type TestServer } from './server.ts';

/** A scripted server with a key of its own that signs what is published there. */
export interface FeedSite {
  readonly server: TestServer;
  readonly origin: string;
  readonly key: SigningKey;
  url(path: string): string;
  /** Signs a feed and serves it. @returns its URL */
  publish(path: string, xml: string): Promise<string>;
  sign(xml: string): Promise<Buffer>;
}

const signedAt = new Date('2026-11-02T09:00:00Z');
let sharedKey: Promise<SigningKey> | null = null;

/** Starts a server that is gone when the running test is finished. */
export async function startFeedSite(): Promise<FeedSite> {
  const server = await startServer();
  onTestFinished(() => server.close());
  sharedKey ??= makeKey({
    name: 'Feed Signer',
    email: 'feeds@example.com',
    createdAt: new Date('2026-01-05T09:00:00Z'),
  }).then(readKey);
  const key = await sharedKey;
  const url = (path: string): string => `${server.origin}/${path}`;
  const sign = async (xml: string): Promise<Buffer> => Buffer.from(await signXml(xml, { key, signedAt }));
  server.on(`/${key.keyId}.gpg`, file(key.publicKey, { contentType: 'application/pgp-keys' }));
  return {
    server,
    origin: server.origin,
    key,
    url,
    sign,
    async publish(path, xml) {
      server.on(`/${path}`, file(await sign(xml), { contentType: 'application/xml' }));
      return url(path);
    },
  };
}

/** What a made-up program's feed says. */
export interface ProgramFeed {
  readonly uri: string;
  readonly name: string;
  /** `sha256new="…"`. */
  readonly digest: string;
  readonly href: string;
  readonly sizeBytes: number;
  readonly extract?: string;
  /** Path of the program in its files. */
  readonly main: string;
  /** `<requires …/>` elements. */
  readonly requires?: string;
}

/** A feed with one version, 1.0, in one archive. */
export function programFeed(feed: ProgramFeed): string {
  const extract = feed.extract === undefined ? '' : ` extract="${feed.extract}"`;
  return `<?xml version="1.0" ?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="${feed.uri}">
  <name>${feed.name}</name>
  <summary>a program for tests</summary>
  <group>
    ${feed.requires ?? ''}
    <command name="run" path="${feed.main}"/>
    <implementation id="one" version="1.0" stability="stable" released="2026-01-01">
      <manifest-digest ${feed.digest}/>
      <archive href="${feed.href}" size="${feed.sizeBytes}"${extract}/>
    </implementation>
  </group>
</interface>
`;
}
