import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { DesktopEntries } from './DesktopEntries.tsx';

afterEach(cleanup);

function show(scenario?: string) {
  const world = createTestWorld(scenario);
  renderScreen(<DesktopEntries />, world);
  return world;
}

const undone = (log: readonly string[]) => log.filter((line) => line.startsWith('desktop.undo'));

describe('what exists on this computer', () => {
  it('is removed one by one, but for what belongs to the system', async () => {
    const { client } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove memo, a command' }));
    expect(screen.queryByRole('button', { name: 'Remove memo, a command' })).toBeNull();
    expect(screen.getByText('of the system')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Remove Planner/ })).toBeNull();
    expect(undone(client.log)).toEqual(['desktop.undo {"ids":["0000000000000004"]}']);
  });

  it('is removed together after a question [W31]', async () => {
    const { client } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove all 4…' }));
    expect(undone(client.log)).toEqual([]);
    await userEvent.click(await screen.findByRole('button', { name: 'Remove 4 entries' }));
    expect(undone(client.log)).toHaveLength(1);
    expect(await screen.findByText(/Planner/)).toBeTruthy();
  });

  it('is nothing at first', async () => {
    show('empty');
    expect(await screen.findByText(/^No program appears/)).toBeTruthy();
  });
});
