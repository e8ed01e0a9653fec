import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { AppPart } from './AppPart.tsx';
import { appNameFor, isNewAppName } from './selectors.ts';

afterEach(cleanup);

async function show(name: string, title: string, scenario?: string) {
  const world = createTestWorld(scenario);
  await world.stores.timeline.refresh();
  renderScreen(<AppPart uri={uriOf(name)} name={title} />, world);
  return world;
}

const changes = (log: readonly string[]) =>
  log.filter((line) => /sandbox\.(set|allow|forbid)|timeline\.add/.test(line));

describe('an app', () => {
  it('is run apart, with what it may use, by ticks', async () => {
    const { client } = await show('memo', 'Memo');
    const sandbox = await screen.findByRole('group', { name: 'Sandbox' });
    const box = (name: string) => within(sandbox).findByRole<HTMLInputElement>('checkbox', { name });
    expect((await box('Run apart from the rest of the computer')).checked).toBe(true);
    await userEvent.click(await box('May use the network'));
    await userEvent.click(within(sandbox).getByRole('button', { name: 'Take /home/ada/notes away' }));
    await userEvent.click(within(sandbox).getByRole('button', { name: 'Let it change a folder…' }));
    expect(await within(sandbox).findByText('/home/ada/Documents')).toBeTruthy();
    await userEvent.click(await box('Run apart from the rest of the computer'));
    expect(within(sandbox).queryByText('/home/ada/Documents')).toBeNull();
    expect(changes(client.log)).toEqual([
      'sandbox.set {"app":"memo","isOn":true,"allowsNetwork":true}',
      'sandbox.forbid {"app":"memo","folder":"/home/ada/notes"}',
      'sandbox.allow {"app":"memo","access":"write"}',
      'sandbox.set {"app":"memo","isOn":false,"allowsNetwork":true}',
    ]);
  });

  it('says what is missing where it cannot be run apart', async () => {
    await show('filer', 'Filer', 'offline');
    expect(await screen.findByText(/Install the package bubblewrap/)).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>('checkbox').disabled).toBe(true);
  });
});

describe('a program without an app', () => {
  it('becomes one under a name that can be typed', async () => {
    const { client } = await show('edit', 'Tea Timer!');
    await userEvent.click(await screen.findByRole('button', { name: 'Keep a time line…' }));
    const name = await screen.findByRole('textbox', { name: 'Name of the app' });
    expect((name as HTMLInputElement).value).toBe('tea-timer');
    await userEvent.clear(name);
    await userEvent.type(name, '-x{Enter}');
    expect(changes(client.log)).toEqual([]);
    await userEvent.clear(name);
    await userEvent.type(name, 'tea{Enter}');
    expect(changes(client.log)).toEqual([`timeline.add {"interface":"${uriOf('edit')}","name":"tea"}`]);
  });

  it.each([
    ['Memo', 'memo'],
    ['Éditeur d’images', 'editeur-d-images'],
    ['  ', 'app'],
    ['日本語', 'app'],
    ['-rf', 'rf'],
    ['x'.repeat(100), 'x'.repeat(64)],
  ])('%j is offered as %j', (title, expected) => {
    expect([appNameFor(title), isNewAppName(appNameFor(title))]).toEqual([expected, true]);
  });
});
