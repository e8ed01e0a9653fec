import { describe, expect, it } from 'vitest';
import { diffTrees, type TreeChange } from '../../../../../electron/core/manifest/diff.ts';
import { parseManifest } from '../../../../../electron/core/manifest/parse-manifest.ts';
import type { TreeDirectory } from '../../../../../electron/core/manifest/tree.ts';

const a = '1'.repeat(40);
const b = '2'.repeat(40);

function tree(...lines: readonly string[]): TreeDirectory {
  return parseManifest(Buffer.from(lines.map((line) => `${line}\n`).join('')), 'sha1new', { source: 'test' });
}

function changes(before: TreeDirectory, after: TreeDirectory): readonly string[] {
  return diffTrees(before, after).changes.map(({ path, change, type, aspects }: TreeChange) =>
    [change, type, path, ...aspects].join(' '),
  );
}

describe('how one tree becomes another', () => {
  it('finds nothing between equals', () => {
    const one = tree(`F ${a} 1 5 x`, 'D /d', `S ${b} 3 l`);
    expect(diffTrees(one, one)).toEqual({ changes: [], bytesBefore: 5, bytesAfter: 5, sameCount: 2 });
  });

  it('tells contents, execute bit and time apart', () => {
    const before = tree(
      `X ${a} 1 5 off`,
      `F ${a} 1 5 same`,
      `F ${a} 1 5 text`,
      `F ${a} 1 5 tool`,
      `F ${a} 1 5 touched`,
    );
    const after = tree(`F ${a} 1 5 off`, `F ${a} 1 5 same`, `F ${b} 1 7 text`, `X ${b} 1 5 tool`, `F ${a} 2 5 touched`);
    expect(changes(before, after)).toEqual([
      'changed file off not-executable',
      'changed file text contents',
      'changed file tool contents executable',
      'changed file touched time',
    ]);
    expect(diffTrees(before, after)).toMatchObject({ bytesBefore: 25, bytesAfter: 27, sameCount: 1 });
  });

  it('lists what is in directories that only one has, and says of new files whether they can be run', () => {
    const before = tree('D /old', `F ${a} 1 5 x`, 'D /old/deep', `S ${b} 3 l`);
    const after = tree('D /new', `X ${a} 1 5 go`);
    expect(changes(before, after)).toEqual([
      'added directory new',
      'added file new/go executable',
      'removed directory old',
      'removed directory old/deep',
      'removed link old/deep/l',
      'removed file old/x',
    ]);
  });

  it('notices that a link points elsewhere, and that something became another kind of thing', () => {
    const before = tree(`S ${a} 3 l`, `F ${a} 1 5 x`, 'D /d', `F ${a} 1 5 y`);
    const after = tree(`F ${a} 1 5 d`, `S ${b} 3 l`, 'D /x', `F ${a} 1 5 z`);
    expect(changes(before, after)).toEqual([
      'changed file d type',
      'removed file d/y',
      'changed link l target',
      'changed directory x type',
      'added file x/z',
    ]);
  });

  it('orders names by bytes', () => {
    expect(changes(tree(), tree(`F ${a} 1 5 ～`, `F ${a} 1 5 😀`)).map((line) => line.split(' ')[2])).toEqual([
      '～',
      '😀',
    ]);
  });
});
