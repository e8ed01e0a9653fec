import type { ActionId } from '../../../shared/actions.ts';
import { issuePage } from '../../../shared/issue-page.ts';
import type { SettingName, Settings } from '../../../shared/model/index.ts';
import type { Stores } from '../../stores/stores.tsx';
import { focusSearch } from './focus-search.ts';
import type { Subject } from './subject.ts';

/** What actions act on. */
export interface ActionContext {
  readonly stores: Stores;
  readonly subject: Subject | null;
  readonly copy: (text: string) => void;
}

interface Deed {
  /** Left out: always. */
  readonly isPossible?: (context: ActionContext) => boolean;
  readonly run: (context: ActionContext) => unknown;
}

/** What each action does, and when it can be done. */
export const deeds: Readonly<Record<ActionId, Deed>> = {
  'go.apps': goTo('apps'),
  'go.downloads': goTo('downloads'),
  'go.timeline': goTo('timeline'),
  'go.storage': goTo('storage'),
  'go.sharing': goTo('sharing'),
  'go.map': goTo('map'),
  'go.preferences': goTo('preferences'),
  'go.updates': goTo('updates'),
  'go.back': {
    isPossible: ({ stores }) => {
      const { past, place } = stores.view.store.getState();
      return past.length > 0 || place.page === 'run';
    },
    run: ({ stores }) => stores.view.back(),
  },
  'go.forward': {
    isPossible: ({ stores }) => stores.view.store.getState().future.length > 0,
    run: ({ stores }) => stores.view.forward(),
  },
  'go.search': { run: ({ stores }) => focusSearch(stores, '') },
  'go.palette': { run: ({ stores }) => stores.view.set({ dialog: 'palette' }) },

  'program.run': {
    isPossible: ({ subject }) => subject?.isWorking === false,
    run: ({ stores, subject }) => {
      if (subject === null) return;
      void stores.apps.run(subject.uri);
      stores.view.go({ page: 'run', interface: subject.uri });
    },
  },
  'program.stop': {
    isPossible: ({ subject }) => subject?.isWorking === true,
    run: ({ stores, subject }) => subject?.job !== undefined && stores.jobs.cancel(subject.job.id),
  },
  'program.download': {
    isPossible: ({ subject }) => subject?.isWorking === false,
    run: ({ stores, subject }) => subject !== null && stores.apps.download(subject.uri),
  },
  'program.reselect': {
    isPossible: ({ subject }) => subject?.isWorking === false,
    run: ({ stores, subject }) => subject !== null && stores.apps.reselect(subject.uri),
  },
  'program.keep': {
    isPossible: ({ subject }) => subject?.app?.isMine === false,
    run: ({ stores, subject }) => subject !== null && stores.apps.add(subject.uri),
  },
  'program.remove': {
    isPossible: ({ subject }) => subject?.app?.isMine === true,
    run: ({ stores, subject }) => subject !== null && stores.apps.remove(subject.uri),
  },
  'program.homepage': {
    isPossible: ({ subject }) => typeof subject?.app?.homepage === 'string',
    run: ({ stores, subject }) =>
      typeof subject?.app?.homepage === 'string' && stores.apps.openLink(subject.app.homepage),
  },
  'program.copy-address': {
    isPossible: ({ subject }) => subject !== null,
    run: ({ copy, subject }) => subject !== null && copy(subject.uri),
  },

  'program.report': {
    isPossible: ({ subject }) => typeof subject?.app?.homepage === 'string',
    run: async ({ stores, subject, copy }) => {
      if (typeof subject?.app?.homepage !== 'string') return;
      // The report is at hand when the page asks what happened.
      const report = await stores.settings.report(subject.uri, null);
      if (report !== null) copy(report);
      await stores.apps.openLink(issuePage(subject.app.homepage));
    },
  },

  'file.add': {
    run: ({ stores }) => {
      stores.view.go({ page: 'apps' });
      stores.view.set({ dialog: 'add' });
    },
  },
  'file.export': { run: ({ stores }) => stores.profile.exportTo(false) },
  'file.import': { run: ({ stores }) => stores.profile.open(false) },
  'file.export-bundle': { run: ({ stores }) => stores.profile.exportTo(true) },
  'file.import-bundle': { run: ({ stores }) => stores.profile.open(true) },
  'file.undo': {
    isPossible: ({ stores }) => stores.undo.store.getState().done.length > 0,
    run: ({ stores }) => stores.undo.take(),
  },
  'file.clean-up': {
    isPossible: ({ stores }) => {
      const { listing } = stores.cache.store.getState();
      return listing.status === 'ready' && listing.value.items.length > 0;
    },
    run: ({ stores }) => {
      stores.view.go({ page: 'storage' });
      stores.view.set({ dialog: 'clean-up' });
    },
  },

  'updates.look': {
    isPossible: (context) => hasApps(context),
    run: ({ stores }) => {
      stores.view.go({ page: 'updates' });
      void stores.updates.look();
    },
  },
  'updates.take': {
    isPossible: (context) => wantedUpdates(context).length > 0,
    run: (context) => {
      context.stores.view.go({ page: 'updates' });
      void context.stores.updates.take(wantedUpdates(context));
    },
  },
  'updates.catalogues': { run: ({ stores }) => stores.apps.refresh(true) },

  'network.full': change('networkUse', 'full'),
  'network.minimal': change('networkUse', 'minimal'),
  'network.off-line': change('networkUse', 'off-line'),
  'testing.on': change('helpWithTesting', true),
  'testing.off': change('helpWithTesting', false),

  'view.refresh': { run: ({ stores }) => refresh(stores) },
  'theme.system': change('theme', 'system'),
  'theme.light': change('theme', 'light'),
  'theme.dark': change('theme', 'dark'),
  'zoom.in': { run: ({ stores }) => stores.settings.zoom('in') },
  'zoom.out': { run: ({ stores }) => stores.settings.zoom('out') },
  'zoom.reset': { run: ({ stores }) => stores.settings.zoom('reset') },

  'help.keys': { run: ({ stores }) => stores.view.set({ dialog: 'shortcuts' }) },
  'help.report': {
    run: async ({ stores, subject, copy }) => {
      const report = await stores.settings.report(subject?.uri ?? null, null);
      if (report !== null) copy(report);
    },
  },
  'help.welcome': {
    run: ({ stores }) => {
      stores.view.go({ page: 'apps' });
      stores.view.set({ isWelcomeWanted: true });
    },
  },
};

