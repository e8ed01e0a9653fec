import { z } from 'zod';
import { InterfaceUri, StoreItemId } from './ids.ts';

/** A version of a component that programs use. */
export const MapNode = z.object({
  /** Unique in the map. */
  key: z.string(),
  interface: InterfaceUri,
  name: z.string(),
  version: z.string(),
  isSource: z.boolean(),
  kind: z.enum(['stored', 'local', 'package']),
  digest: z.string().nullable(),
  /** null = not in a store. */
  item: StoreItemId.nullable(),
  sizeBytes: z.number().nullable(),
});
export type MapNode = z.infer<typeof MapNode>;

/** A program in *My apps*, or an app. */
export const MapRoot = z.object({
  name: z.string(),
  kind: z.enum(['library', 'app']),
  interface: InterfaceUri,
  node: z.string(),
  /** Everything it uses. */
  nodes: z.array(z.string()),
});
export type MapRoot = z.infer<typeof MapRoot>;

/** Everything installed, and what needs what. */
export const ProgramMap = z.object({
  roots: z.array(MapRoot),
  nodes: z.array(MapNode),
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Programs of which nothing could be chosen from what is here. */
  unknown: z.array(z.string()),
  /** Nodes that were left out, since there are too many. */
  moreCount: z.number(),
});
export type ProgramMap = z.infer<typeof ProgramMap>;
