import { z } from 'zod';
import { actionIds } from '../actions.ts';
import { InterfaceUri } from '../model/ids.ts';

const nothing = z.object({});

/** Calls about the window itself. */
export const windowCalls = {
  'window.zoom': { input: z.object({ to: z.enum(['in', 'out', 'reset']) }), output: nothing },
  /** A report for whoever helps, without what is personal; nothing is sent. */
  'window.report': {
    input: z.object({ about: InterfaceUri.nullable(), crash: z.string().max(20_000).nullable() }),
    output: z.object({ text: z.string() }),
  },
  /** Which actions can be carried out now, for the menus. */
  'window.possible': { input: z.object({ actions: z.array(z.enum(actionIds)).max(200) }), output: nothing },
} as const;

/** Events about the window itself. */
export const windowEvents = {
  /** A menu asks for an action. */
  'action.wanted': z.object({ action: z.enum(actionIds) }),
} as const;
