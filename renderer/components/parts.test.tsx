import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { progressAt } from '../api/scripted/jobs.ts';
import { renderPart, translator } from '../test/render.tsx';
import { AppIcon, monogramOf, tintOf } from './AppIcon.tsx';
import { DataTable } from './DataTable.tsx';
import { ConfirmDialog } from './Dialog.tsx';
import { FetchCell } from './domain/FetchCell.tsx';
import { progressWords, shortProgressWords } from './domain/words.ts';

afterEach(cleanup);

describe('AppIcon', () => {
  it('draws a monogram when there is no picture', () => {
    const { container } = renderPart(<AppIcon src={null} name="Four in a Row" />);
    expect(container.textContent).toBe('FI');
  });

  it.each([
    ['memo', 'M'],
    ['Chart Room', 'CR'],
    ['---', '?'],
    ['été', 'É'],
    ['0install', '0'],
  ])('monogram of %s is %s', (name, letters) => {
    expect(monogramOf(name, 2)).toBe(letters);
  });

  it('keeps the tint of a name', () => {
    expect(tintOf('Memo')).toBe(tintOf('Memo'));
    expect(tintOf('Memo')).toBeLessThan(8);
  });
});

describe('FetchCell', () => {
  it('says where the files are [O4]', () => {
    renderPart(<FetchCell name="Memo" fetch={{ kind: 'cached', store: 'user' }} progress={null} />);
    expect(screen.getByText('cached').title).toBe('On this computer already, in your own store');
  });

  it('shows a live bar with amount, speed and time left [O11]', () => {
    renderPart(
      <FetchCell
        name="Memo"
        fetch={{ kind: 'download', sizeBytes: 4_500_000 }}
        progress={progressAt(4_500_000, 0.4)}
      />,
    );
    const bar = screen.getByRole('progressbar', { name: 'Progress of Memo' });
    expect(bar.getAttribute('aria-valuetext')).toBe('1.8 MB of 4.5 MB · 2.4 MB/s · 1 s left');
  });

  it('leaves out what is unknown', () => {
    const progress = {
      phase: 'receiving',
      receivedBytes: 1_200_000,
      totalBytes: null,
      bytesPerSecond: null,
      secondsLeft: null,
    } as const;
    expect(progressWords(translator, progress)).toBe('1.2 MB');
    expect(shortProgressWords(translator, progress)).toBe('1.2 MB');
  });
});

interface Part {
  readonly name: string;
  readonly parts: readonly Part[];
}

describe('DataTable', () => {
  const rows: readonly Part[] = [{ name: 'Memo', parts: [{ name: 'Toolkit', parts: [] }] }];
  const columns = [
    { id: 'name', title: 'Name', width: '1fr', isRowHeader: true, cell: (row: Part) => row.name },
  ] as const;
  const common = { label: 'Parts', columns, rows, keyOf: (row: Part) => row.name, textOf: (row: Part) => row.name };

  it('with children is a treegrid whose rows know their level', () => {
    renderPart(<DataTable {...common} childrenOf={(row) => row.parts} treeColumn="name" />);
    const tree = screen.getByRole('treegrid', { name: 'Parts' });
    const levels = within(tree)
      .getAllByRole('row')
      .map((row) => row.getAttribute('aria-level'));
    expect(levels).toEqual([null, '1', '2']);
    expect(within(tree).getByRole('row', { name: /Memo/ }).getAttribute('aria-expanded')).toBe('true');
  });

  it('acts on Enter, and opens menus by the menu key and Shift+F10', async () => {
    const seen: string[] = [];
    renderPart(
      <DataTable
        {...common}
        onAction={(row) => seen.push(`action ${row.name}`)}
        onMenu={(row) => seen.push(`menu ${row.name}`)}
      />,
    );
    await userEvent.tab();
    await userEvent.keyboard('{Enter}{ContextMenu}{Shift>}{F10}{/Shift}');
    expect(seen).toEqual(['action Memo', 'menu Memo', 'menu Memo']);
  });
});

describe('ConfirmDialog', () => {
  it('has the focus on the safe answer and says the verb', async () => {
    const seen: string[] = [];
    renderPart(
      <ConfirmDialog
        title="Delete?"
        action="Delete 3 versions"
        cancel="Cancel"
        isDanger
        isOpen
        onConfirm={() => seen.push('confirm')}
        onClose={() => seen.push('close')}
      >
        Gone is gone.
      </ConfirmDialog>,
    );
    expect(screen.getByRole('alertdialog', { name: 'Delete?' })).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Cancel');
    await userEvent.click(screen.getByRole('button', { name: 'Delete 3 versions' }));
    expect(seen).toEqual(['close', 'confirm']);
  });
});
