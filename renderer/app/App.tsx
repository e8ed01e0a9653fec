import type { Translator } from '../../shared/i18n/translator.ts';
import { Translation } from '../components/translation.tsx';
import type { Notices } from '../components/Toasts.tsx';
import { StoresProvider, type Stores } from '../stores/stores.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Shell } from './Shell.tsx';

export interface AppProps {
  readonly translator: Translator;
  readonly stores: Stores;
  readonly notices: Notices;
}

/** The whole page with all it needs. */
export function App({ translator, stores, notices }: AppProps) {
  return (
    <Translation translator={translator}>
      <ErrorBoundary translator={translator}>
        <StoresProvider stores={stores}>
          <Shell notices={notices} />
        </StoresProvider>
      </ErrorBoundary>
    </Translation>
  );
}
