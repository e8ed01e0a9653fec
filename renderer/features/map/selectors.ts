import { layered, pathsTo, reachable, type Graph } from '../../../shared/graph.ts';
import type { MapNode, ProgramMap } from '../../../shared/model/index.ts';

/** So many nodes can be drawn and looked at; a larger map is a table. */
export const maxDrawn = 400;

const stepX = 220;
const stepY = 56;
/** Size of a drawn node. */
export const nodeSize = { width: 168, height: 40 } as const;

/** A node with its place, CSS pixels. */
export interface DrawnNode {
  readonly node: MapNode;
  readonly x: number;
  readonly y: number;
}

/** A map as it is drawn: from left to right what needs stands before what is needed. */
export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly byKey: ReadonlyMap<string, DrawnNode>;
  readonly width: number;
  readonly height: number;
}

/** The graph of a map. */
export function graphOf({ nodes, edges }: ProgramMap): Graph {
  return { nodes: nodes.map(({ key }) => key), edges };
}

/** Puts the nodes of a map into their places. Layers are centred; one that is very high becomes several columns. */
export function drawMap(map: ProgramMap): Drawing {
  const places = layered(graphOf(map));
  const counts: number[] = [];
  for (const { layer } of places.values()) counts[layer] = (counts[layer] ?? 0) + 1;
  const most = Math.max(12, Math.ceil(Math.sqrt(3 * map.nodes.length)));
  const firstColumns: number[] = [];
  let columns = 0;
  for (const count of counts) {
    firstColumns.push(columns);
    columns += Math.max(1, Math.ceil(count / most));
  }
  const tallest = Math.min(most, Math.max(1, ...counts));
  const nodes = map.nodes.map((node): DrawnNode => {
    const { layer, row } = places.get(node.key) ?? { layer: 0, row: 0 };
    const column = Math.floor(row / most);
    const inColumn = Math.min(most, (counts[layer] ?? 1) - column * most);
    const x = ((firstColumns[layer] ?? 0) + column) * stepX;
    return { node, x, y: ((row % most) + (tallest - inColumn) / 2) * stepY };
  });
  return {
    nodes,
    byKey: new Map(nodes.map((drawn) => [drawn.node.key, drawn])),
    width: Math.max(0, columns - 1) * stepX + nodeSize.width,
    height: (tallest - 1) * stepY + nodeSize.height,
  };
}

/** The nodes that a chosen one is needed by, and those that it needs, itself included. */
export function related(map: ProgramMap, key: string): ReadonlySet<string> {
  const graph = graphOf(map);
  return new Set([...reachable(graph, [key], 'needed-by'), ...reachable(graph, [key], 'needs')]);
}

/** A way from a program to a component. */
export interface Reason {
  readonly program: string;
  readonly nodes: readonly MapNode[];
}

/** Ways that are shown. */
const maxReasons = 30;

/** Why a component is here: every way that leads to it. */
export function reasonsFor(
  map: ProgramMap,
  key: string,
): { readonly reasons: readonly Reason[]; readonly isCut: boolean } {
  const byKey = new Map(map.nodes.map((node) => [node.key, node]));
  const roots = map.roots.map(({ node }) => node);
  const { paths, isCut } = pathsTo(graphOf(map), { roots, target: key, limit: maxReasons });
  const reasons = paths.flatMap((path) =>
    map.roots
      .filter(({ node }) => node === path[0])
      .map(({ name }): Reason => ({ program: name, nodes: path.flatMap((each) => byKey.get(each) ?? []) })),
  );
  return { reasons, isCut };
}

/** A row of the table: a component with the programs that use it. */
export interface MapRow {
  readonly node: MapNode;
  readonly usedBy: readonly string[];
}

/** All components with their users, the largest first. */
export function rowsOf(map: ProgramMap): readonly MapRow[] {
  const users = new Map<string, string[]>();
  for (const { name, node } of map.roots) {
    for (const key of reachable(graphOf(map), [node], 'needs')) users.set(key, [...(users.get(key) ?? []), name]);
  }
  return map.nodes
    .map((node) => ({ node, usedBy: [...new Set(users.get(node.key) ?? [])].sort() }))
    .sort((one, other) => (other.node.sizeBytes ?? -1) - (one.node.sizeBytes ?? -1));
}

/** What a program takes: all of it, and what nothing else uses. */
export interface Share {
  readonly name: string;
  readonly allBytes: number;
  readonly ownBytes: number;
}

/** The share of each program, the largest first. */
export function sharesOf(map: ProgramMap): readonly Share[] {
  const rows = rowsOf(map);
  const sizeOf = (wanted: readonly MapRow[]): number =>
    wanted.reduce((sum, { node }) => sum + (node.sizeBytes ?? 0), 0);
  return [...new Set(map.roots.map(({ name }) => name))]
    .map((name) => {
      const used = rows.filter(({ usedBy }) => usedBy.includes(name));
      return { name, allBytes: sizeOf(used), ownBytes: sizeOf(used.filter(({ usedBy }) => usedBy.length === 1)) };
    })
    .sort((one, other) => other.allBytes - one.allBytes);
}

/** Where arrow keys lead. */
export const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The node one gets to by an arrow key: the nearest that lies mostly in that direction. */
export function neighbourOf(drawing: Drawing, from: string, key: string): string | null {
  const start = drawing.byKey.get(from);
  if (start === undefined) return drawing.nodes[0]?.node.key ?? null;
  const [dx, dy] = directions[key] ?? [0, 0];
  let best: { readonly key: string; readonly distance: number } | null = null;
  for (const { node, x, y } of drawing.nodes) {
    const ahead = (x - start.x) * dx + (y - start.y) * dy;
    if (ahead <= 0) continue;
    const aside = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx);
    // Up and down stay in their layer, where the next one is.
    if (dy !== 0 && aside > 0) continue;
    const distance = ahead + 2 * aside;
    if (best === null || distance < best.distance) best = { key: node.key, distance };
  }
  return best?.key ?? null;
}
