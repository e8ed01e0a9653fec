import { createRoot } from 'react-dom/client';
import english from '../../assets/locales/en.json';
import { describeError } from '../../shared/i18n/describe-error.ts';
import { toPseudoMessages } from '../../shared/i18n/pseudo.ts';
import { createIntl, type Translator } from '../../shared/i18n/translator.ts';
import type { Client } from '../api/client.ts';
import { createNotices } from '../components/Toasts.tsx';
import { createStores } from '../stores/stores.tsx';
import { App } from './App.tsx';
import { followAddress } from './follow-address.ts';
import { wire } from './wire.ts';

/** Languages of the page; the invented ones are for tests. */
export type PageLanguage = 'en' | 'pseudo' | 'rtl';

/** Picks texts and formats. English texts take the formats of an English-speaking country only, or dates would mix languages. */
export function createPageTranslator(language: PageLanguage, preferred: readonly string[]): Translator {
  if (language === 'pseudo') return createIntl('en', toPseudoMessages(english));
  if (language === 'rtl') return createIntl('ar-u-nu-latn', english);
  return createIntl(preferred.find((one) => /^en\b/i.test(one)) ?? 'en', english);
}

/** Draws the page into an element and lets it follow the main process. @returns its undo */
export function startPage(root: HTMLElement, client: Client, translator: Translator): () => void {
  const notices = createNotices();
  const stores = createStores(client, {
    onProblem: (error) => notices.show({ tone: 'danger', text: describeError(translator, error).sentence }),
    notify: (text) => notices.show({ tone: 'ok', text }),
  });
  const unwire = wire({ client, stores, translator, notices });
  const unfollow = followAddress(stores.view);
  const reactRoot = createRoot(root);
  reactRoot.render(<App translator={translator} stores={stores} notices={notices} />);
  return () => {
    unfollow();
    unwire();
    reactRoot.unmount();
  };
}
