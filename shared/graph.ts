// Graphs of what needs what: pure, for the page and the command line. Feeds come from outside, so a graph may have loops, be
// deep, and have more ways through it than anybody could read: nothing here recurses or lists without a bound.

/** Nodes by their keys; an edge goes from what needs to what is needed. */
export interface Graph {
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Neighbours of each node, in the order of the edges. */
export function neighbours(graph: Graph, direction: 'needs' | 'needed-by'): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>(graph.nodes.map((key) => [key, []]));
  for (const { from, to } of graph.edges) {
    const [one, other] = direction === 'needs' ? [from, to] : [to, from];
    if (map.has(other)) map.get(one)?.push(other);
  }
  return map;
}

/** All nodes that can be reached from some, these included. */
export function reachable(graph: Graph, from: Iterable<string>, direction: 'needs' | 'needed-by'): ReadonlySet<string> {
  const next = neighbours(graph, direction);
  const seen = new Set<string>();
  const pending = [...from].filter((key) => next.has(key));
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    pending.push(...(next.get(key) ?? []));
  }
  return seen;
}

/** Ways through a graph. */
export interface Paths {
  readonly paths: readonly (readonly string[])[];
  /** Whether there are others. */
  readonly isCut: boolean;
}

/** Steps of a search for paths; a graph that is made to be slow ends there. */
const maxSteps = 100_000;

/**
 * The ways from roots to a node on which no node comes twice, by the order of roots and edges, the shortest first.
 *
 * @param limit of paths
 */
export function pathsTo(
  graph: Graph,
  { roots, target, limit }: { readonly roots: readonly string[]; readonly target: string; readonly limit: number },
): Paths {
  const next = neighbours(graph, 'needs');
  const leads = reachable(graph, [target], 'needed-by');
  // Breadth first, so that the shortest come first; only nodes that lead there are entered.
  const found: (readonly string[])[] = [];
  let front: (readonly string[])[] = [...new Set(roots)].filter((root) => leads.has(root)).map((root) => [root]);
  let steps = 0;
  while (front.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const path of front) {
      steps += 1;
      if (found.length >= limit || steps > maxSteps) return { paths: found, isCut: true };
      const last = path.at(-1) ?? '';
      if (last === target) {
        found.push(path);
        continue;
      }
      for (const key of next.get(last) ?? []) if (leads.has(key) && !path.includes(key)) longer.push([...path, key]);
    }
    front = longer.slice(0, maxSteps);
  }
  return { paths: found, isCut: false };
}

/** A node's place in a layered drawing. */
export interface Place {
  /** Every edge that is part of no loop goes to a higher layer. */
  readonly layer: number;
  /** Within the layer, from 0. */
  readonly row: number;
}

/**
 * Puts nodes into layers by their longest way from a root, and orders each layer so that edges are short: every node goes
 * near the middle of its neighbours, some times over. Edges that close a loop are left out of the layering.
 */
export function layered(graph: Graph): ReadonlyMap<string, Place> {
  const forward = withoutLoops(graph);
  const layer = longestWays(forward);
  const layers: string[][] = [];
  for (const key of graph.nodes) (layers[layer.get(key) ?? 0] ??= []).push(key);
  const needs = neighbours(forward, 'needs');
  const neededBy = neighbours(forward, 'needed-by');
  const rows = new Map<string, number>();
  const place = (keys: readonly string[]): void => {
    for (const [row, key] of keys.entries()) rows.set(key, row);
  };
  layers.forEach(place);
  for (let sweep = 0; sweep < 4; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const keys of isDown ? layers : [...layers].reverse()) {
      sortLayer(keys, rows, isDown ? neededBy : needs);
      place(keys);
    }
  }
  return new Map(graph.nodes.map((key) => [key, { layer: layer.get(key) ?? 0, row: rows.get(key) ?? 0 }]));
}

function sortLayer(
  keys: string[],
  rows: ReadonlyMap<string, number>,
  beside: ReadonlyMap<string, readonly string[]>,
): void {
  const middle = new Map(
    keys.map((key) => {
      const places = (beside.get(key) ?? []).map((other) => rows.get(other) ?? 0);
      const sum = places.reduce((total, place) => total + place, 0);
      return [key, places.length === 0 ? (rows.get(key) ?? 0) : sum / places.length];
    }),
  );
  keys.sort((one, other) => (middle.get(one) ?? 0) - (middle.get(other) ?? 0));
}

/** The same graph without the edges that lead back to a node one comes from. */
function withoutLoops(graph: Graph): Graph {
  const next = neighbours(graph, 'needs');
  const state = new Map<string, 'open' | 'done'>();
  const back = new Set<string>();
  for (const start of graph.nodes) {
    if (state.has(start)) continue;
    const stack: { readonly key: string; index: number }[] = [{ key: start, index: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = next.get(top.key)?.[top.index];
      top.index += 1;
      if (to === undefined) {
        state.set(top.key, 'done');
        stack.pop();
      } else if (state.get(to) === 'open') back.add(`${top.key}\n${to}`);
      else if (!state.has(to)) {
        state.set(to, 'open');
        stack.push({ key: to, index: 0 });
      }
    }
  }
  return { nodes: graph.nodes, edges: graph.edges.filter(({ from, to }) => !back.has(`${from}\n${to}`)) };
}

function longestWays(graph: Graph): ReadonlyMap<string, number> {
  const next = neighbours(graph, 'needs');
  const missing = new Map(graph.nodes.map((key) => [key, 0]));
  for (const targets of next.values()) for (const to of targets) missing.set(to, (missing.get(to) ?? 0) + 1);
  const layer = new Map(graph.nodes.map((key) => [key, 0]));
  const ready = graph.nodes.filter((key) => missing.get(key) === 0);
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    for (const to of next.get(key) ?? []) {
      layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(key) ?? 0) + 1));
      const left = (missing.get(to) ?? 0) - 1;
      missing.set(to, left);
      if (left === 0) ready.push(to);
    }
  }
  return layer;
}
