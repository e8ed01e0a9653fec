import { z } from 'zod';
import { actionIds } from '../actions.ts';

const nothing = z.object({});

/** Calls about the window itself. */
export const windowCalls = {
  'window.zoom': { input: z.object({ to: z.enum(['in', 'out', 'reset']) }), output: nothing },
  /** Which actions can be carried out now, for the menus. */
  'window.possible': { input: z.object({ actions: z.array(z.enum(actionIds)).max(200) }), output: nothing },
} as const;

/** Events about the window itself. */
export const windowEvents = {
  /** A menu asks for an action. */
  'action.wanted': z.object({ action: z.enum(actionIds) }),
} as const;
