import { z } from 'zod';

/** All levels, lowest first: the order is the meaning. */
export const stabilities = ['insecure', 'buggy', 'developer', 'testing', 'stable', 'packaged', 'preferred'] as const;

/** How far a version can be relied on. */
export const Stability = z.enum(stabilities);
export type Stability = z.infer<typeof Stability>;

/** The levels a person may choose as an interface's preferred stability; absent means the global setting. */
export const stabilityPolicies = ['stable', 'testing', 'developer'] as const;
