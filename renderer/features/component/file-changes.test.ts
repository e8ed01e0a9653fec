import { describe, expect, it } from 'vitest';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { fileDiff } from '../../api/scripted/storage.ts';
import { createWorld, versionsOf } from '../../api/scripted/world.ts';
import type { VersionList } from '../../../shared/model/index.ts';
import { countChanges, filterChanges, hasFiles, pairFor } from './file-changes.ts';
import { keyOfVersion } from './selectors.ts';

const { changes } = fileDiff(false);

describe('changes of files', () => {
  it('are narrowed by what happened to them and by words in the path', () => {
    const paths = (...[part, search]: [Parameters<typeof filterChanges>[1], string]) =>
      filterChanges(changes, part, search).map(({ path }) => path);
    expect(paths('removed', '')).toEqual(['lib/legacy.py']);
    expect(paths('runnable', '')).toEqual(['bin/update-helper', 'lib/configure.sh']);
    expect(paths('all', 'LIB  .py')).toEqual(['lib/legacy.py']);
    expect(paths('added', 'legacy')).toEqual([]);
    expect(filterChanges(changes, 'all', '')).toEqual(changes);
  });

  it('are counted', () => {
    expect(countChanges(changes)).toEqual({ all: 8, added: 3, removed: 1, changed: 4, runnable: 2 });
  });
});

describe('the versions to compare', () => {
  const uri = uriOf('python');
  const rows = [...versionsOf(createWorld(), uri)];
  const list: VersionList = {
    interface: uri,
    name: 'Python',
    policy: null,
    restriction: null,
    helpWithTesting: false,
    rows,
  };
  const pair = (version: string) => {
    const { before, after } = pairFor(
      list,
      rows.find((row) => row.version === version)!,
    );
    const find = (key: string) => rows.find((row) => keyOfVersion(row) === key)?.version;
    return [find(before), find(after)];
  };

  it('are the asked one and the one in use, the older first', () => {
    expect(pair('3.12.12')).toEqual(['3.12.12', '3.13.9']);
    expect(pair('3.14.1')).toEqual(['3.13.9', '3.14.1']);
  });

  it('are the one in use and another that is here', () => {
    expect(pair('3.13.9')).toEqual(['3.12.12', '3.13.9']);
    expect(rows.filter(hasFiles).map(({ version }) => version)).toEqual(['3.13.9', '3.12.12']);
  });

  it('may be one and the same where there is no other', () => {
    const only = { ...list, rows: rows.slice(0, 1) };
    const { before, after } = pairFor(only, rows[0]!);
    expect(before).toBe(after);
  });
});
