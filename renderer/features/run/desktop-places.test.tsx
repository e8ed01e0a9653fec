import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { DesktopPlaces } from './DesktopPlaces.tsx';

afterEach(cleanup);

function show(name: string, isReady = true) {
  const world = createTestWorld();
  renderScreen(<DesktopPlaces uri={uriOf(name)} isReady={isReady} />, world);
  return world;
}

const box = (name: string) => screen.findByRole<HTMLInputElement>('checkbox', { name });

describe('where a program appears', () => {
  it('is shown, with the commands that start it', async () => {
    show('memo');
    expect((await box('In the menu')).checked).toBe(true);
    expect((await box('Starts with every session')).checked).toBe(false);
    expect(screen.getByRole('group', { name: 'On this computer' }).textContent).toContain('Command: memo');
  });

  it('is changed and undone by a tick [W12]', async () => {
    const { client } = show('memo');
    await userEvent.click(await box('Starts with every session'));
    expect((await box('Starts with every session')).checked).toBe(true);
    await userEvent.click(await box('In the menu'));
    expect((await box('In the menu')).checked).toBe(false);
    const place = (name: string, of: string): string =>
      `${name} ${JSON.stringify({ interface: uriOf('memo'), place: of })}`;
    expect(client.log.filter((line) => /integrate|remove/.test(line))).toEqual([
      place('desktop.integrate', 'autostart'),
      place('desktop.remove', 'menu'),
    ]);
  });

  it('can only be undone while the program cannot be started', async () => {
    show('memo', false);
    await box('In the menu');
    expect(screen.getAllByRole('checkbox')).toHaveLength(1);
  });

  it('is nothing to speak of when nothing is possible', async () => {
    const { stores } = show('filer', false);
    await stores.desktop.open(uriOf('filer'));
    expect(screen.queryByRole('group')).toBeNull();
  });
});
