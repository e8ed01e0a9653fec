import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type {
  Conflict,
  Draft,
  Explanation,
  FeedRow,
  FeedUrl,
  FileDiff,
  InterfaceUri,
  SolveView,
  Stability,
  TrialResult,
  UndoId,
  VersionList,
  VersionRow,
} from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { countChanges, withFeed, withPolicy, withRating, withRestriction } from './draft.ts';
import type { Act, Did } from './undo-store.ts';
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
  /** Changes that are only tried out, for the program in view; null: each change is made at once. */
  readonly draft: Draft | null;
  /** What the draft would do. */
  readonly outcome: Loadable<TrialResult>;
}

export type SolveStore = ReturnType<typeof createSolveStore>;

/** The selection of the program in view, and the versions and feeds of one of its components. */
export function createSolveStore(client: Client, onProblem: OnProblem, did: Did) {
  const store = createStore<SolveState>()(() => ({
    root: null,
    view: loading,
    component: null,
    versions: loading,
    feeds: loading,
    draft: null,
    outcome: loading,
  }));
  const ticket = createTickets();

  /** Puts a program in view. Another one begins empty, the same one is only asked for again. */
  async function open(root: InterfaceUri): Promise<void> {
    if (store.getState().root !== root) {
      store.setState({ root, view: loading, component: null, versions: loading, feeds: loading, draft: null });
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
    const { draft, versions } = store.getState();
    if (draft !== null) {
      // What stands in the list may be the draft's own: the change is from what holds.
      const present = versions.status === 'ready' ? versions.value.rows.find((one) => isSameVersion(one, row)) : row;
      await tryOut(withRating(draft, present ?? row, rating));
      return;
    }
    const result = await client.call('ratings.set', { fromFeed: row.fromFeed, id: row.id, rating });
    await change({ kind: 'rated', version: row.version, rating }, result);
  }

  async function setPolicy(uri: InterfaceUri, policy: VersionList['policy']): Promise<void> {
    const { draft, versions } = store.getState();
    if (draft !== null && versions.status === 'ready') {
      await tryOut(withPolicy(draft, versions.value, policy));
      return;
    }
    const name = versions.status === 'ready' ? versions.value.name : uri;
    await change({ kind: 'policy', name, policy }, await client.call('policy.set', { interface: uri, policy }));
  }

  /** Whether changes are collected, and what they would do is shown, instead of being made at once. Ending it drops them. */
  function setTrying(isTrying: boolean): void {
    store.setState(isTrying ? { draft: {}, outcome: loading } : { draft: null });
  }

  /** Makes the collected changes. If that is not possible they all stay in the draft. */
  async function applyDraft(): Promise<void> {
    const { draft } = store.getState();
    if (draft === null) return;
    store.setState({ draft: null });
    const { root } = store.getState();
    if (root === null || !(await apply(root, draft))) store.setState({ draft });
  }

  async function tryOut(draft: Draft): Promise<void> {
    const { root } = store.getState();
    store.setState({ draft });
    if (root === null || countChanges(draft) === 0) return;
    const isLatest = ticket('draft');
    const outcome = await compare(root, draft);
    if (isLatest()) store.setState({ outcome });
  }

  /** What changes would do. Nothing is written. */
  async function compare(root: InterfaceUri, draft: Draft): Promise<Loadable<TrialResult>> {
    return toLoadable(await client.call('solve.compare', { root, draft }));
  }

  /** Why (not) this version? */
  async function explain(component: ComponentRef, version: VersionRef): Promise<Loadable<Explanation>> {
    const { fromFeed, id } = version;
    const { root, interface: uri, isSource } = component;
    const result = await client.call('solve.explain', { root, interface: uri, isSource, fromFeed, id });
    return result.ok ? { status: 'ready', value: result.value.explanation } : { status: 'failed', error: result.error };
  }

  /** Why is there no solution, and what would give one? */
  async function findConflict(root: InterfaceUri): Promise<Loadable<Conflict>> {
    return toLoadable(await client.call('solve.conflict', { root }));
  }

  /** Makes a draft last. @returns false if that was not possible; then nothing has changed */
  async function apply(program: InterfaceUri, draft: Draft): Promise<boolean> {
    const result = await client.call('draft.apply', { root: program, draft });
    await change({ kind: 'draft', count: countChanges(draft) }, result);
    return result.ok;
  }

  /** Shows the files of a version in the file manager. */
  async function openFiles({ fromFeed, id }: VersionRef): Promise<void> {
    const result = await client.call('solve.open', { implementation: { fromFeed, id } });
    if (!result.ok) onProblem(result.error);
  }

  /** In which files two stored versions differ. */
  async function compareFiles(before: VersionRef, after: VersionRef): Promise<Loadable<FileDiff>> {
    return toLoadable(await client.call('solve.diff', { before, after }));
  }

  /** @returns the problem for the form that asked, or null */
  async function addFeed(uri: InterfaceUri, feed: string) {
    if (store.getState().draft !== null) {
      const prepared = await client.call('feeds.prepare', { interface: uri, feed });
      if (prepared.ok) await tryFeed(uri, feed);
      return prepared.ok ? null : prepared.error;
    }
    const result = await client.call('feeds.add', { interface: uri, feed });
    if (result.ok) did({ kind: 'feed-added', feed }, result.value.undo);
    await reload();
    return result.ok ? null : result.error;
  }

  /** Lets the person choose a file. @returns the problem for the form that asked, or null */
  async function addLocalFeed(uri: InterfaceUri) {
    const isTrial = store.getState().draft !== null;
    const result = await client.call('feeds.browse', { interface: uri, isTrial });
    if (!result.ok) return result.error;
    if (result.value === null) return null;
    const { feed, undo } = result.value;
    if (undo === null) await tryFeed(uri, feed);
    else did({ kind: 'feed-added', feed }, undo);
    await reload();
    return null;
  }

  /** Registers a feed that is here in the draft, also one that the draft would remove. */
  async function tryFeed(uri: InterfaceUri, feed: string): Promise<void> {
    const { draft, feeds } = store.getState();
    if (draft === null) return;
    const isPresent = feeds.status === 'ready' && feeds.value.some(({ url }) => url === feed);
    await tryOut(withFeed(draft, { uri, feed, isWanted: true, isPresent }));
  }

  /** Tries out which versions of a component may be used. @param expression null = any */
  async function restrict(list: VersionList, expression: string | null): Promise<void> {
    const { draft } = store.getState();
    if (draft !== null) await tryOut(withRestriction(draft, list, expression));
  }

  async function removeFeed(uri: InterfaceUri, feed: FeedUrl): Promise<void> {
    const { draft, feeds } = store.getState();
    if (draft !== null) {
      const isPresent = feeds.status === 'ready' && feeds.value.some(({ url }) => url === feed);
      await tryOut(withFeed(draft, { uri, feed, isWanted: false, isPresent }));
      return;
    }
    await change({ kind: 'feed-removed', feed }, await client.call('feeds.remove', { interface: uri, feed }));
  }

  async function change(act: Act, result: Result<{ readonly undo: UndoId }>): Promise<void> {
    if (result.ok) did(act, result.value.undo);
    else onProblem(result.error);
    await reload();
  }

  return {
    store,
    open,
    inspect,
    reload,
    rate,
    setPolicy,
    setTrying,
    applyDraft,
    compare,
    explain,
    findConflict,
    apply,
    compareFiles,
    openFiles,
    addFeed,
    addLocalFeed,
    tryFeed,
    restrict,
    removeFeed,
  };
}

function isSameVersion(one: VersionRef, other: VersionRef): boolean {
  return one.fromFeed === other.fromFeed && one.id === other.id;
}
