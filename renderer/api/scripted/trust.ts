import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { DependentFeed, FeedUrl } from '../../../shared/model/index.ts';
import type { World } from './world.ts';

type TrustCall = 'trust.list' | 'trust.rehearse' | 'trust.remove' | 'trust.restore';
type FeedLine = readonly [file: string, name: string, programs: readonly string[]];

/** Feeds of the invented world that the keys of a domain sign. */
const feedsOf: Readonly<Record<string, readonly FeedLine[]>> = {
  'samples.zerodesk.invalid': [
    ['memo.xml', 'Memo', ['Memo', 'notes']],
    ['toolkit.xml', 'Toolkit', ['Filer', 'Memo']],
    ['edit.xml', 'Edit', []],
  ],
  'apps.example.org': [['planner.xml', 'Planner', ['Planner']]],
};

/** The calls about trusted keys. */
export function trustCalls(
  world: World,
  changed: (what: string) => void,
): { readonly [N in TrustCall]: (input: Input<N>) => Output<N> } {
  const removed = new Map<string, World['trust'][number]['keys'][number]>();
  const keysOf = (domain: string) => world.trust.find((one) => one.domain === domain)?.keys ?? [];
  return {
    'trust.list': () => [...world.trust].sort((a, b) => (a.domain < b.domain ? -1 : 1)),
    'trust.rehearse': ({ domain, fingerprint, change }) => {
      const keys = keysOf(domain);
      // With another key beside it, nothing needs this one.
      const isLast = keys.length === 1 && keys[0]?.fingerprint === fingerprint;
      const lines = change === 'add' || isLast ? (feedsOf[domain] ?? []) : [];
      const feeds = lines.map(([file, name, programs]): DependentFeed => {
        return { url: `https://${domain}/${file}` as FeedUrl, name, programs: [...programs] };
      });
      return { feeds, feedCount: feeds.length };
    },
    'trust.remove': ({ domain, fingerprint }) => {
      const key = keysOf(domain).find((one) => one.fingerprint === fingerprint);
      if (key !== undefined) removed.set(`${domain} ${fingerprint}`, key);
      world.trust = world.trust
        .map((one) => (one.domain === domain ? { ...one, keys: one.keys.filter((each) => each !== key) } : one))
        .filter((one) => one.keys.length > 0);
      changed('trust');
      return {};
    },
    'trust.restore': ({ domain, fingerprint }) => {
      const key = removed.get(`${domain} ${fingerprint}`);
      if (key === undefined) return {};
      const others = world.trust.filter((one) => one.domain !== domain);
      world.trust = [...others, { domain, keys: [...keysOf(domain), key] }];
      changed('trust');
      return {};
    },
  };
}
