import { render, type RenderResult } from '@testing-library/react';
import type { ReactElement } from 'react';
import english from '../../assets/locales/en.json';
import { createIntl } from '../../shared/i18n/translator.ts';
import type { ErrorData } from '../../shared/errors/app-error.ts';
import { createScriptedClient } from '../api/scripted/scripted-client.ts';
import { Translation } from '../components/translation.tsx';
import { createStores, StoresProvider, type Stores } from '../stores/stores.tsx';

/** English texts in English formats. */
export const translator = createIntl('en', english);

/** Shows parts that need texts but no store. */
export function renderPart(part: ReactElement): RenderResult {
  return render(<Translation translator={translator}>{part}</Translation>);
}

export interface World {
  readonly client: ReturnType<typeof createScriptedClient>;
  readonly stores: Stores;
  /** Problems that actions reported. */
  readonly problems: ErrorData[];
  /** What was said to have worked. */
  readonly notices: string[];
}

/** Stores over an invented main process whose jobs do not wait. */
export function createTestWorld(scenario = 'default'): World {
  const client = createScriptedClient({ scenario, sleep: () => Promise.resolve() });
  const problems: ErrorData[] = [];
  const notices: string[] = [];
  const stores = createStores(client, {
    onProblem: (error) => problems.push(error),
    notify: (text) => notices.push(text),
  });
  return { client, stores, problems, notices };
}

/** Shows a screen with its stores. */
export function renderScreen(screen: ReactElement, { stores }: World): RenderResult {
  return renderPart(<StoresProvider stores={stores}>{screen}</StoresProvider>);
}

/** Lets promises that are settled run to their ends. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
