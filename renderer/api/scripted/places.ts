import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { JobId, JobSnapshot, Places, UndoId } from '../../../shared/model/index.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

type PlacesCall =
  | 'places.list'
  | 'sources.add'
  | 'sources.remove'
  | 'sources.reset'
  | 'stores.add'
  | 'stores.remove'
  | 'places.search'
  | 'places.stop';

/** Where the invented programs come from, and where they are stored. */
export interface PlacesWorld {
  places: Places;
}

const usual = 'https://apps.0install.net/catalog.xml';

export function samplePlaces(): PlacesWorld {
  return {
    places: {
      sources: [{ url: usual }, { url: 'https://programs.example.org/all/catalog.xml' }],
      areSourcesUsual: false,
      stores: [
        { name: 'user', path: '/home/ada/.cache/0install.net/implementations', isWritable: true, isOwn: false },
        { name: 'shared', path: '/var/cache/0install.net/implementations', isWritable: false, isOwn: false },
        { name: '/mnt/usb/store', path: '/mnt/usb/store', isWritable: true, isOwn: true },
      ],
    },
  };
}

interface Jobs {
  readonly begin: (rest: Partial<JobSnapshot>) => JobId;
  readonly finish: (id: JobId, patch: Partial<JobSnapshot>) => void;
  readonly changed: (...what: readonly string[]) => void;
}

/** Removals are not taken back here: that is the main process's. */
export function placesCalls(
  world: World,
  { begin, finish, changed }: Jobs,
): { readonly [N in PlacesCall]: (input: Input<N>) => Output<N> } {
  const change = (patch: Partial<Places>): { readonly undo: UndoId } => {
    world.places = { ...world.places, ...patch };
    changed('apps', 'cache');
    return { undo: 'undo-900' as UndoId };
  };
  return {
    'places.stop': () => ({}),
    'places.list': () => world.places,
    'sources.add': ({ url }) => {
      if (!/^https?:\/\//.test(url))
        throw new Refusal({ code: 'bad-url', params: { url, reason: 'it has no scheme' }, causes: [] });
      change({ sources: [...world.places.sources, { url }], areSourcesUsual: false });
      const id = begin({ kind: 'catalog-refresh', title: url, phase: 'refreshing' });
      finish(id, { state: 'done' });
      return id;
    },
    'sources.remove': ({ url }) =>
      change({ sources: world.places.sources.filter((one) => one.url !== url), areSourcesUsual: false }),
    'sources.reset': () => change({ sources: [{ url: usual }], areSourcesUsual: true }),
    'stores.add': () =>
      change({
        stores: [...world.places.stores, { name: '/srv/store', path: '/srv/store', isWritable: true, isOwn: true }],
      }),
    'stores.remove': ({ path }) => change({ stores: world.places.stores.filter((one) => one.path !== path) }),
    'places.search': ({ text }) =>
      text.includes('nothing')
        ? []
        : [
            {
              uri: 'https://programs.example.org/vim.xml',
              name: 'Vim',
              summary: `a text editor for ${text}`,
              score: 95,
            },
            { uri: 'https://programs.example.org/nano.xml', name: 'nano', summary: 'a small editor', score: 40 },
          ],
  };
}
