import { z } from 'zod';

/** Ways for a program to appear on the desktop that need nothing but a yes. */
export const DesktopPlace = z.enum(['menu', 'autostart', 'file-types']);
export type DesktopPlace = z.infer<typeof DesktopPlace>;

/** Where a program appears outside of our window. */
export const DesktopPresence = z.object({
  /** What can be done on this computer for this program. */
  possible: z.array(DesktopPlace),
  present: z.array(DesktopPlace),
  /** Names of commands that start it. */
  commands: z.array(z.string()),
});
export type DesktopPresence = z.infer<typeof DesktopPresence>;
