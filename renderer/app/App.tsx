import { useStore } from 'zustand';
import type { Client } from '../api/client.ts';
import { Translation } from '../components/translation.tsx';
import type { Notices } from '../components/Toasts.tsx';
import { StoresProvider, type Stores } from '../stores/stores.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Shell } from './Shell.tsx';
import type { Texts } from './texts.ts';

export interface AppProps {
  readonly texts: Texts;
  readonly client: Client;
  readonly stores: Stores;
  readonly notices: Notices;
}

/** The whole page with all it needs. */
export function App({ texts, client, stores, notices }: AppProps) {
  const translator = useStore(texts.store, (state) => state.translator);
  return (
    <Translation translator={translator}>
      <ErrorBoundary translator={translator}>
        <StoresProvider stores={stores}>
          <Shell client={client} notices={notices} />
        </StoresProvider>
      </ErrorBoundary>
    </Translation>
  );
}
