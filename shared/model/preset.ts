import { z } from 'zod';
import { Comparison } from './decision.ts';
import { InterfaceUri } from './ids.ts';
import { presets } from './preset-names.ts';
import { NetworkUse } from './settings.ts';
import { Stability } from './stability.ts';

export const Preset = z.enum(presets);
export type Preset = z.infer<typeof Preset>;

/** Why a way to choose is not possible: no app, nothing on this computer, no local feed. */
export const PresetObstacle = z.enum(['no-app', 'nothing-here', 'no-own-build']);
export type PresetObstacle = z.infer<typeof PresetObstacle>;

/** A local feed that a person has chosen in this session. Never a path. */
export const LocalFeedId = z
  .string()
  .regex(/^local-[0-9]+$/)
  .brand<'LocalFeedId'>();
export type LocalFeedId = z.infer<typeof LocalFeedId>;

/** How versions are chosen now, for one program or for all of *My apps*. */
export const PresetView = z.object({
  /** Of the program; null for all. */
  name: z.string().nullable(),
  /** null: settings that none of them stands for. */
  inForce: Preset.nullable(),
  choices: z.array(
    z.object({
      preset: Preset,
      obstacle: PresetObstacle.nullable(),
      /** Programs that it can be applied to, of how many. */
      programs: z.number(),
      of: z.number(),
    }),
  ),
});
export type PresetView = z.infer<typeof PresetView>;

/** A real setting that changes. Those of networks and testing hold for every program. */
export const PresetChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('network'), networkUse: NetworkUse }),
  z.object({ kind: z.literal('testing'), isOn: z.boolean() }),
  z.object({ kind: z.literal('policy'), name: z.string(), policy: Stability.nullable() }),
  z.object({ kind: z.literal('prefer'), name: z.string(), version: z.string() }),
  z.object({ kind: z.literal('unrate'), name: z.string(), version: z.string(), rating: Stability }),
  z.object({ kind: z.literal('feed'), name: z.string(), feed: z.string() }),
  z.object({ kind: z.literal('hold'), name: z.string() }),
  z.object({ kind: z.literal('release'), name: z.string() }),
]);
export type PresetChange = z.infer<typeof PresetChange>;

/** What choosing otherwise would change. */
export const PresetPreview = z.object({
  obstacle: PresetObstacle.nullable(),
  changes: z.array(PresetChange),
  /** Programs whose selection would be another one. */
  programs: z.array(z.object({ interface: InterfaceUri, name: z.string(), comparison: Comparison })),
});
export type PresetPreview = z.infer<typeof PresetPreview>;
