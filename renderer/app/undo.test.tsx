import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../api/scripted/sample-data.ts';
import { createNotices, Toasts } from '../components/Toasts.tsx';
import { valueOf } from '../stores/loadable.ts';
import { createTestWorld, settle, translator } from '../test/render.tsx';
import { listenForKeys } from './actions/listen-for-keys.ts';
import { wire } from './wire.ts';

const undoings: (() => void)[] = [];
afterEach(() => {
  for (const undo of undoings.splice(0)) undo();
  cleanup();
});

const memo = { root: uriOf('memo'), interface: uriOf('memo'), isSource: false };

async function show() {
  const world = createTestWorld();
  const notices = createNotices();
  const { client, stores } = world;
  undoings.push(
    wire({ client, stores, translator, notices }),
    listenForKeys(stores, () => {}),
  );
  render(
    <>
      <input aria-label="text" />
      <Toasts notices={notices} label="Notices" closeLabel="Dismiss" />
    </>,
  );
  await act(async () => {
    await stores.solve.open(memo.root);
    await stores.solve.inspect(memo);
  });
  const rows = () => valueOf(stores.solve.store.getState().versions)?.rows ?? [];
  const row = (version: string) => rows().find((one) => one.version === version)!;
  return { ...world, row };
}

describe('what was done', () => {
  it('is told, and one button takes it back', async () => {
    const { row, stores } = await show();
    await act(() => stores.solve.rate(row('2.0'), 'buggy'));
    expect(row('2.0').userRating).toBe('buggy');
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await act(settle);
    expect(row('2.0').userRating).toBeNull();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(stores.view.store.getState().announcement).toBe('Undone.');
  });

  it('is taken back by Ctrl+Z, the last first, and never while one types', async () => {
    const { row, stores } = await show();
    await act(() => stores.solve.rate(row('2.0'), 'buggy'));
    await act(() => stores.solve.rate(row('2.0'), 'insecure'));
    await userEvent.click(screen.getByRole('textbox', { name: 'text' }));
    await userEvent.keyboard('{Control>}z{/Control}');
    await act(settle);
    expect(row('2.0').userRating).toBe('insecure');
    act(() => (document.activeElement as HTMLElement).blur());
    await userEvent.keyboard('{Control>}z{/Control}');
    await act(settle);
    expect(row('2.0').userRating).toBe('buggy');
    await userEvent.keyboard('{Control>}z{/Control}');
    await act(settle);
    expect(row('2.0').userRating).toBeNull();
    expect(screen.queryAllByRole('button', { name: 'Undo' })).toEqual([]);
  });

  it('of a program that left My apps brings it back', async () => {
    const { stores } = await show();
    const isMine = () =>
      valueOf(stores.apps.store.getState().list)?.apps.find((app) => app.interface === memo.root)?.isMine;
    expect(isMine()).toBe(true);
    await act(() => stores.apps.remove(memo.root));
    expect(isMine()).toBe(false);
    expect(screen.getByText('Memo is no longer in My apps.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await act(settle);
    expect(isMine()).toBe(true);
  });
});
