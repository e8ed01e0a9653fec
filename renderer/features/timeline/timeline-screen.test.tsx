import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { TimelineScreen } from './TimelineScreen.tsx';

afterEach(cleanup);

async function show(scenario?: string) {
  const world = createTestWorld(scenario);
  world.client.on('state.changed', () => void world.stores.timeline.refresh());
  await world.stores.timeline.refresh();
  renderScreen(<TimelineScreen />, world);
  return world;
}

const entry = (name: RegExp) => screen.findByRole('listitem', { name });
const called = (log: readonly string[]) => log.filter((line) => !/timeline\.(apps|view)/.test(line));

describe('the time line', () => {
  it('lists what an app was started with, newest first, with what changed', async () => {
    await show();
    const list = await screen.findByRole('list', { name: 'What Memo was started with' });
    const entries = within(list).getAllByRole('listitem', { name: / of / });
    expect(entries).toHaveLength(6);
    expect(entries[0]?.textContent).toContain('Memo 2.0');
    expect(entries[0]?.textContent).toContain('Pictures 0.9 is no longer used');
    expect(entries[1]?.textContent).toContain('Memo 1.9.1 → 2.0');
  });

  it('goes back at once, and undoes it [D-3]', async () => {
    const { client } = await show();
    await userEvent.click(within(await entry(/^1\.9 of/)).getByRole('button', { name: /^Go back/ }));
    expect(await screen.findByText('Memo is held at 1.9. No update changes it.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(screen.queryByText(/is held/)).toBeNull();
    expect(called(client.log)).toEqual(['timeline.rollback {"app":"memo","entry":2}', 'timeline.undo {"app":"memo"}']);
  });

  it('cannot go back to what is not here', async () => {
    await show();
    const old = await entry(/^1\.8 of/);
    expect(within(old).getByText('not on this computer')).toBeTruthy();
    expect(within(old).getByRole<HTMLButtonElement>('button', { name: /^Go back/ }).disabled).toBe(true);
  });

  it('leads to the update that broke it, in as few starts as it takes [D-4]', async () => {
    const { client } = await show();
    await userEvent.click(await screen.findByRole('button', { name: 'Which update broke it?' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Begin' }));
    // Entries 2 to 6: number 4 is tried, then 3.
    for (const answer of ['It does not work', 'It works']) {
      await userEvent.click(await screen.findByRole('button', { name: 'Start it' }));
      await userEvent.click(await screen.findByRole('button', { name: answer }));
    }
    expect(await screen.findByText(/1\.9\.1 of .* broke it, found by 2 starts/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Go back to 1.9.1' }));
    expect(called(client.log)).toEqual([
      'timeline.run {"app":"memo","entry":4}',
      'timeline.run {"app":"memo","entry":3}',
      'timeline.rollback {"app":"memo","entry":3}',
    ]);
  });

  it('says what it is for when there is no app', async () => {
    await show('empty');
    expect(await screen.findByText('No apps yet')).toBeTruthy();
  });
});
