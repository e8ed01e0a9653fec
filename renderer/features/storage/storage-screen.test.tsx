import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen, settle } from '../../test/render.tsx';
import { valueOf } from '../../stores/loadable.ts';
import { StorageScreen } from './StorageScreen.tsx';

afterEach(cleanup);

async function show(scenario = 'default') {
  const world = createTestWorld(scenario);
  const undo = world.client.on('state.changed', () => void world.stores.cache.refresh());
  const stop = world.stores.jobs.start();
  await world.stores.cache.refresh();
  renderScreen(<StorageScreen />, world);
  afterEach(() => {
    undo();
    stop();
  });
  return world;
}

const calls = ({ client }: ReturnType<typeof createTestWorld>, name: string) =>
  client.log
    .filter((line) => line.startsWith(`${name} `))
    .map((line) => JSON.parse(line.slice(name.length + 1)) as unknown);

const ids = (call: unknown) => (call as { readonly items: readonly string[] }).items;

describe('Storage', () => {
  it('verifies what can be verified: not what is temporary', async () => {
    const world = await show();
    await userEvent.click(screen.getByRole('button', { name: 'Verify all' }));
    const [call] = calls(world, 'cache.verify');
    expect(ids(call)).toHaveLength(9);
    expect(ids(call).some((id) => id.includes('unpack'))).toBe(false);
  });

  it('deletes of what is selected only what may be deleted, and says that the rest stays', async () => {
    const world = await show();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Select All' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete…' }));
    const question = screen.getByRole('alertdialog');
    expect(within(question).getByText(/^1 item stays/)).toBeTruthy();
    await userEvent.click(within(question).getByRole('button', { name: 'Delete 9 versions' }));
    const [call] = calls(world, 'cache.delete');
    expect(ids(call)).toHaveLength(9);
    expect(ids(call).some((id) => id.includes('7KQ2'))).toBe(false);
  });

  it('asks to repair exactly what can be had again', async () => {
    const world = await show('damaged');
    await userEvent.click(screen.getByRole('button', { name: 'Verify all' }));
    await act(settle);
    await userEvent.click(await screen.findByRole('button', { name: 'Repair 1 version' }));
    const [call] = calls(world, 'cache.repair');
    const [toolkit] = valueOf(world.stores.cache.store.getState().listing)!.items.filter(
      ({ name }) => name === 'Toolkit',
    );
    expect(ids(call)).toEqual([toolkit!.id]);
  });

  it('plans a clean-up anew for another number of runs, and sends that number along', async () => {
    const world = await show();
    await userEvent.click(screen.getByRole('button', { name: 'Clean up…' }));
    expect(calls(world, 'cache.plan')).toEqual([{ keepRuns: 10 }]);
    const field = screen.getByRole('textbox', { name: 'Latest runs to keep the versions of' });
    await userEvent.clear(field);
    await userEvent.type(field, '2{Enter}');
    expect(calls(world, 'cache.plan').at(-1)).toEqual({ keepRuns: 2 });
    await userEvent.click(await screen.findByRole('button', { name: /^Delete 4 versions/ }));
    expect(calls(world, 'cache.clean')).toEqual([{ keepRuns: 2, items: expect.any(Array) as unknown }]);
    expect(calls(world, 'cache.delete')).toEqual([]);
  });
});
