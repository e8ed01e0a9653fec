import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import type { ComponentRow, SolveView } from '../../../shared/model/index.ts';
import { createWorld, solveView } from '../../api/scripted/world.ts';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { renderPart } from '../../test/render.tsx';
import { ComponentTree } from './ComponentTree.tsx';

afterEach(cleanup);

function show(solve: SolveView) {
  const opened: ComponentRow[] = [];
  renderPart(
    <ComponentTree
      solve={solve}
      icon={null}
      inspected={null}
      isCompact={false}
      hasDescription
      isWhole
      onInspect={(row) => opened.push(row)}
    />,
  );
  return opened;
}

const memo = solveView(createWorld(), uriOf('memo'));
const [root, first] = memo.components as [ComponentRow, ComponentRow];

describe('the tree of components', () => {
  it('has component, version, fetch and description, each part below what needs it [O1]', () => {
    show(memo);
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Component',
      'Version',
      'Fetch',
      'Description',
    ]);
    expect(
      screen
        .getAllByRole('row')
        .slice(1, 3)
        .map((row) => row.getAttribute('aria-level')),
    ).toEqual(['1', '2']);
  });

  it('says what was used before [O2]', () => {
    show({ ...memo, components: [{ ...root, version: '2.0', previousVersion: '1.9' }] });
    expect(screen.getByText('2.0')).toBeTruthy();
    expect(screen.getByText('(was 1.9)')).toBeTruthy();
  });

  it('says where there is a problem, in a word and not by a colour alone [O3]', () => {
    show({ ...memo, components: [root, { ...first, version: null }] });
    expect(within(screen.getAllByRole('row')[2] as HTMLElement).getByText('Problem')).toBeTruthy();
  });

  it('explains each cell when it is pointed at [O5]', () => {
    show({
      ...memo,
      components: [{ ...root, userRating: 'testing', fetch: { kind: 'download', sizeBytes: 1_200_000 } }],
    });
    const titles = [...document.querySelectorAll('[title]')].map((part) => part.getAttribute('title'));
    expect(titles).toContain(`${root.name}\n${root.interface}`);
    expect(titles).toContain('testing');
    expect(titles).toContain(root.summary);
    expect(titles.some((title) => title?.includes('1.2 MB'))).toBe(true);
  });

  it('opens the panel of a component by click, Enter and the menu key [O6] [O7]', async () => {
    const opened = show(memo);
    const row = screen.getAllByRole('row')[2] as HTMLElement;
    row.focus();
    await userEvent.keyboard('{Enter}');
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    expect(opened.map(({ interface: uri }) => uri)).toEqual([first.interface, first.interface]);
  });
});
