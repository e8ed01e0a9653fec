import { z } from 'zod';
import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { StatePort } from '../core/ports/state.ts';
import type { StoreEntry } from '../core/ports/store.ts';

const File = z.object({ version: z.literal(1), verified: z.record(z.string().max(300), z.string().max(40)) });

/** Remembers when stored implementations were found to be what their names say. */
export interface VerificationLog {
  note(entry: Pick<StoreEntry, 'path'>): Promise<void>;
  forget(entry: Pick<StoreEntry, 'path'>): Promise<void>;
  /** ISO 8601, by path. Adding one is a verification too, which is not in here. */
  read(): Promise<Readonly<Record<string, string>>>;
}

const fileName = 'verified';
/** The oldest go. */
const maxEntries = 5000;

/** Creates the log. That it cannot be written is no reason for a verification to fail. */
export function createVerificationLog({
  state,
  clock,
  log,
}: {
  readonly state: StatePort;
  readonly clock: Pick<ClockPort, 'now'>;
  readonly log: LogPort;
}): VerificationLog {
  let last: Promise<void> = Promise.resolve();
  const read = async (): Promise<Record<string, string>> => {
    const parsed = File.safeParse(await state.read(fileName));
    return parsed.success ? parsed.data.verified : {};
  };
  const change = (edit: (all: Record<string, string>) => Record<string, string>): Promise<void> => {
    last = last
      .then(async () => {
        const all = Object.entries(edit(await read())).slice(-maxEntries);
        await state.write(fileName, { version: 1, verified: Object.fromEntries(all) });
      })
      .catch((error: unknown) => {
        log.warn('verification not noted', { reason: String(error) });
      });
    return last;
  };
  const without = (all: Record<string, string>, path: string): Record<string, string> =>
    Object.fromEntries(Object.entries(all).filter(([key]) => key !== path));
  return {
    note: ({ path }) => change((all) => ({ ...without(all, path), [path]: new Date(clock.now()).toISOString() })),
    forget: ({ path }) => change((all) => without(all, path)),
    read,
  };
}
