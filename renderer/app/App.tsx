import { useStore } from 'zustand';
import type { Client } from '../api/client.ts';
import { Translation } from '../components/translation.tsx';
import type { Notices } from '../components/Toasts.tsx';
import { StoresProvider, type Stores } from '../stores/stores.tsx';
import { CrashScreen } from './CrashScreen.tsx';
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
  const hasCrashed = useStore(stores.view.store, (state) => state.hasCrashed);
  const { t } = translator;
  const makeReport = (crash: string | null) => stores.settings.report(null, crash);
  return (
    <Translation translator={translator}>
      <ErrorBoundary makeReport={makeReport}>
        <StoresProvider stores={stores}>
          {hasCrashed ? (
            <CrashScreen
              isReloaded
              details={t('crash.title')}
              makeReport={() => makeReport(null)}
              onContinue={() => stores.view.set({ hasCrashed: false })}
            />
          ) : (
            <Shell client={client} notices={notices} />
          )}
        </StoresProvider>
      </ErrorBoundary>
    </Translation>
  );
}
