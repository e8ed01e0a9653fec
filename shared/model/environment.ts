import { z } from 'zod';
import { InterfaceUri } from './ids.ts';

/** A component that has a say in the environment of a program. */
export const BoundPart = z.object({ interface: InterfaceUri, name: z.string(), version: z.string() });
export type BoundPart = z.infer<typeof BoundPart>;

/** One change of one variable. */
export const VariableChange = z.object({
  mode: z.enum(['replace', 'prepend', 'append']),
  value: z.string(),
  /** Whose files it is about. */
  of: BoundPart,
  /** Who wants it. */
  by: BoundPart,
});
export type VariableChange = z.infer<typeof VariableChange>;

/** A variable that a program gets otherwise than the person has it. */
export const ChangedVariable = z.object({
  name: z.string(),
  /** In the order in which they happen. */
  changes: z.array(VariableChange),
  /** Whether the person has one of that name. */
  isOwn: z.boolean(),
  /** What the person has, and what the program gets; null unless they were asked for, and where there is none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ChangedVariable = z.infer<typeof ChangedVariable>;

/** What a program is started with, and what it may use. */
export const EnvironmentSheet = z.object({
  interface: InterfaceUri,
  name: z.string(),
  version: z.string(),
  variables: z.array(ChangedVariable),
  /** Variables of the person that it gets as they are; values only if they were asked for. */
  inherited: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
  /** Names of variables of the person that it does not get. */
  withheld: z.array(z.string()),
  argv: z.array(z.string()),
  /** null = where the one is who starts it. */
  cwd: z.string().nullable(),
  /** Scripts that are written for it, by their paths. */
  launchers: z.array(z.string()),
  /** What it may use besides the system and its own home; null = all that the person may. */
  sandbox: z
    .object({ allowsNetwork: z.boolean(), writable: z.array(z.string()), readable: z.array(z.string()) })
    .nullable(),
  /** Not everything is downloaded: its directories are as they will be in the user's own store. */
  isPreview: z.boolean(),
  /** The same as lines for a shell; without values of the person. */
  shellText: z.string(),
});
export type EnvironmentSheet = z.infer<typeof EnvironmentSheet>;
