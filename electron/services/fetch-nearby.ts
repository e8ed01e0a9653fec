import type { LogPort } from '../core/ports/log.ts';
import type { NearbyPeer, NearbyPort } from '../core/ports/nearby.ts';
import type { StorePort } from '../core/ports/store.ts';
import { parseDigestName } from '../core/manifest/digest-name.ts';
import type { FetchItem, FetchOptions } from './fetch-attempt.ts';

interface Deps {
  readonly nearby: NearbyPort;
  readonly store: Pick<StorePort, 'add'>;
  readonly log: Pick<LogPort, 'info' | 'warn'>;
}

/** A peer may compress worse than the publisher did, but not without bounds. */
const maxGrowth = 8;
const leastMaxBytes = 64 * 1024 * 1024;
const maxBytesIfUnknown = 4 * 1024 * 1024 * 1024;

/**
 * Gets an implementation from another computer of the local network. What arrives is unpacked and compared like any download, so
 * a peer that lies only loses its turn.
 *
 * @param sizeBytes what the feed says that a download takes; null if it does not
 * @returns bytes that came over the network, or null if nobody nearby has it, or it is not allowed to ask
 * @throws AppError `cancelled`, `disk-full`
 */
export async function fetchNearby(
  { nearby, store, log }: Deps,
  {
    item,
    options,
    sizeBytes,
  }: { readonly item: FetchItem; readonly options: FetchOptions; readonly sizeBytes: number | null },
): Promise<number | null> {
  const { signal, isOffline, onProgress } = options;
  if (isOffline || !(await nearby.isAllowed())) return null;
  const digests = item.implementation.digests.filter((name) => {
    const digest = parseDigestName(name);
    // What two trees can have is no proof for what a stranger sends.
    return digest !== null && digest.algorithm !== 'sha1';
  });
  if (digests.length === 0) return null;
  const maxBytes = sizeBytes === null ? maxBytesIfUnknown : Math.max(leastMaxBytes, sizeBytes * maxGrowth);
  const report = (phase: 'receiving' | 'unpacking' | 'done', receivedBytes: number): void =>
    onProgress?.(item.key, { phase, receivedBytes, totalBytes: phase === 'done' ? receivedBytes : null });

  const from = async (peer: NearbyPeer): Promise<number> => {
    const request = { digests, maxBytes, signal, onProgress: (bytes: number) => report('receiving', bytes) };
    const copy = await nearby.download(peer, request);
    try {
      report('unpacking', copy.bytes);
      const archive = {
        type: 'archive',
        file: copy.file,
        name: `${peer.address}:${peer.port}`,
        startOffset: 0,
      } as const;
      const step = { ...archive, mimeType: 'application/x-compressed-tar', extract: null, dest: null };
      await store.add({ digests, steps: [step], signal });
      report('done', copy.bytes);
      return copy.bytes;
    } finally {
      await copy.discard();
    }
  };

  for (const peer of await nearby.ask(digests, signal)) {
    try {
      const bytes = await from(peer);
      log.info('fetched from a computer nearby', { peer: `${peer.address}:${peer.port}`, bytes });
      return bytes;
    } catch (error) {
      signal.throwIfAborted();
      nearby.drop(peer);
      log.warn('a computer nearby did not give what it said to have', {
        peer: `${peer.address}:${peer.port}`,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  }
  return null;
}
