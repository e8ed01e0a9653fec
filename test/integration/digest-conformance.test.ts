import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../electron/adapters/tree/pace.ts';
import { digestOfManifest } from '../../electron/adapters/tree/hashing.ts';
import { readTree } from '../../electron/adapters/store/read-tree.ts';
import { formatOf, hashOf, type Algorithm } from '../../electron/core/manifest/digest-name.ts';
import { parseManifest } from '../../electron/core/manifest/parse-manifest.ts';
import { printManifest } from '../../electron/core/manifest/print-manifest.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { buildTree, type TreeCaseEntry } from '../helpers/tree.ts';

interface DigestCase {
  readonly id: string;
  readonly title: string;
  readonly kind: 'valid' | 'illegal';
  readonly needsRoot?: boolean;
  readonly entries: readonly TreeCaseEntry[];
  readonly expected: Readonly<Record<Algorithm, { readonly manifest?: string; readonly digest: string }>>;
}

const folder = path.join(import.meta.dirname, '../fixtures/conformance/digest');
const cases = readdirSync(folder, { withFileTypes: true })
  .filter((item) => item.isDirectory())
  .map((item) => JSON.parse(readFileSync(path.join(folder, item.name, 'case.json'), 'utf8')) as DigestCase);
const algorithms = ['sha1', 'sha1new', 'sha256', 'sha256new'] as const;

async function digestTree(root: string, algorithm: Algorithm): Promise<{ manifest: string; digest: string }> {
  const hasDirectoryTimes = formatOf(algorithm) === 'old';
  const tree = await readTree(root, { hash: hashOf(algorithm), pace: new Pace(), hasDirectoryTimes });
  const manifest = printManifest(tree, formatOf(algorithm));
  return { manifest, digest: digestOfManifest(algorithm, manifest) };
}

describe('digests of the conformance cases', () => {
  it('finds all cases', () => {
    expect(cases.filter((item) => item.kind === 'valid')).toHaveLength(52);
    expect(cases.filter((item) => item.kind === 'illegal')).toHaveLength(9);
  });

  it.each(cases.filter((item) => item.kind === 'valid'))('$id: $title', async (example) => {
    const root = tempDir();
    expect(buildTree(root, example.entries), 'the file system keeps the times').toBe(true);
    for (const algorithm of algorithms) {
      const actual = await digestTree(root, algorithm);
      expect(actual).toEqual({
        manifest: example.expected[algorithm].manifest,
        digest: example.expected[algorithm].digest,
      });
      // A link or directory called .manifest has a digest, but no place in a store.
      if (algorithm !== 'sha1' && !/^32|^33/.test(example.id)) {
        const parsed = parseManifest(Buffer.from(actual.manifest), algorithm, { source: 'x' });
        expect(printManifest(parsed, 'new')).toBe(actual.manifest);
      }
    }
  });

  for (const example of cases.filter((item) => item.kind === 'illegal')) {
    const isRunnable = example.needsRoot !== true || process.getuid?.() === 0;
    if (!isRunnable) process.stderr.write(`SKIPPED: ${example.id} needs root to make its device\n`);
    it.runIf(isRunnable)(`${example.id} is refused: ${example.title}`, async () => {
      const root = tempDir();
      buildTree(root, example.entries);
      for (const algorithm of algorithms) {
        const error = await digestTree(root, algorithm).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(AppError);
        expect(error).toHaveProperty('code', 'tree-illegal');
      }
    });
  }
});
