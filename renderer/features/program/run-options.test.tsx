import { cleanup, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { runCommand } from './run-command.ts';
import { RunOptionsDialog } from './RunOptionsDialog.tsx';

afterEach(cleanup);

async function show(name: string) {
  const world = createTestWorld();
  await world.stores.timeline.refresh();
  let isClosed = false;
  renderScreen(<RunOptionsDialog uri={uriOf(name)} onClose={() => (isClosed = true)} onCopy={() => {}} />, world);
  await screen.findByRole('button', { name: /suitable versions/ });
  return { ...world, isClosed: () => isClosed };
}

const commandShown = () => screen.getByRole('group', { name: 'Same in a terminal' }).textContent;
const runs = (log: readonly string[]) => log.filter((line) => line.startsWith('apps.run'));

describe('run with options', () => {
  it('shows the same command as it is typed, and runs it [W9]', async () => {
    const { client, stores, isClosed } = await show('memo');
    expect(commandShown()).toBe('0desk run memo');
    await userEvent.type(screen.getByRole('textbox', { name: 'Version' }), '1..!2');
    await userEvent.type(screen.getByRole('textbox', { name: 'Arguments' }), "--new 'two words'");
    expect(screen.getByText('2 arguments')).toBeTruthy();
    await userEvent.click(screen.getByRole('checkbox', { name: 'In a terminal' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Fetch the feeds again first' }));
    expect(commandShown()).toBe(`0desk run '--version=1..!2' --refresh ${uriOf('memo')} --new 'two words'`);
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    expect(runs(client.log)).toEqual([
      `apps.run ${JSON.stringify({ interface: uriOf('memo'), args: ['--new', 'two words'], refresh: true, inTerminal: true, version: '1..!2' })}`,
    ]);
    expect([isClosed(), stores.view.store.getState().place]).toEqual([
      true,
      { page: 'run', interface: uriOf('memo'), tab: 'run' },
    ]);
  });

  it('runs nothing while a quote is open', async () => {
    const { client } = await show('memo');
    await userEvent.type(screen.getByRole('textbox', { name: 'Arguments' }), "it's{Enter}");
    expect(screen.getByText('A quote is not closed.')).toBeTruthy();
    expect(runs(client.log)).toEqual([]);
  });

  it('says what is wrong with a version and stays open', async () => {
    const { client, isClosed } = await show('memo');
    await userEvent.type(screen.getByRole('textbox', { name: 'Version' }), 'nonsense{Enter}');
    expect(await screen.findByText(/is not a version/)).toBeTruthy();
    expect([runs(client.log).length, isClosed()]).toEqual([1, false]);
  });

  it('is written for a shell, with the command and what is before', () => {
    const none = { version: '', before: '', command: '', args: [], refresh: false };
    expect(runCommand('memo', { ...none, before: '2', command: 'export' })).toBe(
      '0desk run --before=2 --command=export memo',
    );
    expect(runCommand('/a b.xml', { ...none, version: '1', before: '2' })).toBe("0desk run --version=1 '/a b.xml'");
  });
});
