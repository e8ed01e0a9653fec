import { createStore } from 'zustand/vanilla';
import { afterTrial, nextTrial, type Bisection } from '../../shared/bisection.ts';
import type { Result } from '../../shared/errors/app-error.ts';
import type { AppName, InterfaceUri, JobId, Timeline, TimelineApps } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, valueOf, type Loadable, type OnProblem } from './loadable.ts';

/** Looking for the update that broke an app. */
export interface Search {
  /** Numbers of the entries that can be started, oldest first; the range is about their places. */
  readonly numbers: readonly number[];
  readonly range: Bisection;
  /** The start that is to be judged; null before it was asked for. */
  readonly job: JobId | null;
  /** How many were judged. */
  readonly trials: number;
}

export interface TimelineState {
  readonly apps: Loadable<TimelineApps>;
  /** The app in view; null while there is none. */
  readonly app: AppName | null;
  readonly timeline: Loadable<Timeline>;
  readonly search: Search | null;
}

export type TimelineStore = ReturnType<typeof createTimelineStore>;

/** Apps and what they have been started with. Mirrors the main process. */
export function createTimelineStore(client: Client, onProblem: OnProblem) {
  const store = createStore<TimelineState>()(() => ({ apps: loading, app: null, timeline: loading, search: null }));
  const ticket = createTickets();

  async function refresh(): Promise<void> {
    const isLatest = ticket('apps');
    const result = await client.call('timeline.apps', {});
    if (!isLatest()) return;
    store.setState({ apps: toLoadable(result) });
    const apps = result.ok ? result.value.apps : [];
    const { app } = store.getState();
    const shown = apps.find(({ name }) => name === app) ?? apps[0];
    await open(shown?.name ?? null);
  }

  /** Shows the time line of an app. */
  async function open(app: AppName | null): Promise<void> {
    const isLatest = ticket('timeline');
    if (store.getState().app !== app) store.setState({ app, timeline: loading, search: null });
    if (app === null) return;
    const result = await client.call('timeline.view', { app });
    if (isLatest()) store.setState({ timeline: toLoadable(result) });
  }

  /** @param entry null = as the app is now. @returns the job, or null when it could not begin (which was reported) */
  async function run(entry: number | null): Promise<JobId | null> {
    const { app } = store.getState();
    return app === null ? null : begin(await client.call('timeline.run', { app, entry }));
  }

  /** Makes an app of a program. */
  async function add(uri: InterfaceUri, name: string): Promise<JobId | null> {
    return begin(await client.call('timeline.add', { interface: uri, name }));
  }

  const goBack = (entry: number) => change((app) => client.call('timeline.rollback', { app, entry }));
  const undo = () => change((app) => client.call('timeline.undo', { app }));
  const hold = (until: string | null) => change((app) => client.call('timeline.hold', { app, until }));
  const skip = (entry: number, until: string | null) =>
    change((app) => client.call('timeline.skip', { app, entry, until }));
  const release = (what: 'hold' | 'skips') => change((app) => client.call('timeline.release', { app, what }));

  /** @returns whether it was done; if not, that was reported */
  async function change(work: (app: AppName) => Promise<Result<unknown>>): Promise<boolean> {
    const { app } = store.getState();
    if (app === null) return false;
    const result = await work(app);
    if (!result.ok) onProblem(result.error);
    await refresh();
    return result.ok;
  }

  /** Begins to look for the update that broke the app. @param good, bad numbers of entries, the first older */
  function beginSearch(good: number, bad: number): void {
    const entries = valueOf(store.getState().timeline)?.entries ?? [];
    const numbers = entries
      .filter(({ number, isHere }) => number === good || number === bad || (isHere && number > good && number < bad))
      .map(({ number }) => number)
      .reverse();
    store.setState({ search: { numbers, range: { good: 0, bad: numbers.length - 1 }, job: null, trials: 0 } });
  }

  /** Starts the entry that halves what is left. */
  async function tryNext(): Promise<void> {
    const { search } = store.getState();
    const index = search === null ? null : nextTrial(search.range);
    if (search === null || index === null) return;
    const job = await run(search.numbers[index] ?? null);
    const now = store.getState().search;
    if (job !== null && now !== null) store.setState({ search: { ...now, job } });
  }

  /** What the start has shown. */
  function judge(works: boolean): void {
    const { search } = store.getState();
    const index = search === null ? null : nextTrial(search.range);
    if (search === null || index === null) return;
    const range = afterTrial(search.range, index, works);
    store.setState({ search: { ...search, range, job: null, trials: search.trials + 1 } });
  }

  function endSearch(): void {
    store.setState({ search: null });
  }

  function begin(result: Result<JobId>): JobId | null {
    if (result.ok) return result.value;
    onProblem(result.error);
    return null;
  }

  return {
    store,
    refresh,
    open,
    run,
    add,
    goBack,
    undo,
    hold,
    skip,
    release,
    beginSearch,
    tryNext,
    judge,
    endSearch,
  };
}
