import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { ImpactDialog } from './ImpactDialog.tsx';

afterEach(cleanup);

describe('a flawed version of a held app [D-9]', () => {
  it('is said to stay because of the hold, which can be released there', async () => {
    const world = createTestWorld('impact-held');
    await world.stores.impact.refresh();
    world.stores.impact.setOpen(true);
    renderScreen(<ImpactDialog />, world);
    const memo = within(screen.getByRole('listitem', { name: 'Memo: Python 3.13.9' }));
    const filer = within(screen.getByRole('listitem', { name: 'Filer: Python 3.13.9' }));
    const reason = 'Python 3.13.10 would be used instead, but Memo is held at its present versions.';
    expect(memo.getByText(reason)).toBeTruthy();
    expect(memo.queryByRole('button', { name: /^Use/ })).toBeNull();
    expect(filer.queryByRole('button', { name: /^Take updates again/ })).toBeNull();

    await userEvent.click(memo.getByRole('button', { name: 'Take updates again: Memo' }));
    expect(await memo.findByRole('button', { name: 'Use 3.13.10 for Memo' })).toBeTruthy();
    expect(memo.queryByText(reason)).toBeNull();
    expect(memo.queryByRole('button', { name: /^Take updates again/ })).toBeNull();
    expect(world.problems).toEqual([]);
  });
});