/** Whether an action can be carried out now. */
export function isPossible(id: ActionId, context: ActionContext): boolean {
  return deeds[id].isPossible?.(context) ?? true;
}

function goTo(
  page: 'apps' | 'downloads' | 'timeline' | 'storage' | 'sharing' | 'map' | 'preferences' | 'updates',
): Deed {
  return { run: ({ stores }) => stores.view.go({ page }) };
}

/** Sets a setting that has another value now, and that nobody has locked. */
function change<N extends SettingName>(name: N, value: Settings[N]): Deed {
  return {
    isPossible: ({ stores }) => {
      const { settings } = stores.settings.store.getState();
      return settings.status === 'ready' && settings.value[name] !== value && !settings.value.locked.includes(name);
    },
    run: ({ stores }) => stores.settings.change({ [name]: value }),
  };
}

function hasApps({ stores }: ActionContext): boolean {
  const { list } = stores.updates.store.getState();
  return list.status === 'ready' && list.value.rows.length > 0;
}

function wantedUpdates({ stores }: ActionContext) {
  const { list, spared } = stores.updates.store.getState();
  if (list.status !== 'ready') return [];
  return list.value.rows
    .filter(({ app, changes, error }) => error === null && changes.length > 0 && !spared.has(app.name))
    .map(({ app }) => app.name);
}

function refresh({ apps, cache, map, sharing, timeline, updates, view }: Stores): void {
  const { place } = view.store.getState();
  if (place.page === 'apps') void apps.refresh(true);
  else if (place.page === 'run') void apps.reselect(place.interface);
  else if (place.page === 'storage') void cache.refresh();
  else if (place.page === 'sharing') void sharing.refresh();
  else if (place.page === 'map') void map.refresh();
  else if (place.page === 'timeline') void timeline.refresh();
  else if (place.page === 'updates') void updates.look();
}
