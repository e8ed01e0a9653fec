import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from '../../api/client.ts';
import { Translation } from '../../components/translation.tsx';
import { createStores, StoresProvider } from '../../stores/stores.tsx';
import { createTestWorld, renderScreen, settle, translator } from '../../test/render.tsx';
import { MirrorSearch } from './MirrorSearch.tsx';

afterEach(cleanup);

/** A world whose mirror answers nothing until told to. */
function createSlowWorld() {
  const world = createTestWorld();
  const answers: (() => void)[] = [];
  const client: Client = {
    ...world.client,
    call: async (name, input) => {
      const result = await world.client.call(name, input);
      if (name === 'places.search') await new Promise<void>((resolve) => answers.push(resolve));
      return result;
    },
  };
  const stores = createStores(client, { onProblem: (error) => world.problems.push(error), notify: () => {} });
  const stops = (): number => world.client.log.filter((line) => line.startsWith('places.stop')).length;
  return { world: { ...world, stores }, answers, stops };
}

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

  it('is given up with other words, and when the page is left', async () => {
    const { world, answers, stops } = createSlowWorld();
    const shown = (text: string) => (
      <Translation translator={translator}>
        <StoresProvider stores={world.stores}>
          <MirrorSearch text={text} onAdd={() => {}} />
        </StoresProvider>
      </Translation>
    );
    const { rerender, unmount } = render(shown('editor'));
    await userEvent.click(screen.getByRole('button', { name: /^Search/ }));
    expect(stops()).toBe(0);
    rerender(shown('editors'));
    expect(stops()).toBe(1);
    await userEvent.click(screen.getByRole('button', { name: 'Search the mirror for “editors”' }));
    // What comes too late is nobody's answer any more.
    answers[0]?.();
    await settle();
    expect(screen.queryByText('Vim')).toBeNull();
    unmount();
    expect(stops()).toBe(2);
  });

  it('stays as found when the page is left after the answer', async () => {
    const { world, answers, stops } = createSlowWorld();
    const { unmount } = renderScreen(<MirrorSearch text="editor" onAdd={() => {}} />, world);
    await userEvent.click(screen.getByRole('button', { name: /^Search/ }));
    answers[0]?.();
    await screen.findByText('Vim');
    unmount();
    expect(stops()).toBe(0);
    renderScreen(<MirrorSearch text="editor" onAdd={() => {}} />, world);
    expect(screen.getByText('Vim')).toBeTruthy();
  });
});
