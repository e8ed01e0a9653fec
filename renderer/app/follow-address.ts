import { pages, type ViewStore } from '../stores/view-store.ts';

/**
 * Goes to the page that the address names behind `#`, at the start and when the main process changes it. The name is then
 * taken away, so that it can be asked for again.
 *
 * @returns its undo
 */
export function followAddress(view: Pick<ViewStore, 'go'>): () => void {
  const follow = (): void => {
    const page = pages.find((name) => `#${name}` === window.location.hash);
    if (page === undefined) return;
    view.go({ page });
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
  };
  follow();
  window.addEventListener('hashchange', follow);
  return () => {
    window.removeEventListener('hashchange', follow);
  };
}
