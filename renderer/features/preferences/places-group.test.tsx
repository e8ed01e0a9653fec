import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { ChoosingGroup } from './ChoosingGroup.tsx';
import { PlacesGroup } from './PlacesGroup.tsx';
import { ProgramLanguages } from './ProgramLanguages.tsx';

afterEach(cleanup);

describe('sources and stores', () => {
  it('are listed, added and removed [W13]', async () => {
    const world = createTestWorld();
    renderScreen(<PlacesGroup />, world);
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Address of a catalogue' }),
      'https://a.example/c.xml',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Add catalogue' }));
    expect(await screen.findByText('https://a.example/c.xml')).toBeTruthy();
    expect(screen.getByRole('textbox')).toHaveProperty('value', '');
    await userEvent.click(screen.getByRole('button', { name: 'Remove https://programs.example.org/all/catalog.xml' }));
    expect(screen.queryByText('https://programs.example.org/all/catalog.xml')).toBeNull();
    expect(world.stores.undo.store.getState().done.map(({ act }) => act.kind)).toEqual(['source-removed']);
  });

  it('keep an address that cannot be one', async () => {
    const world = createTestWorld();
    renderScreen(<PlacesGroup />, world);
    const field = await screen.findByRole('textbox', { name: 'Address of a catalogue' });
    await userEvent.type(field, 'nonsense{Enter}');
    expect(field).toHaveProperty('value', 'nonsense');
    expect(world.problems).toHaveLength(1);
  });

  it('can be taken off only if they are the person’s own', async () => {
    renderScreen(<PlacesGroup />, createTestWorld());
    expect(await screen.findByRole('button', { name: 'Do not look into /mnt/usb/store any more' })).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /^Do not look into/ })).toHaveLength(1);
  });
});

describe('settings that an administrator has locked [W20]', () => {
  it('are shown as such, and nothing can be chosen', async () => {
    const world = createTestWorld('locked');
    await world.stores.settings.refresh();
    const { settings } = world.stores.settings.store.getState();
    if (settings.status !== 'ready') throw new Error('no settings');
    renderScreen(
      <>
        <ChoosingGroup settings={settings.value} />
        <ProgramLanguages settings={settings.value} />
      </>,
      world,
    );
    expect(screen.getAllByText('Set by your administrator')).toHaveLength(3);
    expect(screen.getByRole('radio', { name: /^Full/ })).toHaveProperty('disabled', true);
    expect(screen.getByRole('checkbox', { name: /^Help test/ })).toHaveProperty('disabled', false);
    expect(screen.getByRole('button', { name: /^Remove French/ })).toHaveProperty('disabled', true);
  });
});
