import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { AppsScreen } from './AppsScreen.tsx';

afterEach(cleanup);

async function show(scenario: string) {
  const world = createTestWorld(scenario);
  renderScreen(<AppsScreen onCopy={() => {}} />, world);
  await act(() => world.stores.apps.refresh());
  return world;
}

describe('Apps', () => {
  it('runs a program and shows it', async () => {
    const { client, stores } = await show('default');
    await userEvent.click(screen.getByRole('button', { name: 'Run Memo' }));
    expect(client.log.some((line) => line.startsWith('apps.run'))).toBe(true);
    expect(stores.view.store.getState().place.page).toBe('run');
  });

  it('opens a program without running it by Enter on its tile', async () => {
    const { client, stores } = await show('default');
    act(() => screen.getByRole('row', { name: 'Memo' }).focus());
    await userEvent.keyboard('{Enter}');
    expect(stores.view.store.getState().place.page).toBe('run');
    expect(client.log.some((line) => line.startsWith('apps.run'))).toBe(false);
  });

  it('says that nothing was found and offers the way back', async () => {
    const { stores } = await show('default');
    act(() => stores.view.search('zzz'));
    await userEvent.click(await screen.findByRole('button', { name: 'Show all programs' }));
    expect(stores.view.store.getState().search).toBe('');
  });

  it('names a catalogue that failed and keeps the list [W2]', async () => {
    const { client } = await show('catalogue-failed');
    await userEvent.click(screen.getByRole('button', { name: 'One catalogue was not refreshed' }));
    expect(screen.getByText(/The catalogue Zero Install was not refreshed;/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(client.log.at(-1)).toBe('apps.list {"refresh":true}');
    expect(screen.getByRole('row', { name: 'Memo' })).toBeTruthy();
  });

  it('explains an address that is none', async () => {
    const { client } = await show('empty');
    await userEvent.click(screen.getByRole('button', { name: 'Add a program' }));
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Address of the feed' }),
      'https://a.example/x.zip{Enter}',
    );
    expect(screen.getByText(/address of an archive/)).toBeTruthy();
    expect(client.log.some((line) => line.startsWith('apps.add'))).toBe(false);
  });

  it('shows a program with picture, name, summary, state, Run, menu and star [W6]', async () => {
    await show('default');
    const tile = within(screen.getByRole('row', { name: 'Memo' }));
    expect(tile.getByRole('heading', { name: 'Memo' })).toBeTruthy();
    expect(tile.getByText('Notes that stay where you put them')).toBeTruthy();
    expect(tile.getByText('2.0')).toBeTruthy();
    expect(tile.getByText('Ready')).toBeTruthy();
    expect(tile.getByRole('button', { name: 'Run Memo' })).toBeTruthy();
    expect(tile.getByRole('button', { name: 'More for Memo' })).toBeTruthy();
  });

  it('says whether a program is one’s own, and whether it appears on the desktop [W7]', async () => {
    const { stores } = await show('default');
    const tile = (name: string) => within(screen.getByRole('row', { name }));
    expect(tile('Abacus').queryByText('Appears on your desktop')).toBeNull();
    await userEvent.click(tile('Abacus').getByRole('button', { name: 'Add Abacus to My apps' }));
    expect(await screen.findByRole('button', { name: 'Remove Abacus from My apps' })).toBeTruthy();
    expect(tile('Filer').getByText('Appears on your desktop')).toBeTruthy();
    expect(stores.apps.store.getState().list.status).toBe('ready');
  });

  it('offers in the menu of a tile what can be done with the program [O31] [W8]', async () => {
    await show('default');
    await userEvent.click(screen.getByRole('button', { name: 'More for Edit' }));
    expect(screen.getAllByRole('menuitem').map(({ textContent }) => textContent)).toEqual(
      expect.arrayContaining([
        'Run with options…',
        'Update',
        'Download without running',
        'Remove from My apps',
      ]) as string[],
    );
  });

  it('fetches all catalogues again when asked to [O8]', async () => {
    const { client } = await show('default');
    await userEvent.click(screen.getByRole('button', { name: /^Refresh the catalogues/ }));
    expect(client.log).toContain('apps.list {"refresh":true}');
  });
});
