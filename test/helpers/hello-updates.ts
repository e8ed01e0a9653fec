import { signXml, withoutSignature } from '../../scripts/samples/signing.mjs';
import type { SampleSite } from './sample-site.ts';

const ownDigest = 'GHRWHPFPPTJZS6EGTPUNMSH3BGN7XJT5ZUD7Q3V6QBKM5G6BPUMQ';

/** A version of the sample program Hello that a site publishes. */
export interface HelloVersion {
  readonly version: string;
  /** Stable, unless the feed says otherwise. */
  readonly stability?: string;
  /** Other than that of the archive: a version that is only to be seen. */
  readonly digest?: string;
  /** Its feed names a file that its archive does not have, so it does not start. */
  readonly isBroken?: boolean;
}

/**
 * Publishes these versions of Hello instead of its own, all with the same archive; each time newer than the time before.
 * @param round counts the times where there are not more versions each time. `more`: further elements beside them
 */
export async function publishHello(
  site: SampleSite,
  versions: readonly HelloVersion[],
  { round = versions.length, more = '' }: { readonly round?: number; readonly more?: string } = {},
): Promise<void> {
  const feed = withoutSignature(site.files.get('hello.xml')?.toString('utf8') ?? '');
  const head = feed.slice(0, feed.indexOf('<group'));
  const rows = versions.map(({ version, stability = 'stable', digest = ownDigest, isBroken = false }) => {
    const command = isBroken ? '<command name="run" path="bin/lost"/>' : '';
    return `<implementation id="hello-${version}" version="${version}" stability="${stability}">${command}
      <manifest-digest sha256new="${digest}"/>
      <archive extract="hello-1.1" href="${site.baseUrl}/archives/hello-1.1.tar" size="3072"/></implementation>`;
  });
  const text = `${head}<group><command name="run" path="bin/hello"/>${rows.join('\n')}${more}</group>\n</interface>\n`;
  // Never in the future, and later with every version that is added.
  const signedAt = new Date(Date.parse('2026-11-03T09:00:00Z') + round * 60_000);
  site.files.set('hello.xml', Buffer.from(await signXml(text, { key: site.key, signedAt })));
}
