import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { Stability, type AppName, type ImpactRow, type InterfaceUri, type JobId } from '../../shared/model/index.ts';
import { restrictionsOf } from '../core/apps/holding.ts';
import {
  componentKey,
  findFlaws,
  flawId,
  seenNow,
  usesByComponent,
  versionKey,
  type Flaw,
  type Use,
} from '../core/impact/impact.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StatePort } from '../core/ports/state.ts';
import type { AppLookup } from './app-lookup.ts';
import type { AppPast } from './app-past.ts';
import { createImpactFacts, type WouldUse } from './impact-facts.ts';
import type { JobService } from './job-service.ts';
import type { LibraryService } from './library-service.ts';
import type { RunService } from './run-service.ts';
import type { SelectService } from './select-service.ts';
import type { UpdatesService } from './updates-service.ts';

/**
 * Tells which programs use a version that its feed has come to call buggy or insecure, and replaces it. What was found out is
 * kept: only components and programs that something has changed for are looked at again.
 */
export interface ImpactService {
  /** From the feeds that are here; no network. Dismissed rows are left out. */
  list(): Promise<readonly ImpactRow[]>;
  /** Looks again, because programs may have changed; says so if the list is another one. */
  look(): void;
  /** Looks at what uses a feed or an interface, of which something was stored. */
  noteChanged(name: string): void;
  /** Versions came or went: what would be used instead may be another one, or be here. */
  noteStored(): void;
  /** Takes the replacement for the program of a row. @throws AppError `no-such` */
  take(id: string): Promise<JobId>;
  /** Until its feed says something else. @throws AppError `no-such` */
  dismiss(id: string): Promise<void>;
  /** Waits for what is being done. */
  close(): Promise<void>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'versions'>;
  readonly select: Pick<SelectService, 'local' | 'policy' | 'packageReplies'>;
  /** A text that is another one when these feeds are. */
  readonly feedState: (feeds: readonly string[]) => Promise<string>;
  readonly library: Pick<LibraryService, 'read'>;
  readonly lookup: Pick<AppLookup, 'all' | 'requirementsOf'>;
  readonly past: Pick<AppPast, 'holding'>;
  readonly titleOf: (uri: string) => string;
  readonly updates: Pick<UpdatesService, 'take'>;
  readonly run: Pick<RunService, 'download'>;
  readonly jobs: Pick<JobService, 'ended' | 'get'>;
  readonly state: StatePort;
  readonly log: LogPort;
  readonly onChanged: () => void;
}

const ImpactFile = z.object({
  version: z.literal(1),
  seen: z.record(z.string(), Stability).default({}),
  dismissed: z.array(z.string()).default([]),
});
type ImpactFile = z.infer<typeof ImpactFile>;

const fileName = 'impact';

