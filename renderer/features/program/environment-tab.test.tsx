import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createTestWorld, renderScreen } from '../../test/render.tsx';
import { EnvironmentTab } from './EnvironmentTab.tsx';

afterEach(cleanup);

function show(name: string) {
  const world = createTestWorld();
  const copied: string[] = [];
  renderScreen(<EnvironmentTab uri={uriOf(name)} onCopy={(text) => copied.push(text)} />, world);
  return { ...world, copied };
}

describe('the sheet of an environment', () => {
  it('names who set which variable, and shows values of one’s own when asked [D-11]', async () => {
    show('memo');
    const table = await screen.findByRole('table', { name: 'Variables it gets' });
    const first = within(table).getByRole('row', { name: /MEMO_HOME/ });
    expect(first.textContent).toContain('Memo 2.0');
    expect(within(table).getAllByText(/^Memo 2\.0, for Toolkit 3\.2$/)).toHaveLength(1);
    expect(document.body.textContent).not.toContain('hunter2');
    await userEvent.click(screen.getByRole('checkbox', { name: /^Show my own values/ }));
    expect((await screen.findByText('SITE_TOKEN=hunter2')).tagName).toBe('CODE');
    await userEvent.click(screen.getByRole('checkbox', { name: /^Show my own values/ }));
    expect(await screen.findByText('SITE_TOKEN')).toBeTruthy();
    expect(document.body.textContent).not.toContain('hunter2');
  });

  it('says what an app that is run apart may use [D-11]', async () => {
    show('memo');
    const access = await screen.findByRole('region', { name: 'Access' });
    expect(access.textContent).toContain('No network');
    expect(access.textContent).toContain('/home/ada/notes, and change it');
  });

  it('says that it is a preview, and is copied for a shell', async () => {
    const { copied } = show('edit');
    expect(await screen.findByText(/^Not everything is downloaded yet/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(copied).toEqual([expect.stringContaining('export MEMO_HOME')]);
  });
});
