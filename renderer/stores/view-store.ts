import { createStore } from 'zustand/vanilla';
import type { DroppedItem } from '../../shared/dropped.ts';
import type { InterfaceUri } from '../../shared/model/index.ts';
import type { Page } from '../../shared/pages.ts';

/** Where the window is. */
export type Place =
  | { readonly page: Page }
  | {
      readonly page: 'run';
      readonly interface: InterfaceUri;
      /** Which view of the program; the first one if left out. */
      readonly tab?: string;
    };

export interface ViewState {
  readonly place: Place;
  /** Where one came from, the latest last. */
  readonly past: readonly Place[];
  /** Where one went back from, the latest last. */
  readonly future: readonly Place[];
  readonly search: string;
  /** A main category of the desktop, or null for all. */
  readonly category: string | null;
  readonly showsCommandLineApps: boolean;
  /** Wanted width of the panel beside the tree, CSS pixels. */
  readonly panelWidth: number;
  readonly dialog: 'none' | 'add' | 'shortcuts' | 'palette' | 'clean-up' | 'dropped';
  /** What the dialog `add` begins with: the address of a link that was opened. */
  readonly addressToAdd: string;
  /** What was dropped on the window and is asked about. */
  readonly dropped: readonly DroppedItem[];
  /** The program whose dialog of options is open. */
  readonly optionsOf: InterfaceUri | null;
  /** The introduction was asked for, whoever has seen it before. */
  readonly isWelcomeWanted: boolean;
  /** The window is new because the one before ended by a mistake. */
  readonly hasCrashed: boolean;
  /** Said aloud once. */
  readonly announcement: string;
}

const maxPast = 50;

export type ViewStore = ReturnType<typeof createViewStore>;

/** What concerns the window alone. */
export function createViewStore() {
  const store = createStore<ViewState>()(() => ({
    place: { page: 'apps' },
    past: [],
    future: [],
    search: '',
    category: null,
    showsCommandLineApps: false,
    panelWidth: 640,
    dialog: 'none',
    addressToAdd: '',
    dropped: [],
    optionsOf: null,
    hasCrashed: false,
    isWelcomeWanted: false,
    announcement: '',
  }));

  function go(place: Place): void {
    store.setState((state) => {
      if (isSamePlace(state.place, place)) return place.page === 'run' && place.tab !== undefined ? { place } : state;
      return { place, past: [...state.past, state.place].slice(-maxPast), future: [], dialog: 'none' };
    });
  }

  /** Another view of the program in view; that is no step one goes back by. */
  function showTab(tab: string): void {
    store.setState(({ place }) => (place.page === 'run' ? { place: { ...place, tab } } : {}));
  }

  function back(): void {
    store.setState(({ past, place, future }) => {
      const before = past.at(-1) ?? (place.page === 'run' ? ({ page: 'apps' } as const) : place);
      if (isSamePlace(before, place)) return { past: past.slice(0, -1) };
      return { place: before, past: past.slice(0, -1), future: [...future, place].slice(-maxPast) };
    });
  }

  /** Takes the last going back back. */
  function forward(): void {
    store.setState((state) => {
      const next = state.future.at(-1);
      if (next === undefined) return state;
      return { place: next, past: [...state.past, state.place], future: state.future.slice(0, -1) };
    });
  }

  /** Asks whether to add the program of an address. */
  function offer(address: string): void {
    go({ page: 'apps' });
    store.setState({ dialog: 'add', addressToAdd: address });
  }

  /** Asks which of the programs of several addresses to add; a single one as `offer` does. */
  function offerAll(dropped: readonly DroppedItem[]): void {
    const [first] = dropped;
    if (first === undefined) return;
    if (dropped.length === 1 && first.address !== null) {
      offer(first.address);
      return;
    }
    go({ page: 'apps' });
    store.setState({ dialog: 'dropped', dropped });
  }

  /** Searching is about programs, so it shows them. */
  function search(text: string): void {
    store.setState({ search: text });
    if (text !== '') go({ page: 'apps' });
  }

  function announce(announcement: string): void {
    store.setState({ announcement });
  }

  function set(
    patch: Partial<
      Pick<
        ViewState,
        | 'category'
        | 'showsCommandLineApps'
        | 'panelWidth'
        | 'dialog'
        | 'addressToAdd'
        | 'dropped'
        | 'hasCrashed'
        | 'isWelcomeWanted'
        | 'optionsOf'
      >
    >,
  ): void {
    store.setState(patch);
  }

  return { store, go, showTab, back, forward, offer, offerAll, search, announce, set };
}

/** Whether two places are one. */
export function isSamePlace(a: Place, b: Place): boolean {
  if (a.page === 'run' && b.page === 'run') return a.interface === b.interface;
  return a.page === b.page;
}
