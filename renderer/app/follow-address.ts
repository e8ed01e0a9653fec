import { isPage } from '../../shared/pages.ts';
import type { ViewStore } from '../stores/view-store.ts';

/**
 * Goes to the page that the address names behind `#` (or asks about the program of `#add=ADDRESS`), at the start and when the
 * main process changes it. The name is then taken away, so that it can be asked for again.
 *
 * @returns its undo
 */
export function followAddress(view: Pick<ViewStore, 'go' | 'offer' | 'set'>): () => void {
  const follow = (): void => {
    const name = window.location.hash.slice(1);
    const address = new URLSearchParams(name).get('add');
    if (isPage(name)) view.go({ page: name });
    else if (name === 'crashed') view.set({ hasCrashed: true });
    else if (address !== null) view.offer(address);
    else return;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
  };
  follow();
  window.addEventListener('hashchange', follow);
  return () => {
    window.removeEventListener('hashchange', follow);
  };
}
