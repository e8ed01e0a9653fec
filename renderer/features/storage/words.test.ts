import { describe, expect, it } from 'vitest';
import { listing } from '../../api/scripted/storage.ts';
import { createWorld } from '../../api/scripted/world.ts';
import type { CacheItem } from '../../../shared/model/index.ts';
import { translator } from '../../test/render.tsx';
import { ifDeleted, neededWords, storeWord, whyHere } from './words.ts';

const { items } = listing(createWorld());
const find = (version: string): CacheItem => items.find((item) => item.version === version)!;
const loose = (kind: CacheItem['kind']): CacheItem => items.findLast((item) => item.kind === kind)!;
const toolkit = find('3.2');
const said = (item: CacheItem) => [whyHere(translator, item), ifDeleted(translator, item)];

describe('an item says why it is here and what deleting it means', () => {
  it('when programs need it', () => {
    expect(said(toolkit)).toEqual([
      'Memo and Filer need it.',
      'If you delete it, it is downloaded again the next time one of them is started.',
    ]);
    expect(said(find('2.0'))).toEqual([
      'Memo needs it.',
      'If you delete it, it is downloaded again the next time Memo is started.',
    ]);
  });

  it('when an app of the command line has it in a selection', () => {
    const needs = [{ kind: 'library', name: 'Memo' } as const, { kind: 'app', name: 'notes' } as const];
    expect(whyHere(translator, { ...toolkit, needs, neededBy: ['Memo', 'notes'] })).toBe(
      'Memo needs it. The app notes has it in its present or an earlier selection.',
    );
  });

  it('when a recent run alone used it, or nothing', () => {
    expect(said(find('2.4'))).toEqual([
      'A recent run of Filer used it.',
      'If you delete it, it is downloaded again should that version be run once more.',
    ]);
    expect(said(find('3.12.12'))).toEqual([
      'None of your programs needs it at the moment.',
      'If you delete it, it is downloaded again only if a program chooses this version.',
    ]);
  });

  it('when it runs, or is in a store of others', () => {
    expect(said({ ...toolkit, isInUse: true })).toEqual([
      'A program that is running uses it. Memo and Filer need it.',
      'It can be deleted once that program has ended.',
    ]);
    expect(said({ ...toolkit, canDelete: false })[1]).toBe('It is in a store that you may not change, so it stays.');
  });

  it('when it is nobody’s, left over, or being made [O28]', () => {
    expect(said(loose('unowned'))).toEqual([
      expect.stringMatching(/^No feed that is known here lists it/),
      'Nothing is lost by deleting it.',
    ]);
    expect(said(loose('temporary'))[0]).toMatch(/interrupted/);
    expect(said({ ...loose('temporary'), isInUse: true })).toEqual([
      'A program is storing something here right now.',
      'It can be deleted once that is over.',
    ]);
  });
});

it('what needs an item stands in the list, programs before runs', () => {
  expect(neededWords(translator, toolkit)).toBe('Memo and Filer');
  expect(neededWords(translator, find('2.4'))).toBe('a recent run of Filer');
  expect(neededWords(translator, find('3.12.12'))).toBeNull();
});

it('a store is yours, shared or an extra one', () => {
  expect(['user', 'shared', '/srv/store'].map((store) => storeWord(translator, store))).toEqual([
    'yours',
    'shared',
    'extra',
  ]);
});
