import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layered, neighbours, pathsTo, reachable, type Graph } from '../../../shared/graph.ts';

const graphOf = (text: string): Graph => {
  const edges = text.split(' ').map((pair) => ({ from: pair.charAt(0), to: pair.charAt(1) }));
  return { nodes: [...new Set(edges.flatMap(({ from, to }) => [from, to]))], edges };
};

const someGraph = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 16 }).map((pairs): Graph => {
  const seen = new Set(pairs.map(([from, to]) => `${from} ${to}`));
  const edges = [...seen].map((pair) => ({ from: pair.slice(0, 1), to: pair.slice(2) }));
  return { nodes: ['0', '1', '2', '3', '4', '5', '6', '7'], edges };
});

/** Every path without a repeated node, found the plain way. */
function allPaths(graph: Graph, from: string, to: string, path: readonly string[] = [from]): readonly string[] {
  if (from === to) return [path.join('')];
  return (neighbours(graph, 'needs').get(from) ?? [])
    .filter((next) => !path.includes(next))
    .flatMap((next) => allPaths(graph, next, to, [...path, next]));
}

describe('why something is here', () => {
  it('is every way from a program to it, the shortest first [D-13]', () => {
    const graph = graphOf('ab ac bd cd de xd');
    expect(pathsTo(graph, { roots: ['a', 'x'], target: 'd', limit: 10 })).toEqual({
      paths: [
        ['x', 'd'],
        ['a', 'b', 'd'],
        ['a', 'c', 'd'],
      ],
      isCut: false,
    });
    expect(pathsTo(graph, { roots: ['a'], target: 'a', limit: 10 }).paths).toEqual([['a']]);
    expect(pathsTo(graph, { roots: ['e'], target: 'a', limit: 10 }).paths).toEqual([]);
    expect(pathsTo(graph, { roots: ['nobody'], target: 'a', limit: 10 }).paths).toEqual([]);
  });

  it('is the same as when all ways are tried', () => {
    fc.assert(
      fc.property(someGraph, (graph) => {
        const { paths, isCut } = pathsTo(graph, { roots: ['0'], target: '7', limit: 100_000 });
        expect(isCut).toBe(false);
        expect(paths.map((path) => path.join('')).sort()).toEqual([...allPaths(graph, '0', '7')].sort());
        expect(paths.map(({ length }) => length)).toEqual(paths.map(({ length }) => length).sort((a, b) => a - b));
      }),
    );
  });

  it('ends with a bound where there are too many ways', () => {
    // Thirty diamonds in a row have 2^30 ways through them.
    const edges = Array.from({ length: 30 }, (_, index) => [
      { from: `${index}`, to: `${index}l` },
      { from: `${index}`, to: `${index}r` },
      { from: `${index}l`, to: `${index + 1}` },
      { from: `${index}r`, to: `${index + 1}` },
    ]).flat();
    const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))];
    const startedAt = performance.now();
    const { isCut } = pathsTo({ nodes, edges }, { roots: ['0'], target: '30', limit: 20 });
    expect(isCut).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

describe('what can be reached', () => {
  it('is the way back of what is needed', () => {
    fc.assert(
      fc.property(someGraph, fc.nat(7), fc.nat(7), (graph, one, other) => {
        const [from, to] = [String(one), String(other)];
        expect(reachable(graph, [from], 'needs').has(to)).toBe(reachable(graph, [to], 'needed-by').has(from));
      }),
    );
  });
});

describe('a layered drawing', () => {
  it('puts what needs before what is needed [D-13]', () => {
    const places = layered(graphOf('ab ac bd cd ad'));
    expect(['a', 'b', 'c', 'd'].map((key) => places.get(key)?.layer)).toEqual([0, 1, 1, 2]);
  });

  it('has every node in a place of its own, and edges that close no loop lead on', () => {
    fc.assert(
      fc.property(someGraph, (graph) => {
        const places = layered(graph);
        const taken = graph.nodes.map((key) => `${places.get(key)?.layer} ${places.get(key)?.row}`);
        expect(new Set(taken).size).toBe(graph.nodes.length);
        for (const { from, to } of graph.edges) {
          if (reachable(graph, [to], 'needs').has(from)) continue;
          expect(places.get(from)?.layer).toBeLessThan(places.get(to)?.layer ?? 0);
        }
      }),
    );
  });

  it('survives a chain that is very long', () => {
    const nodes = Array.from({ length: 5000 }, (_, index) => String(index));
    const edges = nodes.slice(1).map((to, index) => ({ from: String(index), to }));
    expect(layered({ nodes, edges }).get('4999')?.layer).toBe(4999);
  });
});