/** Creates the service. */
export function createImpactService(deps: Deps): ImpactService {
  const { library, lookup, state, log } = deps;
  const facts = createImpactFacts({ ...deps, stateOf: deps.feedState });
  let last: Promise<unknown> = Promise.resolve();
  let isWaiting = false;
  let hasLooked = false;
  let isClosed = false;
  let shown = '';

  /** One after the other: each reads and writes what is known. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };

  const readFile = async (): Promise<ImpactFile> => {
    const parsed = ImpactFile.safeParse(await state.read(fileName));
    return parsed.success ? parsed.data : { version: 1, seen: {}, dismissed: [] };
  };

  const findUses = async (): Promise<{
    readonly uses: readonly Use[];
    readonly apps: ReadonlyMap<string, StoredApp>;
  }> => {
    const apps = await lookup.all();
    const uses = Object.entries(await library.read()).flatMap(([uri, { versions }]) => {
      const app = apps.get(uri);
      if (app !== undefined) return appUses(uri, app);
      return Object.entries(versions).map(([key, version]) => lastUse(uri, key, version));
    });
    return { uses, apps };
  };

  const toRow = async (flaw: Flaw, apps: ReadonlyMap<string, StoredApp>): Promise<ImpactRow> => {
    const { use, judged, before, now } = flaw;
    return {
      id: flawId(flaw),
      program: {
        interface: use.program as InterfaceUri,
        name: deps.titleOf(use.program),
        app: (apps.get(use.program)?.name ?? null) as AppName | null,
      },
      component: {
        interface: use.interface as InterfaceUri,
        name: deps.titleOf(use.interface),
        isSource: use.isSource,
      },
      version: judged.version,
      fromFeed: judged.fromFeed as ImpactRow['fromFeed'],
      implementation: judged.id as ImpactRow['implementation'],
      before,
      now,
      ...(await instead(flaw, apps.get(use.program) ?? null)),
    };
  };

  /** What can be used instead, or could if the app were not held. */
  const instead = async (
    flaw: Flaw,
    app: StoredApp | null,
  ): Promise<Pick<ImpactRow, 'replacement' | 'withoutHold'>> => {
    const { program } = flaw.use;
    const replacement = replacementIn(await facts.wouldUse(program), flaw);
    const asItIs = { replacement, withoutHold: null };
    if (app === null || replacement !== null) return asItIs;
    const holding = await deps.past.holding(app);
    if (holding.hold === null) return asItIs;
    const released = await facts.wouldUse(program, restrictionsOf({ ...holding, hold: null }));
    const other = replacementIn(released, flaw);
    return { replacement, withoutHold: other && { version: other.version } };
  };

  const find = async (): Promise<readonly ImpactRow[]> => {
    const before = await readFile();
    const { uses, apps } = await findUses();
    const byComponent = usesByComponent(uses);
    const { versions, isWhole } = await facts.versions(byComponent);
    const flaws = findFlaws(byComponent, versions, before.seen);
    const ids = new Set(flaws.map(flawId));
    const seen = seenNow(byComponent, versions, before.seen);
    const file: ImpactFile = isWhole
      ? // What is said no more is forgotten, so that it is news if it is said again.
        { version: 1, seen, dismissed: before.dismissed.filter((id) => ids.has(id)) }
      : { version: 1, seen: { ...before.seen, ...seen }, dismissed: before.dismissed };
    if (JSON.stringify(file) !== JSON.stringify(before)) await state.write(fileName, file);
    hasLooked = true;
    facts.retainPrograms(new Set(flaws.map(({ use }) => use.program)));
    const rows: ImpactRow[] = [];
    for (const flaw of flaws) if (!file.dismissed.includes(flawId(flaw))) rows.push(await toRow(flaw, apps));
    return rows;
  };

  const note = (rows: readonly ImpactRow[]): void => {
    const now = JSON.stringify(rows);
    if (now === shown) return;
    shown = now;
    if (!isClosed) deps.onChanged();
  };

  const dismissAll = async (ids: readonly string[]): Promise<void> => {
    const file = await readFile();
    await state.write(fileName, { ...file, dismissed: [...new Set([...file.dismissed, ...ids])] });
  };

  const rowOf = async (id: string): Promise<ImpactRow> => {
    const row = (await inTurn(find)).find((one) => one.id === id);
    if (row === undefined) throw new AppError('no-such', { what: 'alert', id: id.slice(0, 200) });
    return row;
  };

  const look = (): void => {
    // One that has not begun yet will see all of it.
    if (isWaiting || isClosed) return;
    isWaiting = true;
    void inTurn(async () => {
      isWaiting = false;
      if (!isClosed) note(await find());
    }).catch((error: unknown) => {
      log.warn('programs not checked for flaws', { reason: String(error) });
    });
  };

  return {
    look,
    noteChanged(name) {
      if (facts.noteChanged(name) || !hasLooked) look();
    },
    noteStored() {
      if (facts.noteStored()) look();
    },
    async list() {
      const rows = await inTurn(find);
      shown = JSON.stringify(rows);
      return rows;
    },
    async take(id) {
      const { program } = await rowOf(id);
      const job =
        program.app === null
          ? deps.run.download({ interface: program.interface, refresh: false })
          : await deps.updates.take(program.app);
      void deps.jobs
        .ended(job)
        .then(() =>
          inTurn(async () => {
            // The next start of a program that remembers nothing selects what is here now.
            if (deps.jobs.get(job).state !== 'done' || program.app !== null) return;
            const rows = await find();
            await dismissAll(rows.filter((row) => row.program.interface === program.interface).map((row) => row.id));
          }),
        )
        .then(look, (error: unknown) => {
          log.warn('replacement not noted', { reason: String(error) });
        });
      return job;
    },
    async dismiss(id) {
      await rowOf(id);
      await inTurn(() => dismissAll([id]));
      look();
    },
    async close() {
      isClosed = true;
      await last;
    },
  };
}

/** What takes the place of a flawed version; null if nothing does. */
function replacementIn(answer: WouldUse | null, { use, judged }: Flaw): ImpactRow['replacement'] {
  if (answer === null) return null;
  const chosen = answer.parts.find(({ role }) => componentKey(role) === componentKey(use))?.chosen ?? null;
  if (chosen !== null && versionKey(chosen) === versionKey(judged)) return null;
  return { version: chosen?.version ?? null, downloadBytes: answer.downloadBytes };
}

/** Of a program that was run as what was selected then. @param key role, as the library notes it */
function lastUse(program: string, key: string, version: string): Use {
  const isSource = key.endsWith('#source');
  const uri = isSource ? key.slice(0, -'#source'.length) : key;
  return { program, interface: uri, isSource, version, implementation: null };
}

/** Of a program that remembers its selections. */
function appUses(program: string, { selections }: StoredApp): readonly Use[] {
  return selections.selections
    .filter(({ kind }) => kind !== 'package')
    .map(({ interface: uri, isSource, version, fromFeed, id }) => {
      return { program, interface: uri, isSource, version, implementation: { fromFeed, id } };
    });
}
