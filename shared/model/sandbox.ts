import { z } from 'zod';

/** What an app that is run apart from the rest of the computer may use. */
export const SandboxView = z.object({
  isOn: z.boolean(),
  allowsNetwork: z.boolean(),
  /** Folders it may change. */
  writable: z.array(z.string()),
  /** Folders it may only read. */
  readable: z.array(z.string()),
  /** What has to be installed first; null = nothing. */
  missingPackage: z.string().nullable(),
});
export type SandboxView = z.infer<typeof SandboxView>;
