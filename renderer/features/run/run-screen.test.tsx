import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createTestWorld, renderScreen, settle } from '../../test/render.tsx';
import { RunScreen } from './RunScreen.tsx';

afterEach(cleanup);

async function show(name: string) {
  const world = createTestWorld();
  await act(() => world.stores.apps.refresh());
  renderScreen(<RunScreen uri={uriOf(name)} isCompact={false} onCopy={() => {}} otherTabs={[]} />, world);
  await act(settle);
  return world;
}

const called = (log: readonly string[]) =>
  log.filter((line) => line.startsWith('apps.')).map((line) => line.split(' ')[0]);

describe('the page of a program', () => {
  it('runs it, only downloads it, or only chooses its versions [O12]', async () => {
    const { client } = await show('edit');
    const begin = client.log.length;
    const choose = async (name: string) => {
      await userEvent.click(screen.getByRole('button', { name: /^More ways to run/ }));
      await userEvent.click(screen.getByRole('menuitem', { name }));
      await act(settle);
    };
    await choose('Choose versions only');
    await choose('Download without running');
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    await act(settle);
    expect(called(client.log.slice(begin))).toEqual(
      expect.arrayContaining(['apps.select', 'apps.download', 'apps.run']) as string[],
    );
  });
});
