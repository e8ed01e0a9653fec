import type { Stores } from '../stores/stores.tsx';
import { pages } from '../stores/view-store.ts';

/** Parts of the page that use letters for themselves. */
const ownTyping =
  'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog], [role=alertdialog], [data-own-typing]';

/** Where Ctrl+Z means what was typed. */
const textFields = 'input:not([type=checkbox], [type=radio]), textarea, [contenteditable]';

/**
 * Keys that work everywhere in the window. @see spec "Accessibility and input"
 *
 * @returns its undo
 */
export function listenForShortcuts(stores: Stores): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (handleKey(event, stores)) event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** Carries out a key. @returns whether it meant something */
function handleKey(event: KeyboardEvent, stores: Stores): boolean {
  const { view } = stores;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (document.querySelector('[data-blocks-keys]') !== null) return false;
  if (isCommand && /^[1-9]$/.test(event.key)) {
    const page = pages[Number(event.key) - 1];
    if (page === undefined) return false;
    view.go({ page });
    return true;
  }
  if (isCommand && event.key === ',') {
    view.go({ page: 'preferences' });
    return true;
  }
  if (isCommand && (event.key === 'f' || event.key === 'k')) return focusSearch(stores, '');
  if (event.key === 'F5' || (isCommand && event.key === 'r')) return refresh(stores);
  if (isCommand && !event.shiftKey && event.key.toLowerCase() === 'z') return undoLast(stores, event.target);
  if (event.altKey && event.key === 'ArrowLeft') {
    view.back();
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === 'Escape') return closePanel(stores);
  if ((event.target as Element).closest(ownTyping) !== null) return false;
  if (event.key === '?') {
    view.set({ dialog: 'shortcuts' });
    return true;
  }
  if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) return focusSearch(stores, event.key);
  return false;
}

/** Takes back what was done last. */
function undoLast({ undo }: Stores, target: EventTarget | null): boolean {
  if (target instanceof Element && target.closest(textFields) !== null) return false;
  if (undo.store.getState().done.length === 0) return false;
  void undo.take();
  return true;
}

/** Puts the cursor into the search field in view. @param typed goes into it when it has to be brought up first */
function focusSearch({ view }: Stores, typed: string): boolean {
  const field = searchField();
  if (field !== undefined) {
    field.focus();
    // The letter that is on its way lands in the field, which has the focus now.
    return typed === '';
  }
  view.go({ page: 'apps' });
  if (typed !== '') view.search(view.store.getState().search + typed);
  requestAnimationFrame(() => searchField()?.focus());
  return true;
}

function searchField(): HTMLInputElement | undefined {
  const fields = [...document.querySelectorAll<HTMLInputElement>('[data-page-search]')];
  return fields.findLast((field) => field.checkVisibility());
}

function refresh({ apps, cache, sharing, timeline, updates, view }: Stores): boolean {
  const { place } = view.store.getState();
  if (place.page === 'apps') void apps.refresh(true);
  else if (place.page === 'run') void apps.reselect(place.interface);
  else if (place.page === 'storage') void cache.refresh();
  else if (place.page === 'sharing') void sharing.refresh();
  else if (place.page === 'timeline') void timeline.refresh();
  else if (place.page === 'updates') void updates.look();
  return true;
}

function closePanel({ solve }: Stores): boolean {
  if (solve.store.getState().component === null) return false;
  void solve.inspect(null);
  return true;
}
