import { createRoot } from 'react-dom/client';
import { describeError } from '../../shared/i18n/describe-error.ts';
import type { Client } from '../api/client.ts';
import { createNotices } from '../components/Toasts.tsx';
import { createStores } from '../stores/stores.tsx';
import { App } from './App.tsx';
import { followAddress } from './follow-address.ts';
import type { WindowLanguage } from '../../shared/languages.ts';
import { createTexts, loadTexts, type PageLanguage } from './texts.ts';
import { wire } from './wire.ts';

export interface StartOptions {
  /** Where the page is drawn. */
  readonly root: HTMLElement;
  readonly client: Client;
  /** Instead of what the person has set. */
  readonly language: PageLanguage | null;
  /** What the main process says the person has set; null: it has to be asked. */
  readonly saved: WindowLanguage | 'system' | null;
  /** Languages of the system, best first. */
  readonly preferred: readonly string[];
}

/** Draws the page and lets it follow the main process. @returns its undo */
export async function startPage({ root, client, language, saved, preferred }: StartOptions): Promise<() => void> {
  let shown = language ?? saved ?? (await askLanguage(client));
  const texts = createTexts(await loadTexts(shown, preferred));
  const { translator } = texts;
  const notices = createNotices();
  const stores = createStores(client, {
    onProblem: (error) => void notices.show({ tone: 'danger', text: describeError(translator, error).sentence }),
    notify: (text) => void notices.show({ tone: 'ok', text }),
  });
  const unfollowLanguage = stores.settings.store.subscribe(({ settings: now }) => {
    if (language !== null || now.status !== 'ready' || now.value.language === shown) return;
    const wanted = now.value.language;
    shown = wanted;
    void loadTexts(wanted, preferred).then((next) => {
      if (shown === wanted) texts.use(next);
    });
  });
  const unwire = wire({ client, stores, translator, notices });
  const unfollow = followAddress(stores.view);
  const reactRoot = createRoot(root);
  reactRoot.render(<App texts={texts} client={client} stores={stores} notices={notices} />);
  return () => {
    unfollow();
    unwire();
    unfollowLanguage();
    reactRoot.unmount();
  };
}

async function askLanguage(client: Client): Promise<WindowLanguage | 'system'> {
  const settings = await client.call('settings.get', {});
  return settings.ok ? settings.value.language : 'system';
}
