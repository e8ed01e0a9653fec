import { describe, expect, it } from 'vitest';
import { changeIniSection, readIniSection } from '../../../../../electron/adapters/config/ini.ts';

const read = (text: string): object => Object.fromEntries(readIniSection(text, 'global'));
const change = (text: string, changes: Readonly<Record<string, string | null>>): string =>
  changeIniSection(text, 'global', new Map(Object.entries(changes)));

describe('reading', () => {
  it('takes the last of several values, of all sections of the name', () => {
    expect(read('a=0\n[global]\na = 1\na = 2\n[other]\na = 3\n [global] \nb=4 # not a comment\n')).toEqual({
      a: '2',
      b: '4 # not a comment',
    });
  });

  it('skips every other line', () => {
    expect(read('[global]\n# c = 1\n;d = 2\nwith blank = 3\nkey: 4\n\n  e  =  5  \nf =\ng = a = b')).toEqual({
      ';d': '2',
      e: '5',
      f: '',
      g: 'a = b',
    });
  });

  it('does not mind line ends and marks of other systems', () => {
    expect(read('\ufeff[global]\r\na = 1\r\n')).toEqual({ a: '1' });
  });
});

describe('changing', () => {
  it('touches only what is changed', () => {
    const before = '# mine\n[global]\n  a = 1\nunknown = x\n\n; note\n[other]\na = 9\n';
    expect(change(before, { a: '2', b: '3' })).toBe(
      '# mine\n[global]\na = 2\nunknown = x\n\n; note\nb = 3\n[other]\na = 9\n',
    );
  });

  it('leaves one line where there were several', () => {
    expect(change('[global]\na = 1\nb = 1\na = 2\n', { a: '3' })).toBe('[global]\nb = 1\na = 3\n');
  });

  it('removes keys, and makes the section if there is none', () => {
    expect(change('[global]\na = 1\nb = 2\n', { a: null, c: null })).toBe('[global]\nb = 2\n');
    expect(change('', { a: '1' })).toBe('[global]\na = 1\n');
    expect(change('[x]\na = 0\n', { a: '1' })).toBe('[x]\na = 0\n[global]\na = 1\n');
  });

  it('can be read back', () => {
    expect(read(change('[global]\na=1\n[global]\na=2', { a: '3', b: '' }))).toEqual({ a: '3', b: '' });
  });
});
