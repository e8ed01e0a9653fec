import type { NearbyPort } from '../../core/ports/nearby.ts';

/** Loads what speaks to the network when it is first asked for: most commands fetch nothing. */
export function createLazyNearby(load: () => Promise<NearbyPort>): NearbyPort {
  let loaded: Promise<NearbyPort> | null = null;
  const nearby = (): Promise<NearbyPort> => (loaded ??= load());
  return {
    isAllowed: async () => (await nearby()).isAllowed(),
    allow: async (isAllowed) => (await nearby()).allow(isAllowed),
    ask: async (digests, signal) => (await nearby()).ask(digests, signal),
    download: async (peer, request) => (await nearby()).download(peer, request),
    drop: (peer) => {
      // Who was asked is known to the one that is loaded.
      void nearby().then((each) => {
        each.drop(peer);
      });
    },
  };
}
