import type { Stability } from '../../../shared/model/stability.ts';

/** The levels, and whether a feed may give them; the others are a person's or a package manager's to give. */
const levels: Readonly<Record<Stability, boolean>> = {
  insecure: true,
  buggy: true,
  developer: true,
  testing: true,
  stable: true,
  packaged: false,
  preferred: false,
};

/** Whether a text is one of the seven levels. */
export function isStability(text: string): text is Stability {
  return Object.hasOwn(levels, text);
}

/** Whether a feed may say this of its versions. @see feeds.md 10 */
export function isFeedStability(stability: Stability): boolean {
  return levels[stability];
}
