// First, so that the order of the cascade layers is set before any component brings its styles.
import './styles/index.css';
import type { Bridge } from '../shared/ipc/bridge.ts';
import { createClient, type Client } from './api/client.ts';
import { startPage } from './app/start.tsx';
import { isPageLanguage } from './app/texts.ts';
import { isWindowLanguage } from '../shared/languages.ts';

declare global {
  interface Window {
    readonly zerodesk?: Bridge;
  }
}

const query = new URLSearchParams(window.location.search);

/** The main process, or outside of production builds an invented one: `?scripted=SCENARIO`. */
async function connect(): Promise<Client> {
  if (import.meta.env.MODE !== 'production') {
    const scenario = query.get('scripted');
    if (scenario !== null) {
      const { createScriptedClient } = await import('./api/scripted/scripted-client.ts');
      const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
      return createScriptedClient({ scenario, sleep });
    }
  }
  if (window.zerodesk === undefined) throw new Error('This page works in the Zerodesk window only.');
  return createClient(window.zerodesk);
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
if (/^(mac|linux)/i.test(navigator.platform)) document.documentElement.dataset['buttons'] = 'confirm-last';
else document.documentElement.dataset['buttons'] = 'confirm-first';
const asked = import.meta.env.MODE === 'production' ? null : query.get('language');
const language = asked !== null && isPageLanguage(asked) ? asked : null;
const begin = query.get('begin') ?? '';
const saved = begin === 'system' || isWindowLanguage(begin) ? begin : null;
await startPage({ root, client: await connect(), language, saved, preferred: navigator.languages });
