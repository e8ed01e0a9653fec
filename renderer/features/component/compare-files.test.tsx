import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import type { StoreItemId, VersionRow } from '../../../shared/model/index.ts';
import { valueOf } from '../../stores/loadable.ts';
import { createTestWorld, renderScreen, settle } from '../../test/render.tsx';
import { CompareFilesDialog } from './CompareFilesDialog.tsx';

afterEach(cleanup);

const python = { root: uriOf('memo'), interface: uriOf('python'), isSource: false };

async function show(version: string, prepare = async (_world: ReturnType<typeof createTestWorld>) => {}) {
  const world = createTestWorld();
  await world.stores.solve.inspect(python);
  const list = valueOf(world.stores.solve.store.getState().versions)!;
  await prepare(world);
  const first = list.rows.find((row) => row.version === version) as VersionRow;
  renderScreen(<CompareFilesDialog list={list} first={first} onClose={() => {}} />, world);
  await act(settle);
  return world;
}

const asked = ({ client }: ReturnType<typeof createTestWorld>) =>
  client.log.filter((line) => line.startsWith('solve.diff')).length;

describe('The comparison of files', () => {
  it('counts what was added, removed and changed, and warns of what can newly be run [D-8]', async () => {
    await show('3.12.12');
    expect(screen.getByText(/^3 added, 1 removed, 4 changed, 117 the same\./)).toBeTruthy();
    expect(screen.getByText('2 files can newly be run')).toBeTruthy();
  });

  it('asks for nothing while a version is not here', async () => {
    const world = await show('3.14.1');
    expect(screen.getByText(/^Python 3\.14\.1 is not on this computer/)).toBeTruthy();
    expect(asked(world)).toBe(0);
  });

  it('swaps its versions and asks again', async () => {
    const world = await show('3.12.12');
    await userEvent.click(screen.getByRole('button', { name: 'Swap the two versions' }));
    expect(asked(world)).toBe(2);
    expect(screen.getByRole('button', { name: /3\.13\.9 .*Before$/ })).toBeTruthy();
  });

  it('says so when a version went away meanwhile, and tries again', async () => {
    const world = await show('3.12.12', async ({ stores }) => {
      await stores.cache.refresh();
      const { items } = valueOf(stores.cache.store.getState().listing)!;
      const gone = items.filter((item) => item.version === '3.12.12').map(({ id }): StoreItemId => id);
      await stores.cache.remove(gone);
      await settle();
    });
    expect(screen.getByRole('alert').textContent).toMatch(/3\.12\.12 is not on this computer/);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(asked(world)).toBe(2);
  });
});
