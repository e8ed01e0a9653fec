import type { Stores } from '../../stores/stores.tsx';

/**
 * Puts the cursor into the search field in view.
 *
 * @param typed goes into it when it has to be brought up first
 * @returns whether the letter that is on its way was taken care of
 */
export function focusSearch({ view }: Stores, typed: string): boolean {
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
