import { actions, type ActionId } from '../../../shared/actions.ts';
import { keysOf } from '../../../shared/keys.ts';
import type { Stores } from '../../stores/stores.tsx';
import { deeds, isPossible } from './deeds.ts';
import { focusSearch } from './focus-search.ts';
import { subjectOf } from './subject.ts';

/** Parts of the page that use letters for themselves. */
const ownTyping =
  'input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog], [role=alertdialog], [data-own-typing]';

/** Where Ctrl+Z means what was typed. */
const textFields = 'input:not([type=checkbox], [type=radio]), textarea, [contenteditable]';

const byKeys: ReadonlyMap<string, ActionId> = new Map(
  actions.flatMap(({ id, keys }) => keys.map((each) => [each, id])),
);

/**
 * Keys that work everywhere in the window. @see spec "Accessibility and input"
 *
 * @returns its undo
 */
export function listenForKeys(stores: Stores, copy: (text: string) => void): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (document.querySelector('[data-blocks-keys]') !== null) return;
    if (handleKey(event, { stores, copy })) event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

interface Context {
  readonly stores: Stores;
  readonly copy: (text: string) => void;
}

/** Carries out a key. @returns whether it meant something */
function handleKey(event: KeyboardEvent, { stores, copy }: Context): boolean {
  const target = event.target instanceof Element ? event.target : null;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const isTyping = isPlain && !/^F\d+$/.test(event.key) && target?.closest(ownTyping) !== null;
  if (isPlain && event.key === 'Escape') return closePanel(stores);
  if (isTyping) return false;
  const id = byKeys.get(keysOf(event));
  if (id === 'file.undo' && target?.closest(textFields) !== null) return false;
  if (id !== undefined) {
    const context = { stores, copy, subject: subjectOf(stores, target) };
    // Who holds a key down wants one thing once, but for the size of the page.
    if (isPossible(id, context) && (!event.repeat || id.startsWith('zoom.'))) deeds[id].run(context);
    return true;
  }
  if (isPlain && event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) return focusSearch(stores, event.key);
  return false;
}

function closePanel({ solve }: Stores): boolean {
  if (solve.store.getState().component === null) return false;
  void solve.inspect(null);
  return true;
}
