import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { VersionsTab } from './VersionsTab.tsx';

afterEach(cleanup);

const memo = { root: uriOf('memo'), interface: uriOf('memo'), isSource: false };

async function show() {
  const world = createTestWorld();
  await world.stores.solve.open(memo.root);
  await world.stores.solve.inspect(memo);
  renderScreen(<VersionsTab component={memo} />, world);
  return world;
}

const row = (version: string) => screen.getByRole('row', { name: version });

async function rate(version: string, rating: string) {
  act(() => row(version).focus());
  await userEvent.keyboard('{Enter}');
  await userEvent.click(screen.getByRole('menuitemradio', { name: rating }));
}

describe('Versions', () => {
  it('are in policy order, with the chosen one and the unusable ones in words [O17]', async () => {
    await show();
    const versions = screen.getAllByRole('rowheader').map((cell) => cell.textContent);
    expect(versions).toEqual(['2.0', '1.9.1', '2.1', '1.9', '1.8']);
    expect(within(row('2.0')).getByText('in use')).toBeTruthy();
    expect(within(row('1.9')).getByText('Cannot be used:')).toBeTruthy();
    expect(within(row('1.9')).getByText('Poor stability (buggy)')).toBeTruthy();
  });

  it('show a rating of the person in capitals, and in words for screen readers', async () => {
    await show();
    await rate('2.0', 'Buggy');
    expect(within(row('2.0')).getByText('BUGGY').getAttribute('aria-hidden')).toBe('true');
    expect(within(row('2.0')).getByText('buggy, rated by you')).toBeTruthy();
    expect(within(row('1.9.1')).getByText('in use')).toBeTruthy();
  });

  it('are rated by the keyboard alone', async () => {
    await show();
    act(() => row('2.1').focus());
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(within(row('2.1')).getByText('PREFERRED')).toBeTruthy();
    expect(within(row('2.1')).getByText('in use')).toBeTruthy();
  });

  it('advise against preferring a lower row', async () => {
    await show();
    await rate('1.9.1', 'Preferred');
    expect(screen.getByText(/1\.9\.1 now wins over every other version/)).toBeTruthy();
  });

  it('ask before an insecure one is let in', async () => {
    const { client } = await show();
    await rate('1.8', 'Stable');
    const isRated = () => client.log.some((line) => line.startsWith('ratings.set'));
    expect(isRated()).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Allow the insecure version' }));
    expect(isRated()).toBe(true);
  });

  it('show their files in the file manager, where they are here [O19]', async () => {
    const { client } = await show();
    await userEvent.click(row('2.0'));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Open in the file manager' }));
    expect(client.log.at(-1)).toMatch(/^solve\.open /);
    await userEvent.click(row('1.8'));
    expect(screen.queryByRole('menuitem', { name: 'Open in the file manager' })).toBeNull();
  });

  it('take a preferred stability', async () => {
    const { client } = await show();
    await userEvent.click(screen.getByRole('button', { name: /Preferred stability/ }));
    await userEvent.click(screen.getByRole('option', { name: 'testing' }));
    expect(client.log.at(-1)).toBeDefined();
    expect(client.log.some((line) => line.startsWith('policy.set') && line.includes('testing'))).toBe(true);
    expect(await within(row('2.1')).findByText('in use')).toBeTruthy();
  });
});
