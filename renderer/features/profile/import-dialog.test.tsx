import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { ImportDialog } from './ImportDialog.tsx';

afterEach(cleanup);

async function show() {
  const world = createTestWorld();
  world.stores.jobs.start();
  renderScreen(<ImportDialog />, world);
  await world.stores.profile.open(false);
  return world;
}

const applied = (log: readonly string[]) => log.filter((line) => line.startsWith('profile.apply'));

describe('a profile that was opened', () => {
  it('takes what is new at first, but neither keys nor what would replace something [W28] [D-14]', async () => {
    const { client } = await show();
    expect(await screen.findByText(/^Keys are not ticked/)).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: 'Import 3 items' }));
    expect(applied(client.log)).toEqual(['profile.apply {"plan":"plan-1","items":["2","3","7"]}']);
    expect(await screen.findByText('3 done.')).toBeTruthy();
  });

  it('does nothing when it is closed', async () => {
    const { client } = await show();
    const dialog = await screen.findByRole('dialog', { name: 'Import office.json' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(applied(client.log)).toEqual([]);
  });
});
