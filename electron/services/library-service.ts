import { z } from 'zod';
import type { ClockPort } from '../core/ports/clock.ts';
import type { StatePort } from '../core/ports/state.ts';

const LibraryApp = z.object({
  addedAt: z.string(),
  lastRunAt: z.string().nullable().default(null),
  /** Name shown while its feed is not there. */
  name: z.string().nullable().default(null),
  /** Versions that ran the last time, by role key. */
  versions: z.record(z.string(), z.string()).default({}),
});
const LibraryFile = z.object({ version: z.literal(1), apps: z.record(z.string(), LibraryApp) });

/** A program in *My apps*. */
export type LibraryApp = Readonly<z.infer<typeof LibraryApp>>;

/** The person's own list of programs, kept in our state directory. */
export interface LibraryService {
  /** By interface URI. */
  read(): Promise<Readonly<Record<string, LibraryApp>>>;
  add(uri: string, name: string | null): Promise<void>;
  /** @returns its way back, with all that was known of it; null if it was not there */
  remove(uri: string): Promise<(() => Promise<void>) | null>;
  /** Notes that a program ran, and with which versions. */
  noteRun(uri: string, name: string, versions: Readonly<Record<string, string>>): Promise<void>;
}

const fileName = 'library';

/** Creates the service. Changes are made one after the other. */
export function createLibraryService({
  state,
  clock,
}: {
  readonly state: StatePort;
  readonly clock: ClockPort;
}): LibraryService {
  let last: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<Record<string, LibraryApp>> => {
    const parsed = LibraryFile.safeParse(await state.read(fileName));
    return parsed.success ? parsed.data.apps : {};
  };
  const change = (edit: (apps: Record<string, LibraryApp>) => Record<string, LibraryApp>): Promise<void> => {
    const next = last.then(async () => state.write(fileName, { version: 1, apps: edit(await read()) }));
    last = next.catch(() => undefined);
    return next;
  };
  const now = (): string => new Date(clock.now()).toISOString();
  const blank = (name: string | null): LibraryApp => ({ addedAt: now(), lastRunAt: null, name, versions: {} });

  return {
    read,
    add: (uri, name) => change((apps) => ({ ...apps, [uri]: apps[uri] ?? blank(name) })),
    async remove(uri) {
      let before: readonly (readonly [string, LibraryApp])[] = [];
      await change((apps) => {
        before = Object.entries(apps);
        return Object.fromEntries(before.filter(([key]) => key !== uri));
      });
      const index = before.findIndex(([key]) => key === uri);
      const entry = before[index];
      if (entry === undefined) return null;
      return () =>
        change((apps) => {
          if (apps[uri] !== undefined) return apps;
          return Object.fromEntries(Object.entries(apps).toSpliced(index, 0, [...entry]));
        });
    },
    noteRun: (uri, name, versions) =>
      change((apps) => ({ ...apps, [uri]: { ...(apps[uri] ?? blank(name)), name, lastRunAt: now(), versions } })),
  };
}
