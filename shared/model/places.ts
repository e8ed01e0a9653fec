import { z } from 'zod';

/** Where programs come from, and where they are stored. */
export const Places = z.object({
  /** URLs and absolute paths of catalogues, in order. */
  sources: z.array(z.object({ url: z.string() })),
  /** Whether these are what the program comes with. */
  areSourcesUsual: z.boolean(),
  /** In the order they are searched. `isOwn`: listed by the person, who may take it off the list. */
  stores: z.array(z.object({ name: z.string(), path: z.string(), isWritable: z.boolean(), isOwn: z.boolean() })),
});
export type Places = z.infer<typeof Places>;

/** A program that a search of the mirror found. Nothing of it is signed. */
export const FoundProgram = z.object({
  uri: z.string(),
  name: z.string(),
  summary: z.string(),
  /** How well it fits, 0 to 100. */
  score: z.number(),
});
export type FoundProgram = z.infer<typeof FoundProgram>;
