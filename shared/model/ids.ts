import { z } from 'zod';

/** The URL of an interface, or the absolute path of a local feed that is one. */
export const InterfaceUri = z.string().min(1).max(4096).brand<'InterfaceUri'>();
export type InterfaceUri = z.infer<typeof InterfaceUri>;

/** An interface that a person asks for: nothing else can be one. */
export const ProgramUri = z
  .string()
  .max(4096)
  .regex(/^(https?:\/\/|\/|[A-Za-z]:\\)\P{Cc}+$/u)
  .brand<'InterfaceUri'>();

/** The URL or absolute path of a feed; `distribution:` and one of these for native packages. */
export const FeedUrl = z.string().min(1).max(4200).brand<'FeedUrl'>();
export type FeedUrl = z.infer<typeof FeedUrl>;

/** The id of an implementation, unique within its feed. */
export const ImplementationId = z.string().min(1).max(4096).brand<'ImplementationId'>();
export type ImplementationId = z.infer<typeof ImplementationId>;

/** A running or finished job of this start of the program. */
export const JobId = z
  .string()
  .regex(/^job-[0-9]+$/)
  .brand<'JobId'>();
export type JobId = z.infer<typeof JobId>;

/** The way back from something that was done in this session. */
export const UndoId = z
  .string()
  .regex(/^undo-[0-9]+$/)
  .brand<'UndoId'>();
export type UndoId = z.infer<typeof UndoId>;

/** An entry of a store: the store's number in the list and a directory name, `0:sha256new_…`. Never a path. */
export const StoreItemId = z
  .string()
  .regex(/^[0-9]{1,3}:[^/\0]{1,255}$/)
  .brand<'StoreItemId'>();
export type StoreItemId = z.infer<typeof StoreItemId>;
