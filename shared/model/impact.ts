import { z } from 'zod';
import { FeedUrl, ImplementationId, InterfaceUri } from './ids.ts';
import { Stability } from './stability.ts';
import { AppName } from './timeline.ts';

/** A program that uses a version which its feed now calls buggy or insecure. */
export const ImpactRow = z.object({
  /** Names the row; another one when the feed says something else. */
  id: z.string().min(1).max(12_600),
  program: z.object({ interface: InterfaceUri, name: z.string(), app: AppName.nullable() }),
  component: z.object({ interface: InterfaceUri, name: z.string(), isSource: z.boolean() }),
  version: z.string(),
  fromFeed: FeedUrl,
  implementation: ImplementationId,
  /** What was known before, if anything was. */
  before: Stability.nullable(),
  now: z.enum(['buggy', 'insecure']),
  /** What would be used instead, as selected now; null if there is nothing else. */
  replacement: z
    .object({
      /** Of the component; null = not needed any more. */
      version: z.string().nullable(),
      downloadBytes: z.number(),
    })
    .nullable(),
  /**
   * What would be used if its app were not held at its versions; null unless the hold alone is in the way. `version` as in
   * `replacement`.
   */
  withoutHold: z.object({ version: z.string().nullable() }).nullable(),
});
export type ImpactRow = z.infer<typeof ImpactRow>;
export const ImpactList = z.array(ImpactRow);
