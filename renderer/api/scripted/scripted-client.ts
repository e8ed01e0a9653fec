import type { Result } from '../../../shared/errors/app-error.ts';
import { calls, type CallName, type Input, type Output } from '../../../shared/ipc/contract.ts';
import type { InterfaceUri, JobId, JobSnapshot, StoreItemId } from '../../../shared/model/index.ts';
import type { Client } from '../client.ts';
import { appJobCalls } from './app-jobs.ts';
import { choiceCalls } from './choices.ts';
import { compareWith, conflictOf, explainVersion } from './decisions.ts';
import { impactCalls } from './impact.ts';
import { desktopCalls } from './desktop.ts';
import { countProgress, keptOf, movedRanks, newJob, programState, withoutRate, withProgress } from './jobs.ts';
import { presetCalls } from './presets.ts';
import { placesCalls } from './places.ts';
import { profileCalls } from './profile.ts';
import { Refusal } from './refusal.ts';
import { programCalls } from './program.ts';
import { findComponent, sampleFeeds } from './sample-data.ts';
import { createScenario } from './scenarios.ts';
import { sharingCalls } from './sharing.ts';
import { cleanUpPreview, damageReport, fileDiff, itemOf, listing, measure } from './storage.ts';
import { timelineCalls } from './timeline.ts';
import { trustCalls } from './trust.ts';
import { updatesCalls } from './updates.ts';
import { dropped, windowCalls } from './window.ts';
import { solveView, versionsOf } from './world.ts';

