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

/** One way in which a program appears outside of our window. */
export const DesktopEntry = z.object({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  kind: z.enum(['menu', 'autostart', 'file-types', 'alias']),
  /** What people see of it: the name in the menu, or the command. */
  name: z.string(),
  /** The app or the address of the program; null if it is not known. */
  of: z.string().nullable(),
  path: z.string(),
  /** Whether it is this user's to remove. */
  isRemovable: z.boolean(),
});
export type DesktopEntry = z.infer<typeof DesktopEntry>;
