import { actions } from '../../../shared/actions.ts';
import type { Client } from '../../api/client.ts';
import type { Stores } from '../../stores/stores.tsx';
import { deeds, isPossible } from './deeds.ts';
import { subjectOf } from './subject.ts';

/**
 * Carries out what is chosen in the window's menus, and lets these know what can be chosen.
 *
 * @returns its undo
 */
export function followMenus(client: Client, stores: Stores, copy: (text: string) => void): () => void {
  let told = '';
  let isDue = false;
  const contextNow = () => ({ stores, copy, subject: subjectOf(stores, document.activeElement) });
  const tell = (): void => {
    isDue = false;
    const context = contextNow();
    const possible = actions.filter(({ id }) => isPossible(id, context)).map(({ id }) => id);
    if (possible.join() === told) return;
    told = possible.join();
    void client.call('window.possible', { actions: possible });
  };
  // Many things change together; once after them is enough.
  const note = (): void => {
    if (isDue) return;
    isDue = true;
    setTimeout(tell, 50);
  };
  const stops = [
    client.on('action.wanted', ({ action }) => {
      const context = contextNow();
      const isBlocked = document.querySelector('[data-blocks-keys]') !== null;
      if (!isBlocked && isPossible(action, context)) deeds[action].run(context);
    }),
    ...[stores.view, stores.apps, stores.jobs, stores.settings, stores.updates, stores.cache, stores.undo].map(
      ({ store }) => store.subscribe(note),
    ),
  ];
  document.addEventListener('focusin', note);
  note();
  return () => {
    document.removeEventListener('focusin', note);
    for (const stop of stops) stop();
  };
}
