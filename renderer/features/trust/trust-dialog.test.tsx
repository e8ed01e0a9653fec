import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { cleanup } from '@testing-library/react';
import { trustQuestion } from '../../api/scripted/jobs.ts';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { renderPart } from '../../test/render.tsx';
import { hasGoodHint, startingChoice, unknownKeys } from './selectors.ts';
import { TrustDialog } from './TrustDialog.tsx';

afterEach(cleanup);

const known = trustQuestion(uriOf('edit'), true);
const unknown = trustQuestion(uriOf('edit'), false);
const fingerprint = known.keys[0]!.fingerprint;

describe('the trust question', () => {
  it('shows the host, the fingerprint in groups, who the key claims to be and what others say [O25]', () => {
    renderPart(<TrustDialog title="Edit" question={known} rehearsal={null} onAnswer={() => {}} />);
    expect(screen.getByText('samples.zerodesk.invalid').tagName).toBe('STRONG');
    expect(screen.getByText('8E6C 1F0A 5B2D 4937 0C7E AD11 34F9 8B02 55D6 A1C7')).toBeTruthy();
    expect(screen.getByText(/Zerodesk Samples/)).toBeTruthy();
    expect(screen.getByText('This key belongs to the people who make Zerodesk.')).toBeTruthy();
  });

  it('trusts a key that somebody vouches for at once', async () => {
    const answers: (readonly string[])[] = [];
    renderPart(
      <TrustDialog title="Edit" question={known} rehearsal={null} onAnswer={(trust) => answers.push(trust)} />,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Trust this key' }));
    expect(answers).toEqual([[fingerprint]]);
  });

  it('asks a second time for a key that nobody vouches for, with the safe answer first [O26]', async () => {
    const answers: (readonly string[])[] = [];
    renderPart(
      <TrustDialog title="Edit" question={unknown} rehearsal={null} onAnswer={(trust) => answers.push(trust)} />,
    );
    expect(document.activeElement?.textContent).toBe('Cancel');
    await userEvent.click(screen.getByRole('button', { name: 'Trust this key' }));
    expect(answers).toEqual([]);
    expect(document.activeElement?.textContent).toBe('Cancel');
    await userEvent.click(screen.getByRole('button', { name: 'Trust the unknown key' }));
    expect(answers).toEqual([[fingerprint]]);
  });

  it('refuses the feed on Escape', async () => {
    const answers: (readonly string[])[] = [];
    renderPart(
      <TrustDialog title="Edit" question={unknown} rehearsal={null} onAnswer={(trust) => answers.push(trust)} />,
    );
    await userEvent.keyboard('{Escape}');
    expect(answers).toEqual([[]]);
  });

  it('warns of another key that was trusted before', () => {
    renderPart(<TrustDialog title="Edit" question={unknown} rehearsal={null} onAnswer={() => {}} />);
    expect(screen.getByText(/You trust another key for samples.zerodesk.invalid/)).toBeTruthy();
  });
});

describe('a feed whose signer has changed', () => {
  const changed = trustQuestion(uriOf('edit'), true, true);

  it('shows the old and the new one under a word, and makes refusing the first answer even if the new one is known', () => {
    renderPart(<TrustDialog title="Edit" question={changed} rehearsal={null} onAnswer={() => {}} />);
    expect(screen.getByText('The signer has changed')).toBeTruthy();
    expect(screen.getByText('Until now').nextElementSibling?.textContent).toContain('Thea Moss');
    expect(screen.getByText('Now').nextElementSibling?.textContent).toContain('Zerodesk Samples');
    expect(document.activeElement?.textContent).toBe('Cancel');
  });
});

describe('the rehearsal of trusting', () => {
  it('names the stored feeds that the key could change, and who uses them [D-10]', () => {
    const feeds = [
      { url: uriOf('memo') as never, name: 'Memo', programs: ['Memo', 'notes'] },
      { url: uriOf('edit') as never, name: null, programs: [] },
    ];
    renderPart(<TrustDialog title="Edit" question={known} rehearsal={{ feeds, feedCount: 7 }} onAnswer={() => {}} />);
    expect(screen.getByText(/^7 feeds of samples.zerodesk.invalid are stored here/)).toBeTruthy();
    expect(screen.getByText('used by Memo and notes')).toBeTruthy();
    expect(screen.getByText(String(uriOf('edit')))).toBeTruthy();
    expect(screen.getByText('and 5 more')).toBeTruthy();
  });
});

describe('rules of trusting', () => {
  it('a bad word outweighs a good one', () => {
    const [key] = known.keys;
    expect(hasGoodHint(key!)).toBe(true);
    expect(hasGoodHint({ ...key!, hints: [...key!.hints, { vote: 'bad', text: 'stolen' }] })).toBe(false);
    expect(hasGoodHint({ ...key!, hints: [] })).toBe(false);
  });

  it('only keys with a good word are ticked at first when there are several', () => {
    const both = { ...known, keys: [known.keys[0]!, { ...unknown.keys[0]!, fingerprint: 'B'.repeat(40) }] };
    expect([...startingChoice(both)]).toEqual([fingerprint]);
    expect(unknownKeys(both, new Set(['B'.repeat(40)]))).toHaveLength(1);
  });
});
