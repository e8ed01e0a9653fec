import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type {
  FeedRow,
  FeedUrl,
  FileDiff,
  InterfaceUri,
  SolveView,
  Stability,
  VersionList,
  VersionRow,
} from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

/** A component as seen from a program. */
export interface ComponentRef {
  readonly root: InterfaceUri;
  readonly interface: InterfaceUri;
  readonly isSource: boolean;
}

/** A version of a component. */
type VersionRef = Pick<VersionRow, 'fromFeed' | 'id'>;

export interface SolveState {
  /** Program in view, its selection, and the component in the panel beside it. */
  readonly root: InterfaceUri | null;
  readonly view: Loadable<SolveView>;
  readonly component: ComponentRef | null;
  readonly versions: Loadable<VersionList>;
  readonly feeds: Loadable<readonly FeedRow[]>;
}

export type SolveStore = ReturnType<typeof createSolveStore>;

/** The selection of the program in view, and the versions and feeds of one of its components. */
export function createSolveStore(client: Client, onProblem: OnProblem) {
  const store = createStore<SolveState>()(() => ({
    root: null,
    view: loading,
    component: null,
    versions: loading,
    feeds: loading,
  }));
  const ticket = createTickets();

  /** Puts a program in view. Another one begins empty, the same one is only asked for again. */
  async function open(root: InterfaceUri): Promise<void> {
    if (store.getState().root !== root) {
      store.setState({ root, view: loading, component: null, versions: loading, feeds: loading });
    }
    const isLatest = ticket('view');
    const result = await client.call('solve.view', { root });
    if (isLatest() && store.getState().root === root) store.setState({ view: toLoadable(result) });
  }

  /** Opens the panel of a component, or closes it. */
  async function inspect(component: ComponentRef | null): Promise<void> {
    const before = store.getState().component;
    const isSame = before?.interface === component?.interface && before?.isSource === component?.isSource;
    store.setState(isSame ? { component } : { component, versions: loading, feeds: loading });
    if (component === null) return;
    const isLatest = ticket('component');
    const input = { root: component.root, interface: component.interface, isSource: component.isSource };
    const [versions, feeds] = await Promise.all([
      client.call('solve.versions', input),
      client.call('solve.feeds', input),
    ]);
    if (isLatest()) store.setState({ versions: toLoadable(versions), feeds: toLoadable(feeds) });
  }

  /** Asks again for all that is in view; what is there stays until the answer comes. */
  async function reload(): Promise<void> {
    const { root, component } = store.getState();
    await Promise.all([root === null ? undefined : open(root), component === null ? undefined : inspect(component)]);
  }

  async function rate(row: VersionRow, rating: Stability | null): Promise<void> {
    await change(await client.call('ratings.set', { fromFeed: row.fromFeed, id: row.id, rating }));
  }

  async function setPolicy(uri: InterfaceUri, policy: VersionList['policy']): Promise<void> {
    await change(await client.call('policy.set', { interface: uri, policy }));
  }

  /** In which files two stored versions differ. */
  async function compareFiles(before: VersionRef, after: VersionRef): Promise<Loadable<FileDiff>> {
    return toLoadable(await client.call('solve.diff', { before, after }));
  }

  /** @returns the problem for the form that asked, or null */
  async function addFeed(uri: InterfaceUri, feed: string) {
    const result = await client.call('feeds.add', { interface: uri, feed });
    await reload();
    return result.ok ? null : result.error;
  }

  async function removeFeed(uri: InterfaceUri, feed: FeedUrl): Promise<void> {
    await change(await client.call('feeds.remove', { interface: uri, feed }));
  }

  async function change(result: Result<unknown>): Promise<void> {
    if (!result.ok) onProblem(result.error);
    await reload();
  }

  return { store, open, inspect, reload, rate, setPolicy, compareFiles, addFeed, removeFeed };
}
