import { z } from 'zod';
import { stabilities } from './stability-levels.ts';

export { stabilities };

/** How far a version can be relied on. */
export const Stability = z.enum(stabilities);
export type Stability = z.infer<typeof Stability>;

/** The levels a person may choose as an interface's preferred stability; absent means the global setting. */
export const stabilityPolicies = ['packaged', 'stable', 'testing', 'developer'] as const;