export interface ScriptedOptions {
  readonly scenario: string;
  /** Waits between the steps of a job; tests pass one that does not wait. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

type Answers = { readonly [N in CallName]: (input: Input<N>) => Output<N> };

/**
 * A main process that is invented: the same calls and events over a small world in memory. For tests, and for looking at
 * the page alone. Every value passes the schemas of the contract, as in the real one.
 */
export function createScriptedClient({
  scenario,
  sleep,
}: ScriptedOptions): Client & { readonly log: readonly string[] } {
  const { world, jobs: firstJobs, answers } = createScenario(scenario);
  const jobs = new Map<JobId, JobSnapshot>(firstJobs.map((job) => [job.id, job]));
  const cancelled = new Set<JobId>();
  /** Wakes work that has met its pause. */
  const resumed = new Map<JobId, () => void>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  const log: string[] = [];

  const emit = (name: string, data: unknown): void => {
    for (const listener of listeners.get(name) ?? []) listener(data as never);
  };
  const changed = (...what: readonly string[]): void => {
    for (const part of what) emit('state.changed', { what: part });
  };
  const update = (id: JobId, patch: Partial<JobSnapshot>): JobSnapshot => {
    const job = { ...(jobs.get(id) ?? newJob(id, {})), ...patch };
    jobs.set(id, job);
    emit('jobs.changed', job);
    return job;
  };
  const begin = (rest: Partial<JobSnapshot>): JobId => {
    const id = `job-${jobs.size + 1}` as JobId;
    update(id, { ...newJob(id, rest) });
    return id;
  };
  const finish = (id: JobId, patch: Partial<JobSnapshot>): void => {
    update(id, { phase: 'finished', finishedAt: '2026-11-22T10:00:09Z', ...patch });
  };

  async function fetchAll(id: JobId, uri: InterfaceUri, isRun: boolean): Promise<void> {
    await sleep(150);
    const view = solveView(world, uri);
    update(id, { solve: view, phase: 'downloading' });
    if (!view.isSolved) {
      const params = { interface: view.name, report: view.report ?? '' };
      finish(id, { state: 'failed', error: { code: 'no-solution', params, causes: [] } });
      return;
    }
    const steps = view.downloadBytes === 0 ? 0 : 24;
    for (let step = 1; step <= steps; step += 1) {
      await sleep(120);
      if (jobs.get(id)?.isPaused === true) await new Promise<void>((resolve) => resumed.set(id, resolve));
      if (cancelled.has(id)) return;
      update(id, withProgress(view, step / steps));
    }
    for (const row of view.components) {
      const key = `${row.interface} ${row.version ?? ''}`;
      if (world.cached.has(key)) continue;
      world.cached.add(key);
      world.items = [...world.items, itemOf(key)];
    }
    const version = view.components[0]?.version ?? null;
    world.apps = world.apps.map((app) =>
      app.interface === uri ? { ...app, isMine: true, state: 'ready', version } : app,
    );
    changed('apps', 'cache', 'solve');
    if (!isRun) {
      finish(id, { state: 'done', solve: solveView(world, uri) });
      return;
    }
    update(id, { phase: 'starting', solve: solveView(world, uri), progress: null });
    await sleep(80);
    update(id, { phase: 'running', program: programState(true, null, `${view.name} ${version ?? ''} started\n`) });
    await sleep(1600);
    if (cancelled.has(id)) return;
    finish(id, { state: 'done', program: programState(false, 0, `${view.name} ${version ?? ''} started\nGoodbye.\n`) });
  }

  const checkStored = ({ fromFeed, id }: Input<'solve.diff'>['before']): void => {
    const row = versionsOf(world, String(fromFeed) as InterfaceUri).find((one) => one.id === id);
    if (row?.fetch.kind === 'cached') return;
    const params = { interface: fromFeed, version: row?.version ?? '' };
    throw new Refusal({ code: 'implementation-missing', params, causes: [] });
  };

  async function verify(id: JobId, ids: readonly StoreItemId[], isRepair = false): Promise<void> {
    const damaged: JobSnapshot['damaged'] = [];
    for (const [index, item] of world.items.filter((one) => ids.includes(one.id)).entries()) {
      await sleep(120);
      if (cancelled.has(id)) break;
      const report = world.damaged.has(item.id) ? damageReport(item) : null;
      if (report !== null) damaged.push({ item: item.id, digest: item.digest, report });
      if (isRepair) world.damaged.delete(item.id);
      const damage = isRepair ? null : report;
      world.items = world.items.map((one) => (one.id === item.id ? { ...one, damage } : one));
      update(id, { damaged: [...damaged], progress: countProgress(index + 1, ids.length) });
    }
    changed('cache');
    if (cancelled.has(id)) return;
    const [first] = damaged;
    if (first === undefined || isRepair) finish(id, { state: 'done', damaged });
    else {
      const params = { path: `/home/ada/.cache/0install.net/implementations/${first.digest}`, report: first.report };
      finish(id, { state: 'failed', damaged, error: { code: 'implementation-damaged', params, causes: [] } });
    }
  }

  async function moveToShared(id: JobId, digests: readonly string[]): Promise<void> {
    for (const [index, digest] of digests.entries()) {
      await sleep(200);
      world.moved.add(digest);
      update(id, { progress: countProgress(index + 1, digests.length) });
    }
    finish(id, { state: 'done' });
    changed('cache');
  }

  async function erase(id: JobId, ids: readonly string[]): Promise<void> {
    await sleep(300);
    const bytes = measure(world, new Set(ids));
    const gone = world.items.filter((item) => ids.includes(item.id));
    world.items = world.items.filter((item) => !ids.includes(item.id));
    for (const item of gone) world.cached.delete(`${item.interface ?? ''} ${item.version ?? ''}`);
    world.apps = world.apps.map((app) => {
      const isWhole = app.state !== 'ready' || gone.every((item) => !item.neededBy.includes(app.name));
      return isWhole ? app : { ...app, state: 'needs-download' };
    });
    finish(id, { state: 'done', bytes });
    changed('cache', 'apps', 'solve');
  }

  const titleOf = (uri: InterfaceUri): string => world.apps.find((app) => app.interface === uri)?.name ?? uri;

  const choices = choiceCalls(world, changed);
  const handlers: Answers = {
    'app.info': () => ({
      version: '0.1.0',
      electron: '33.2.1',
      node: '20.18.1',
      platform: 'linux x64',
      locale: 'en',
      configDir: '/home/ada/.config/0install.net',
      cacheDir: '/home/ada/.cache/0install.net',
    }),
    'apps.list': () => ({ apps: world.apps, sources: [...world.sources] }),
    'apps.add': ({ interface: uri }) => {
      const known = world.apps.find((app) => app.interface === uri);
      if (known === undefined && !uri.endsWith('.xml')) {
        throw new Refusal({ code: 'feed-not-a-feed', params: { feed: uri, start: '<!doctype html>' }, causes: [] });
      }
      const [first] = world.apps;
      if (known !== undefined) world.apps = world.apps.map((app) => (app === known ? { ...app, isMine: true } : app));
      else if (first !== undefined)
        world.apps = [...world.apps, { ...first, interface: uri, name: 'Added', isMine: true, source: null }];
      changed('apps');
      return {};
    },
    'apps.run': ({ interface: uri, version }) => {
      if (version !== undefined && !/^[0-9.!| a-z-]*[0-9.]+$/.test(version)) {
        throw new Refusal({ code: 'bad-version', params: { text: version, reason: 'no number' }, causes: [] });
      }
      const id = begin({ kind: 'run', interface: uri, title: titleOf(uri) });
      void fetchAll(id, uri, true);
      return id;
    },
    'apps.download': ({ interface: uri }) => {
      const id = begin({ kind: 'download', interface: uri, title: titleOf(uri) });
      void fetchAll(id, uri, false);
      return id;
    },
    'apps.select': ({ interface: uri }) => {
      const id = begin({ kind: 'select', interface: uri, title: titleOf(uri), phase: 'refreshing' });
      void sleep(600).then(() => finish(id, { state: 'done', solve: solveView(world, uri) }));
      return id;
    },
    'solve.view': ({ root }) => solveView(world, root),
    'solve.versions': ({ interface: uri }) => ({
      interface: uri,
      name: findComponent(uri)?.name ?? titleOf(uri),
      policy: world.policies.get(uri) ?? null,
      restriction: null,
      helpWithTesting: world.settings.helpWithTesting,
      rows: [...versionsOf(world, uri)],
    }),
    'solve.open': ({ implementation }) => {
      checkStored(implementation);
      return {};
    },
    'solve.diff': ({ before, after }) => {
      checkStored(before);
      checkStored(after);
      return fileDiff(scenario === 'many');
    },
    'solve.feeds': ({ interface: uri }) => {
      const component = findComponent(uri);
      if (component === undefined) return [];
      const [main, ...rest] = sampleFeeds(component);
      const extra = (world.extraFeeds.get(uri) ?? []).map((url) => ({
        ...rest[0],
        ...main,
        url,
        origin: 'user' as const,
        signatures: [],
      }));
      return [main, ...extra, ...rest] as never;
    },
    'solve.explain': (input) => explainVersion(world, input),
    'solve.conflict': ({ root }) => conflictOf(world, root),
    'solve.compare': ({ root, draft }) => compareWith(world, root, draft),
    ...choices,
    ...impactCalls(world, changed, (uri) => {
      const id = begin({ kind: 'download', interface: uri, title: titleOf(uri) });
      void fetchAll(id, uri, false);
      return id;
    }),
    ...presetCalls(world, choices['draft.apply']),
    'jobs.list': () => [...jobs.values()],
    'jobs.cancel': ({ job: id }) => {
      cancelled.add(id);
      resumed.get(id)?.();
      const job = jobs.get(id);
      if (job?.program?.isRunning === true) {
        finish(id, { state: 'cancelled', program: { ...job.program, isRunning: false, signal: 'SIGTERM' } });
      } else if (job?.state === 'running' || job?.state === 'asking')
        finish(id, { state: 'cancelled', question: null, isPaused: false, kept: keptOf(job) });
      return {};
    },
    'jobs.answer': ({ job: id, answer }) => {
      const job = jobs.get(id);
      if (job?.interface === null || job?.interface === undefined) return {};
      if (answer.trust.length === 0) {
        const params = { feed: job.interface, domain: job.question?.domain ?? '' };
        finish(id, { state: 'failed', question: null, error: { code: 'feed-untrusted', params, causes: [] } });
      } else {
        update(id, { state: 'running', phase: 'selecting', question: null });
        void fetchAll(id, job.interface, true);
      }
      return {};
    },
    'jobs.pause': ({ job }) => {
      update(job, { isPaused: true, ...withoutRate(jobs.get(job)) });
      return {};
    },
    'jobs.resume': ({ job }) => {
      update(job, { isPaused: false });
      resumed.get(job)?.();
      return {};
    },
    'jobs.move': ({ job, before }) => {
      for (const [id, rank] of movedRanks([...jobs.values()], job, before))
        if (jobs.get(id)?.rank !== rank) update(id, { rank });
      return {};
    },
    'jobs.retry': ({ job: id }) => {
      const { kind, interface: uri, title } = jobs.get(id) ?? newJob(id, {});
      const again = begin({ kind, interface: uri, title });
      if (uri !== null) void fetchAll(again, uri, kind === 'run');
      return again;
    },
    'jobs.dismiss': ({ job }) => {
      jobs.delete(job);
      return {};
    },
    'cache.list': () => listing(world),
    'cache.delete': ({ items }) => {
      const id = begin({ kind: 'cache-delete', title: '', phase: 'deleting' });
      void erase(id, items);
      return id;
    },
    'cache.clear': () => {
      const id = begin({ kind: 'cache-delete', title: '', phase: 'deleting' });
      void erase(
        id,
        world.items.filter((item) => item.canDelete).map((item) => item.id),
      );
      return id;
    },
    'cache.verify': ({ items }) => {
      const id = begin({ kind: 'cache-verify', phase: 'verifying' });
      void verify(id, items);
      return id;
    },
    'cache.repair': ({ items }) => {
      const id = begin({ kind: 'cache-repair', phase: 'verifying' });
      void verify(id, items, true);
      return id;
    },
    'cache.measure': ({ items }) => ({ freedBytes: measure(world, new Set(items)) }),
    'cache.plan': ({ keepRuns }) => cleanUpPreview(world, keepRuns),
    'cache.clean': ({ items }) => {
      const id = begin({ kind: 'cache-clean-up', title: '', phase: 'deleting' });
      void erase(id, items);
      return id;
    },
    'cache.open': () => ({}),
    ...placesCalls(world, { begin, finish, changed }),
    ...sharingCalls(world),
    'sharing.move': ({ digests }) => {
      const id = begin({ kind: 'cache-share', phase: 'moving' });
      void moveToShared(id, digests);
      return id;
    },
    'settings.get': () => world.settings,
    'settings.set': (patch) => {
      world.settings = { ...world.settings, ...withoutUndefined(patch) };
      changed('settings', 'solve');
      return world.settings;
    },
    ...desktopCalls(world),
    ...appJobCalls(world, { begin, finish, fetchAll, sleep, changed, titleOf }),
    ...profileCalls({ begin, finish, sleep }),
    ...programCalls(world),
    ...timelineCalls(world, changed),
    ...updatesCalls(world, changed),
    ...trustCalls(world, changed),
    'link.open': () => ({}),
    ...windowCalls(),
  };

  return {
    log,
    call: async <N extends CallName>(name: N, input: unknown): Promise<Result<Output<N>>> => {
      log.push(`${name} ${JSON.stringify(input)}`);
      if (answers === 'never' && name !== 'app.info' && name !== 'settings.get') return new Promise(() => {});
      if (answers === 'failed' && /list$|view$|apps$/.test(name)) {
        return {
          ok: false,
          error: { code: 'permission-denied', params: { path: '/home/ada/.cache/0install.net' }, causes: [] },
        };
      }
      const parsed = calls[name].input.parse(input) as Input<N>;
      try {
        const value = (handlers[name] as (input: Input<N>) => Output<N>)(parsed);
        return { ok: true, value: calls[name].output.parse(structuredClone(value)) as Output<N> };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, error: error.data };
        throw error;
      }
    },
    drop: dropped,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
  };
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}
