import { describe, expect, it } from 'vitest';
import {
  escapeName,
  nameComponents,
  prettyName,
  underscoreName,
  unescapeName,
  unescapeUnderscore,
} from '../../../../../electron/core/feed/names.ts';
import { readVectors } from '../../../../helpers/fixtures.ts';

const { names } = readVectors('names') as {
  readonly names: readonly {
    readonly name: string;
    readonly settings_file: string;
    readonly settings_file_windows: string;
    readonly cache_file: string;
    readonly site_packages: readonly string[];
  }[];
};

describe('file names of feeds', () => {
  it.each(names)('$name', (vector) => {
    const { name } = vector;
    expect(escapeName(name)).toBe(vector.cache_file);
    expect(prettyName(name, 'posix')).toBe(vector.settings_file);
    expect(prettyName(name, 'windows')).toBe(vector.settings_file_windows);
    expect(nameComponents(name)).toEqual(vector.site_packages);
    expect([vector.cache_file, vector.settings_file, vector.settings_file_windows].map(unescapeName)).toEqual([
      ...[name, name, name],
    ]);
    expect(unescapeUnderscore(underscoreName(name))).toBe(name);
  });

  it('never make a path of their own', () => {
    for (const name of ['..', '.', 'http://x/../../etc', '/../..', '\0', 'a\\b']) {
      for (const part of [escapeName(name), prettyName(name, 'posix'), ...[underscoreName(name)]]) {
        expect(part).not.toMatch(/[/\\\0]/);
      }
      expect(['.', '..']).not.toContain(underscoreName(name));
    }
  });

  it('leave what is no escape as it is', () => {
    expect(unescapeName('100%#%zz%4')).toBe('100%/%zz%4');
    expect(unescapeUnderscore('a_q_zz_.5f')).toBe('a_q_zz_.5f');
  });

  it('refuse what is neither a path nor a complete URL', () => {
    expect(() => nameComponents('http://host')).toThrow('missing third slash');
    expect(() => nameComponents('ftp://host/x')).toThrow(expect.objectContaining({ code: 'bad-url' }) as Error);
  });
});
