import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { UpdatesScreen } from './UpdatesScreen.tsx';

afterEach(cleanup);

function show(scenario?: string) {
  const world = createTestWorld(scenario);
  world.stores.jobs.start();
  world.client.on('state.changed', () => void world.stores.updates.refresh());
  renderScreen(<UpdatesScreen />, world);
  return world;
}

const card = (name: string) => screen.findByRole('listitem', { name });
const jobsOf = (log: readonly string[]) => log.filter((line) => /updates\.(take|skip|fetch|look)/.test(line));

describe('updates', () => {
  it('are taken together, but for those that are not ticked [W10]', async () => {
    const { client } = show();
    expect((await card('Edit')).textContent).toContain('1.9.6 → 1.9.7 · 3.6 MB');
    expect(screen.getByRole('button', { name: 'Update 2 apps (3.6 MB)' })).toBeTruthy();
    await userEvent.click(within(await card('Edit')).getByRole('checkbox'));
    await userEvent.click(screen.getByRole('button', { name: 'Update 1 app' }));
    expect(jobsOf(client.log)).toEqual(['updates.take {"app":"memo"}']);
  });

  it('are skipped one by one', async () => {
    const { client } = show();
    await userEvent.click(await screen.findByRole('button', { name: 'Skip this update of Memo' }));
    expect(jobsOf(client.log)).toEqual(['updates.skip {"app":"memo"}']);
    expect(screen.queryByRole('listitem', { name: 'Memo' })).toBeNull();
  });

  it('tell what they bring', async () => {
    show();
    await userEvent.click(await screen.findByRole('button', { name: 'What is new in Memo' }));
    const memo = await card('Memo');
    expect(within(memo).getByText(/Notes can be pinned/)).toBeTruthy();
    expect(memo.textContent).toContain('Files: 14 changed, 2 new, 1 gone; 1.2 MB became 1.3 MB.');
    expect(memo.textContent).toContain('Can newly be run: bin/memo-import.');
  });

  it('name the app that has a problem, beside the others', async () => {
    show();
    expect(await screen.findByRole('region', { name: 'Not known' })).toBeTruthy();
    expect(screen.getByText('Nothing new for Filer.')).toBeTruthy();
  });

  it('say so when there is none', async () => {
    show('empty');
    expect(await screen.findByText('No apps yet')).toBeTruthy();
  });
});
