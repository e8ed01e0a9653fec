import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { MirrorSearch } from './MirrorSearch.tsx';

afterEach(cleanup);

describe('the search of the mirror [W14]', () => {
  it('asks only on a press, and adds what was found', async () => {
    const world = createTestWorld();
    const added: string[] = [];
    renderScreen(<MirrorSearch text=" editor " onAdd={(uri) => added.push(uri)} />, world);
    expect(world.client.log.filter((line) => line.startsWith('places.search'))).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Search the mirror for “editor”' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Add Vim' }));
    expect(added).toEqual(['https://programs.example.org/vim.xml']);
    expect(screen.getByText('95%')).toBeTruthy();
  });

  it('says that there is nothing', async () => {
    renderScreen(<MirrorSearch text="nothing" onAdd={() => {}} />, createTestWorld());
    await userEvent.click(screen.getByRole('button', { name: /^Search/ }));
    expect(await screen.findByText('The mirror knows no program for “nothing”.')).toBeTruthy();
  });
});
