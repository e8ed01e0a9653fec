import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { Draft, FeedUrl, UndoId } from '../../../shared/model/index.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

type ChoiceCall =
  | 'apps.remove'
  | 'ratings.set'
  | 'policy.set'
  | 'feeds.add'
  | 'feeds.prepare'
  | 'feeds.browse'
  | 'feeds.remove'
  | 'draft.apply'
  | 'undo.take';

/** What a person decides about programs and versions; each with its way back. */
export function choiceCalls(
  world: World,
  changed: (...what: readonly string[]) => void,
): { readonly [N in ChoiceCall]: (input: Input<N>) => Output<N> } {
  const ways = new Map<UndoId, () => void>();
  let count = 0;

  /** Does something that touches nothing but these parts of the world. */
  const undoable = (work: () => void): { readonly undo: UndoId } => {
    const { apps, settings } = world;
    const [ratings, policies, feeds] = [world.ratings, world.policies, world.extraFeeds].map((map) => [...map]);
    work();
    count += 1;
    const undo = `undo-${count}` as UndoId;
    ways.set(undo, () => {
      world.apps = apps;
      world.settings = settings;
      refill(world.ratings, ratings as never);
      refill(world.policies, policies as never);
      refill(world.extraFeeds, feeds as never);
    });
    changed('solve', 'apps');
    return { undo };
  };
  const rate = (key: string, rating: Input<'ratings.set'>['rating']): void => {
    if (rating === null) world.ratings.delete(key);
    else world.ratings.set(key, rating);
    world.unsolvable.clear();
  };
  const apply = ({ ratings = {}, policies = {}, feeds = {}, networkUse, helpWithTesting }: Draft): void => {
    for (const [feed, rated] of Object.entries(ratings)) {
      for (const [id, rating] of Object.entries(rated)) rate(`${feed} ${id}`, rating);
    }
    for (const [uri, policy] of Object.entries(policies)) world.policies.set(uri, policy as never);
    for (const [uri, { added = [], removed = [] }] of Object.entries(feeds)) {
      const kept = (world.extraFeeds.get(uri) ?? []).filter((feed) => !removed.includes(feed));
      world.extraFeeds.set(uri, [...kept, ...added]);
    }
    world.settings = {
      ...world.settings,
      ...(networkUse && { networkUse }),
      ...(helpWithTesting !== undefined && { helpWithTesting }),
    };
  };

  return {
    'apps.remove': ({ interface: uri }) =>
      undoable(() => {
        world.apps = world.apps.map((app) => (app.interface === uri ? { ...app, isMine: false } : app));
      }),
    'ratings.set': ({ fromFeed, id, rating }) => undoable(() => rate(`${fromFeed} ${id}`, rating)),
    'policy.set': ({ interface: uri, policy }) => undoable(() => world.policies.set(uri, policy)),
    'feeds.add': ({ interface: uri, feed }) => {
      if (!/^(https?:|\/)/.test(feed)) {
        throw new Refusal({ code: 'bad-url', params: { url: feed, reason: 'it has no scheme' }, causes: [] });
      }
      return undoable(() => world.extraFeeds.set(uri, [...(world.extraFeeds.get(uri) ?? []), feed]));
    },
    'feeds.prepare': ({ feed }) => {
      if (/^(https?:|\/)/.test(feed)) return {};
      throw new Refusal({ code: 'bad-url', params: { url: feed, reason: 'it has no scheme' }, causes: [] });
    },
    'feeds.browse': ({ interface: uri, isTrial }) => {
      const feed = '/home/ada/src/memo/memo.xml' as FeedUrl;
      if (isTrial) return { feed, undo: null };
      const add = () => world.extraFeeds.set(uri, [...(world.extraFeeds.get(uri) ?? []), feed]);
      return { feed, ...undoable(add) };
    },
    'feeds.remove': ({ interface: uri, feed }) =>
      undoable(() =>
        world.extraFeeds.set(
          uri,
          (world.extraFeeds.get(uri) ?? []).filter((url) => url !== feed),
        ),
      ),
    'draft.apply': ({ draft }) => undoable(() => apply(draft)),
    'undo.take': ({ undo }) => {
      const way = ways.get(undo);
      if (way === undefined) throw new Refusal({ code: 'no-such', params: { what: 'way back', id: undo }, causes: [] });
      ways.delete(undo);
      way();
      changed('solve', 'apps', 'settings');
      return {};
    },
  };
}

function refill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
