import type { Handlers, Input } from '../../shared/ipc/contract.ts';
import type { Desk } from '../desk.ts';
import { windowHandlers, type WindowShell } from './window-handlers.ts';

/** What the window's process adds to the desk. */
export interface Shell extends WindowShell {
  readonly info: () => Promise<Awaited<ReturnType<Handlers['app.info']>>>;
  readonly openLink: (url: string) => Promise<void>;
  /** Opens a directory in the file manager. */
  readonly openPath: (path: string) => Promise<void>;
  /** Lets a person choose a profile, or the folder of a bundle; null = nothing. */
  readonly chooseProfile: (isBundle: boolean) => Promise<string | null>;
  /** Lets a person choose a feed file; null = none. */
  readonly chooseFeed: () => Promise<string | null>;
  /** Lets a person choose a folder; null = none. */
  readonly chooseFolder: () => Promise<string | null>;
  /** The same for a profile that is to be made. */
  readonly chooseTarget: (isBundle: boolean) => Promise<string | null>;
}

/** One line per call: the services do the work. */
export function createHandlers(desk: Desk, shell: Shell): Handlers {
  const {
    apps,
    appJobs,
    timeline,
    updates,
    run,
    changes,
    components,
    decisions,
    jobs,
    cache,
    diffs,
    settings,
    trust,
    undo,
    integrations,
    places,
    searches,
    environments,
    maps,
    presets,
    impact,
    localFeeds,
    profiles,
    programs,
    sandbox,
    sharing,
    shareJobs,
  } = desk;
  return {
    'app.info': () => shell.info(),
    'apps.list': ({ refresh }) => apps.list(refresh),
    'apps.add': async (input) => done(apps.add(input.interface)),
    'apps.remove': async (input) => ({ undo: await apps.remove(input.interface) }),
    'apps.run': (input) => now(() => run.run(withoutUndefined(input))),
    'apps.download': (input) => now(() => run.download(input)),
    'apps.select': (input) => now(() => run.select(input)),

    'program.map': (input) => maps.map(input.interface),
    'program.details': (input) => programs.details(input.interface),
    'program.environment': (input) => environments.sheet(input.interface, input.showsOwn),

    'timeline.apps': () => timeline.apps(),
    'timeline.view': ({ app }) => timeline.view(app),
    'timeline.add': (input) => now(() => appJobs.add(input.name, input.interface)),
    'timeline.run': ({ app, entry }) => timeline.run(app, entry),
    'timeline.rollback': async ({ app, entry }) => done(timeline.goBack(app, entry)),
    'timeline.undo': async ({ app }) => done(timeline.undo(app)),
    'timeline.hold': async ({ app, until }) => done(timeline.hold(app, until)),
    'timeline.skip': async ({ app, entry, until }) => done(timeline.skip(app, entry, until)),
    'timeline.release': async ({ app, what }) => done(timeline.release(app, what)),

    'updates.list': () => updates.list(),
    'updates.look': () => now(() => updates.look()),
    'updates.take': ({ app }) => updates.take(app),
    'updates.fetch': ({ app }) => updates.fetch(app),
    'updates.skip': async ({ app }) => done(updates.skip(app)),
    'updates.news': ({ app }) => updates.news(app),

    'impact.list': async () => [...(await impact.list())],
    'impact.take': ({ id }) => impact.take(id),
    'impact.dismiss': async ({ id }) => done(impact.dismiss(id)),

    'solve.view': ({ root }) => components.view(root),
    'solve.versions': (input) => components.versions(input),
    'solve.open': async ({ implementation }) => done(shell.openPath(await diffs.pathOf(implementation))),
    'solve.diff': ({ before, after }) => diffs.diff(before, after),
    'solve.feeds': (input) => components.feeds(input),
    'solve.explain': (input) => decisions.explain(input),
    'solve.conflict': ({ root }) => decisions.conflict(root),
    'solve.compare': ({ root, draft }) => decisions.whatIf(root, draft),
    'ratings.set': async ({ fromFeed, id, rating }) => ({ undo: await changes.rate(fromFeed, id, rating) }),
    'policy.set': async (input) => ({ undo: await changes.setPolicy(input.interface, input.policy) }),
    'feeds.add': async (input) => ({ undo: await changes.addFeed(input.interface, input.feed) }),
    'feeds.remove': async (input) => ({ undo: await changes.removeFeed(input.interface, input.feed) }),
    'draft.apply': async ({ root, draft }) => ({ undo: await changes.applyDraft(root, draft) }),
    'presets.view': ({ root }) => presets.view(root),
    'presets.preview': (input) => presets.preview(input),
    'presets.apply': async (input) => ({ undo: await presets.apply(input) }),
    'feeds.prepare': async (input) => done(changes.prepareFeed(input.interface, input.feed)),
    'feeds.browse': async (input) => {
      const path = await shell.chooseFeed();
      if (path === null) return null;
      const feed = path as Input<'feeds.add'>['feed'];
      if (!input.isTrial) return { feed, undo: await changes.addFeed(input.interface, feed) };
      await changes.prepareFeed(input.interface, feed);
      return { feed, undo: null };
    },
    'feeds.choose': async () => {
      const path = await shell.chooseFeed();
      return path === null ? null : { id: localFeeds.keep(path), name: path };
    },
    'undo.take': async (input) => done(undo.take(input.undo)),

    'jobs.list': () => now(() => [...jobs.list()]),
    'jobs.cancel': ({ job }) =>
      doneNow(() => {
        jobs.cancel(job);
      }),
    'jobs.answer': ({ job, answer }) =>
      doneNow(() => {
        jobs.answer(job, answer);
      }),
    'jobs.pause': ({ job }) =>
      doneNow(() => {
        jobs.pause(job);
      }),
    'jobs.resume': ({ job }) =>
      doneNow(() => {
        jobs.resume(job);
      }),
    'jobs.move': ({ job, before }) =>
      doneNow(() => {
        jobs.move(job, before);
      }),
    'jobs.retry': ({ job }) => now(() => jobs.retry(job)),
    'jobs.dismiss': ({ job }) =>
      doneNow(() => {
        jobs.dismiss(job);
      }),

    'cache.list': () => cache.list(),
    'cache.delete': ({ items }) => now(() => cache.delete(items)),
    'cache.clear': () => now(() => cache.clear()),
    'cache.verify': ({ items }) => now(() => cache.verify(items)),
    'cache.repair': ({ items }) => now(() => cache.repair(items)),
    'cache.measure': async ({ items }) => ({ freedBytes: await cache.measure(items) }),
    'cache.plan': ({ keepRuns }) => cache.previewCleanUp(keepRuns),
    'cache.clean': ({ items, keepRuns }) => now(() => cache.cleanUp(items, keepRuns)),
    'cache.open': async ({ item }) => done(shell.openPath(await cache.pathOf(item))),

    'places.list': () => places.list(),
    'sources.add': ({ url }) => places.addSource(url),
    'sources.remove': async ({ url }) => ({ undo: await places.removeSource(url) }),
    'sources.reset': async () => ({ undo: await places.resetSources() }),
    'stores.add': async () => {
      const folder = await shell.chooseFolder();
      return folder === null ? null : { undo: await places.addStore(folder) };
    },
    'stores.remove': async ({ path }) => ({ undo: await places.removeStore(path) }),
    'places.search': ({ text }) => searches.search(text),
    'places.stop': async () => {
      searches.stop();
      return {};
    },

    'sharing.overview': () => sharing.overview(),
    'sharing.nearby': async ({ isAllowed }) => done(sharing.askNearby(isAllowed)),
    'sharing.move': ({ digests }) => now(() => shareJobs.move(digests)),

    'desktop.all': () => integrations.entries(),
    'desktop.undo': async ({ ids }) => done(integrations.undo(ids)),
    'sandbox.view': ({ app }) => sandbox.view(app),
    'sandbox.set': async ({ app, ...wanted }) => done(sandbox.set(app, wanted)),
    'sandbox.allow': async ({ app, access }) => {
      const folder = await shell.chooseFolder();
      return done(folder === null ? Promise.resolve() : sandbox.allow(app, folder, access));
    },
    'sandbox.forbid': async ({ app, folder }) => done(sandbox.forbid(app, folder)),
    'settings.get': () => settings.get(),
    'settings.set': (change) => settings.set(change),
    'desktop.list': async (input) => integrations.presence(input.interface),
    'desktop.integrate': async (input) => {
      await integrations.integrate({ uri: input.interface, app: null }, { kinds: [input.place], alias: null });
      return {};
    },
    'desktop.remove': async (input) =>
      done(integrations.remove(await integrations.find([input.interface], [input.place]))),

    'profile.open': async ({ isBundle }) => {
      const path = await shell.chooseProfile(isBundle);
      return path === null ? null : profiles.open(path);
    },
    'profile.view': ({ plan }) => now(() => profiles.view(plan)),
    'profile.apply': ({ plan, items }) => now(() => profiles.apply(plan, items)),
    'profile.export': async ({ isBundle }) => {
      const path = await shell.chooseTarget(isBundle);
      return path === null ? null : profiles.export(path, isBundle);
    },
    'trust.list': () => trust.list(),
    'trust.remove': async ({ domain, fingerprint }) => done(trust.remove(domain, fingerprint)),
    'trust.rehearse': (input) => trust.rehearse(input),
    'trust.restore': async ({ domain, fingerprint }) => done(trust.restore(domain, fingerprint)),
    'link.open': async ({ url }) => done(shell.openLink(url)),
    ...windowHandlers(shell),
  };
}

/** Runs something synchronous so that what it throws becomes a rejection. */
async function now<T>(action: () => T): Promise<T> {
  return Promise.resolve(action());
}

async function doneNow(action: () => void): Promise<Record<never, never>> {
  action();
  return Promise.resolve({});
}

async function done(action: Promise<unknown>): Promise<Record<never, never>> {
  await action;
  return {};
}

/** zod marks absent keys as possibly undefined; our options leave them out. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
