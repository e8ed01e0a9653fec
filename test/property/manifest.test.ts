import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, nameProblem } from '../../electron/core/manifest/entry-name.ts';
import { parseManifest } from '../../electron/core/manifest/parse-manifest.ts';
import { printManifest } from '../../electron/core/manifest/print-manifest.ts';
import { manifestName, type TreeDirectory, type TreeEntry } from '../../electron/core/manifest/tree.ts';
import { manifestDifferences } from '../../electron/core/manifest/verify-report.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const name = fc
  .string({
    unit: fc.constantFrom('a', 'B', ' ', '.', '-', 'é', '\uff5e', '\u{1f600}', 'D', '\\'),
    minLength: 1,
    maxLength: 4,
  })
  .filter((text) => nameProblem(text) === null && text !== manifestName);
const leaf: fc.Arbitrary<TreeEntry> = fc.oneof(
  fc.record({
    type: fc.constant('file' as const),
    hash,
    mtime: fc.integer(),
    sizeBytes: fc.nat(),
    isExecutable: fc.boolean(),
  }),
  fc.record({ type: fc.constant('link' as const), hash, sizeBytes: fc.nat({ max: 4095 }) }),
);
const { tree } = fc.letrec<{ tree: TreeDirectory; entry: TreeEntry }>((tie) => ({
  entry: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, tie('tree')),
  tree: fc
    .array(fc.tuple(name, tie('entry')), { maxLength: 6 })
    .map((entries) => ({ type: 'directory' as const, mtime: 0, entries: new Map(entries) })),
}));

function reversed(directory: TreeDirectory): TreeDirectory {
  const entries = [...directory.entries]
    .reverse()
    .map(([key, entry]) => [key, entry.type === 'directory' ? reversed(entry) : entry] as const);
  return { ...directory, entries: new Map(entries) };
}

describe('manifests of any tree', () => {
  it('do not depend on the order of listing', () => {
    fc.assert(
      fc.property(tree, (root) => {
        expect(printManifest(reversed(root), 'new')).toBe(printManifest(root, 'new'));
        expect(printManifest(reversed(root), 'old')).toBe(printManifest(root, 'old'));
      }),
    );
  });

  it('are read back as they were printed', () => {
    fc.assert(
      fc.property(tree, (root) => {
        const text = printManifest(root, 'new');
        const parsed = parseManifest(Buffer.from(text), 'sha256new', { source: 'm' });
        expect(printManifest(parsed, 'new')).toBe(text);
        expect(manifestDifferences(text, text)).toEqual([]);
      }),
    );
  });

  it('are refused when two lines change places', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), (root, i, j) => {
        const lines = printManifest(root, 'new').split('\n').slice(0, -1);
        fc.pre(lines.length > 1);
        const [a, b] = [i % lines.length, j % lines.length];
        fc.pre(lines[a] !== lines[b]);
        [lines[a], lines[b]] = [lines[b]!, lines[a]!];
        const text = `${lines.join('\n')}\n`;
        let parsed: TreeDirectory;
        try {
          parsed = parseManifest(Buffer.from(text), 'sha256new', { source: 'm' });
        } catch {
          return;
        }
        // Moving a file line to another directory may make another legal manifest, but never the same tree.
        expect(printManifest(parsed, 'new')).toBe(text);
        expect(text).not.toBe(printManifest(root, 'new'));
      }),
    );
  });

  it('order names as their bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
