import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createScriptedClient } from '../api/scripted/scripted-client.ts';
import german from '../../assets/locales/de.json';
import { startPage } from './start.tsx';

let stop = (): void => {};
afterEach(() => stop());

describe('the page', () => {
  it('speaks the language that is set, and another one as soon as it is set [W26]', async () => {
    const client = createScriptedClient({ scenario: 'default', sleep: () => Promise.resolve() });
    const root = document.body.appendChild(document.createElement('div'));
    stop = await startPage({ root, client, language: null, saved: null, preferred: ['fr-CH', 'de-AT'] });
    await waitFor(() => expect(document.documentElement.lang).toBe('fr-CH'));
    await client.call('settings.set', { language: 'de' });
    const name = new RegExp(german['nav.storage']);
    expect(await screen.findByRole('button', { name })).toBeTruthy();
    expect(document.documentElement.lang).toBe('de-AT');
    await client.call('settings.set', { language: 'en' });
    expect(await screen.findByRole('button', { name: /^Storage/ })).toBeTruthy();
  });

  it('begins in the language that was saved, and changes to the one that is set', async () => {
    const client = createScriptedClient({ scenario: 'default', sleep: () => Promise.resolve() });
    await client.call('settings.set', { language: 'es' });
    const root = document.body.appendChild(document.createElement('div'));
    const starting = startPage({ root, client, language: null, saved: 'de', preferred: [] });
    await waitFor(() => expect(document.documentElement.lang).toBe('de'));
    stop = await starting;
    await waitFor(() => expect(document.documentElement.lang).toBe('es'));
  });
});
