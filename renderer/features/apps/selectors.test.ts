import { describe, expect, it } from 'vitest';
import type { AppList, AppSummary } from '../../../shared/model/index.ts';
import { sampleApps } from '../../api/scripted/sample-data.ts';
import { addressProblem } from './address.ts';
import { categoriesOf, groupApps as group, indexApps, type AppFilter } from './selectors.ts';

const all = { search: '', category: null, showsCommandLineApps: false };
const names = (apps: readonly AppSummary[]) => apps.map((app) => app.name);
const list = { apps: [...sampleApps], sources: [] };
const groupApps = (apps: AppList, filter: AppFilter) => group(indexApps(apps), filter);

describe('groupApps', () => {
  it('divides programs into one’s own and the others, by name [O30] [W1]', () => {
    const groups = groupApps(list, all);
    expect(names(groups.mine)).toEqual(['Edit', 'Filer', 'Memo']);
    expect(names(groups.catalogue).slice(0, 3)).toEqual(['Abacus', 'Chart Room', 'Darkroom']);
  });

  it('hides command-line programs and counts those that the other filters let through [W5]', () => {
    expect(groupApps(list, all).commandLineCount).toBe(2);
    expect(groupApps(list, { ...all, search: 'disk' }).commandLineCount).toBe(1);
    expect(groupApps(list, { ...all, category: 'Game' }).commandLineCount).toBe(0);
    expect(names(groupApps(list, { ...all, showsCommandLineApps: true }).catalogue)).toContain('Tidy');
  });

  it('finds words in name and summary, names first, whatever the accents', () => {
    const [first] = sampleApps;
    const accented = { ...first!, name: 'Résumé', summary: 'Writes letters', isMine: false };
    const found = (search: string) =>
      names(groupApps({ apps: [...sampleApps, accented], sources: [] }, { ...all, search }).catalogue);
    expect(found('resume')).toEqual(['Résumé']);
    expect(found('a calc')).toEqual(['Abacus']);
    expect(found('sk')).toEqual(['Sketch']);
    expect(found('nothing at all')).toEqual([]);
  });

  it('stays quick with 5,000 programs', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      ...sampleApps[index % sampleApps.length]!,
      name: `P ${index}`,
    }));
    const startMs = performance.now();
    groupApps({ apps: many, sources: [] }, { ...all, search: 'p 49' });
    expect(performance.now() - startMs).toBeLessThan(200);
  });
});

describe('categoriesOf', () => {
  it('lists only main categories that occur, in the order of menus [W4]', () => {
    const [first] = sampleApps;
    const apps = [{ ...first!, categories: ['Utility', 'X-Strange', 'AudioVideo'] }];
    expect(categoriesOf({ apps, sources: [] })).toEqual(['AudioVideo', 'Utility']);
  });
});

describe('addressProblem', () => {
  it.each([
    ['', 'empty'],
    ['memo', 'not-url'],
    ['ftp://example.org/a.xml', 'not-url'],
    ['https://example.org/a.tar.gz', 'archive'],
    ['https://example.org/setup.exe?x=1', 'archive'],
    ['https://example.org/a.xml', null],
    [' https://example.org/a ', null],
    ['/home/ada/a.xml', null],
  ])('%s: %s', (address, problem) => {
    expect(addressProblem(address)).toBe(problem);
  });
});
