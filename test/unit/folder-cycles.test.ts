import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Folders whose inner folders each have one subject; what stands in them directly counts file by file. */
const parents = [
  'electron',
  'electron/core',
  'electron/adapters',
  'electron/services',
  'electron/cli',
  'renderer',
  'renderer/features',
  'shared',
];

/** The folder (or single file) that stands for a source file in the graph. */
function unitOf(file: string): string {
  const parts = file.split('/');
  let depth = 1;
  while (depth < parts.length && parents.includes(parts.slice(0, depth).join('/'))) depth += 1;
  return parts.slice(0, depth).join('/');
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const matches = text.matchAll(/^(?:import|export)\b[^;'"]*?(?:from\s*)?['"](\.[^'"]+)['"]/gm);
  return [...matches].map((match) => path.posix.join(path.posix.dirname(file), match[1] ?? ''));
}

function findCycle(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return undefined;
    done.add(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...trail, node]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

it('finds a cycle when there is one', () => {
  const graph = new Map([
    ['a', new Set(['b'])],
    ['b', new Set(['c'])],
    ['c', new Set(['b'])],
  ]);
  expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
});

it('no two folders need each other', () => {
  const graph = new Map<string, Set<string>>();
  for (const top of ['electron', 'renderer', 'shared']) {
    for (const name of readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })) {
      const file = `${top}/${name.split(path.sep).join('/')}`;
      if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue;
      const from = unitOf(file);
      const targets = graph.get(from) ?? new Set<string>();
      for (const target of importsOf(file)) if (unitOf(target) !== from) targets.add(unitOf(target));
      graph.set(from, targets);
    }
  }
  expect(graph.size).toBeGreaterThan(10);
  expect(findCycle(graph)).toBeUndefined();
});
