import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

const numbered = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
/** The rows of the checklist that are about the window. */
const rows = [...numbered('O', 45), ...numbered('W', 32), ...numbered('D-', 15)];

function testFiles(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test|spec)\.tsx?$/.test(name))
    .map((name) => path.join(root, folder, name));
}

/** Row → titles of the tests that name it. */
function shownRows(): ReadonlyMap<string, readonly string[]> {
  const shown = new Map<string, string[]>();
  for (const file of ['test', 'renderer'].flatMap(testFiles)) {
    const text = readFileSync(file, 'utf8');
    for (const [, title = ''] of text.matchAll(/\b(?:it|test|describe)(?:\.\w+)?\(\s*(['"`][^\n]*)/g)) {
      for (const [, tags = ''] of title.matchAll(/\[([A-Z]-?\d+(?:, ?[A-Z]-?\d+)*)\]/g)) {
        for (const tag of tags.split(/, ?/)) shown.set(tag, [...(shown.get(tag) ?? []), title]);
      }
    }
  }
  return shown;
}

/** Row → reason, of the table in `docs/promises.md`. */
function leftOut(): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(root, 'docs/promises.md'), 'utf8');
  const lines = [...text.matchAll(/^\| ([OWD]-?\d+) +\| [^|]+\| ([^|]+?) *\|$/gm)];
  return new Map(lines.map(([, row = '', reason = '']) => [row, reason]));
}

describe('the promises of the window', () => {
  const shown = shownRows();
  const without = leftOut();

  it('are each shown by a test that names the row, or left out with a reason', () => {
    const count = rows.filter((row) => shown.has(row)).length;
    console.log(`${rows.length} rows: ${count} shown by tests, ${without.size} left out`);
    expect(rows.filter((row) => !shown.has(row) && !without.has(row))).toEqual([]);
  });

  it('are not both shown and left out, nor named wrongly', () => {
    expect([...without.keys()].filter((row) => shown.has(row))).toEqual([]);
    expect([...without.keys()].filter((row) => !rows.includes(row))).toEqual([]);
    expect(
      [...shown.keys()].filter((row) => /^[OWD]/.test(row) && row.startsWith('D-') && !rows.includes(row)),
    ).toEqual([]);
    for (const [row, reason] of without) expect(reason.length, row).toBeGreaterThan(20);
  });
});
