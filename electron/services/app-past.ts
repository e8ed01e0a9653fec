import { AppError } from '../../shared/errors/app-error.ts';
import { withChanges, type HistoryEntry, type HistoryStep, type LostEntry } from '../core/apps/history.ts';
import {
  lifted,
  noHolding,
  reconcile,
  restrictionsOf,
  type Holding,
  type Restrictions,
  type Skip,
} from '../core/apps/holding.ts';
import { withRestrictions } from '../core/apps/restrictions.ts';
import type { AppHoldingPort, StoredHolding } from '../core/ports/app-holding.ts';
import type { AppHistoryPort, AppStorePort, StoredApp } from '../core/ports/app-store.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { Selections } from '../core/selections/model.ts';
import { parseVersion } from '../core/version/version.ts';
import type { AppAvailability } from './app-availability.ts';

/** What an app is given as its present, with the reason. */
export type NewEntry = Omit<HistoryEntry, 'number' | 'at'>;

/** What an app has been started with, going back in it, and which updates it is kept from. */
export interface AppPast {
  /** Its selections, oldest first. An app of the reference begins with the present ones. */
  history(app: StoredApp): Promise<{ readonly steps: readonly HistoryStep[]; readonly lost: readonly LostEntry[] }>;
  /** Remembers the present selections, if nothing is remembered yet, and then others. */
  remember(app: StoredApp, entry: NewEntry): Promise<void>;
  /** What it is kept from, as the requirements say now. */
  holding(app: StoredApp): Promise<StoredHolding>;
  /**
   * Makes the app start with what it had before, and stay there: every version of it is held. All of it must be on this
   * computer.
   *
   * @throws AppError `not-allowed`
   */
  goBack(app: StoredApp, entry: HistoryEntry): Promise<void>;
  /** Undoes the last going back: selections, requirements, what is held and skipped. @throws AppError `not-allowed` */
  undoGoBack(app: StoredApp): Promise<HistoryEntry>;
  /** Keeps it at its present versions. @param until ISO 8601; null = until it is released */
  hold(app: StoredApp, until: string | null): Promise<void>;
  /**
   * Never takes what an entry brought. If that is what the app has now, it goes back to the entry before.
   *
   * @param until a version of the program: nothing before it is taken either
   * @throws AppError `not-allowed`, `bad-version`
   */
  skip(app: StoredApp, number: number, until: string | null): Promise<void>;
  /** Never takes these versions. @throws AppError `bad-version` */
  skipVersions(app: StoredApp, skips: readonly Skip[]): Promise<void>;
  /** Takes updates again: all of them, or those that were held back or skipped. */
  release(app: StoredApp, what: 'hold' | 'skips' | 'all'): Promise<void>;
  /** Sets version expressions for components; `null` removes one. What is asked for counts more than what is held. @throws AppError `bad-version` */
  restrict(app: StoredApp, changes: Readonly<Record<string, string | null>>): Promise<void>;
  /** Changes what is asked for and held. @returns what makes it as it was, while the app is there */
  restorable(app: StoredApp, change: () => Promise<void>): Promise<() => Promise<void>>;
  /** Ends a hold whose time is over. To be asked before an update is looked for. @returns the app as it is then */
  lift(app: StoredApp): Promise<StoredApp>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'writeSelections' | 'writeRequirements'>;
  readonly history: AppHistoryPort;
  readonly holding: AppHoldingPort;
  readonly availability: AppAvailability;
  readonly clock: Pick<ClockPort, 'now'>;
}

/** Creates the service. */
export function createAppPast(deps: Deps): AppPast {
  const { apps, availability, clock } = deps;

  const remember: AppPast['remember'] = async (app, entry) => {
    const { entries, lost } = await deps.history.list(app);
    if (entries.length === 0 && lost.length === 0 && entry.cause !== 'add') {
      await deps.history.add(app, { cause: 'add', requirements: app.requirements, selections: app.selections });
    }
    await deps.history.add(app, entry);
  };

  const history: AppPast['history'] = async (app) => {
    const { entries, lost } = await deps.history.list(app);
    const { requirements, selections } = app;
    const first: HistoryEntry = { number: 1, at: new Date(0).toISOString(), cause: 'add', requirements, selections };
    return { steps: withChanges(entries.length === 0 && lost.length === 0 ? [first] : entries), lost };
  };

  const read = async (app: StoredApp): Promise<StoredHolding> => {
    const present = app.requirements.restrictions;
    const stored = (await deps.holding.read(app)) ?? { ...noHolding(present), previous: null };
    return { ...reconcile(stored, present), previous: stored.previous };
  };

  /** Writes what is wanted from now on, also where other programs look. */
  const keep = async (app: StoredApp, wanted: Holding, previous: Holding | null): Promise<StoredApp> => {
    const written = restrictionsOf(wanted);
    const requirements = { ...app.requirements, restrictions: written };
    const isNothing = wanted.hold === null && wanted.skips.length === 0 && previous === null;
    await deps.holding.write(app, isNothing ? null : { ...wanted, written, previous });
    if (!isSame(written, app.requirements.restrictions)) await apps.writeRequirements(app.name, requirements);
    return { ...app, requirements };
  };

  const takeBack = async (app: StoredApp, selections: Selections, wanted: Holding): Promise<void> => {
    if (!(await availability.isHere(selections))) {
      throw new AppError('not-allowed', { reason: 'part of what it used then is no longer on this computer' });
    }
    const { previous: _, ...before } = await read(app);
    const { requirements } = await keep(app, wanted, before);
    await apps.writeSelections(app.name, selections);
    await remember(app, { cause: 'rollback', requirements, selections });
  };

  const skipVersions: AppPast['skipVersions'] = async (app, skips) => {
    for (const { version, until } of skips) {
      parseVersion(version);
      if (until !== null) parseVersion(until);
    }
    const holding = await read(app);
    await keep(app, withSkips(holding, skips), holding.previous);
  };

  return {
    history,
    remember,
    holding: read,
    skipVersions,
    async goBack(app, { selections }) {
      const holding = await read(app);
      await takeBack(app, selections, { ...holding, hold: { versions: versionsOf(selections), until: null } });
    },
    async undoGoBack(app) {
      const { entries } = await deps.history.list(app);
      const index = entries.findLastIndex(({ cause }) => cause === 'rollback');
      const before = entries[index - 1];
      if (!before) throw new AppError('not-allowed', { reason: 'the app was not taken back' });
      const { selections } = before;
      const { previous } = await read(app);
      const { restrictions } = before.requirements;
      const { requirements } = await keep(app, previous ?? noHolding(restrictions), null);
      await apps.writeSelections(app.name, selections);
      await remember(app, { cause: 'change', requirements, selections });
      return before;
    },
    async hold(app, until) {
      if (until !== null && !(Date.parse(until) > clock.now())) {
        throw new AppError('not-allowed', { reason: 'this day has passed already' });
      }
      const holding = await read(app);
      await keep(app, { ...holding, hold: { versions: versionsOf(app.selections), until } }, holding.previous);
    },
    async skip(app, number, until) {
      const { steps } = await history(app);
      const index = steps.findIndex((step) => step.number === number);
      const step = steps[index];
      const before = steps[index - 1];
      if (!step) throw new AppError('no-such', { what: 'entry', id: String(number) });
      const skips = skipsOf(step, app, until);
      if (!before || skips.length === 0) {
        throw new AppError('not-allowed', { reason: 'this entry brought no version that could be skipped' });
      }
      const isPresent = skips.some(({ interface: uri, version }) =>
        app.selections.selections.some((each) => each.interface === uri && each.version === version),
      );
      if (!isPresent) return skipVersions(app, skips);
      const holding = await read(app);
      return takeBack(app, before.selections, { ...withSkips(holding, skips), hold: null });
    },
    async release(app, what) {
      const holding = await read(app);
      const hold = what === 'skips' ? holding.hold : null;
      await keep(app, { ...holding, hold, skips: what === 'hold' ? holding.skips : [] }, null);
    },
    async restrict({ name, requirements }, changes) {
      const restrictions = withRestrictions(requirements.restrictions, changes);
      await apps.writeRequirements(name, { ...requirements, restrictions });
    },
    async restorable(app, change) {
      const before = await deps.holding.read(app);
      await change();
      return async () => {
        await apps.writeRequirements(app.name, app.requirements);
        await deps.holding.write(app, before);
      };
    },
    async lift(app) {
      const holding = await read(app);
      const now = lifted(holding, clock.now());
      return now.hold === holding.hold ? app : keep(app, now, holding.previous);
    },
  };
}

/** Of everything but what the system's own package manager decides about. */
function versionsOf({ selections }: Selections): Restrictions {
  return Object.fromEntries(
    selections.filter(({ kind }) => kind !== 'package').map(({ interface: uri, version }) => [uri, version]),
  );
}

function withSkips(holding: Holding, skips: readonly Skip[]): Holding {
  const isNew = (skip: Skip): boolean =>
    !skips.some(({ interface: uri, version }) => uri === skip.interface && version === skip.version);
  return { ...holding, skips: [...holding.skips.filter(isNew), ...skips] };
}

/** What an entry brought, as versions to be skipped; `until` is about the program itself. */
function skipsOf({ changes, selections }: HistoryStep, app: StoredApp, until: string | null): readonly Skip[] {
  const root = app.requirements.interface;
  const brought = changes.flatMap(({ interface: uri, to }): Skip[] => {
    const isPackage = selections.selections.some((each) => each.interface === uri && each.kind === 'package');
    return to === null || isPackage ? [] : [{ interface: uri, version: to, until: uri === root ? until : null }];
  });
  if (until === null) return brought;
  parseVersion(until);
  if (!brought.some(({ interface: uri }) => uri === root)) {
    throw new AppError('not-allowed', { reason: 'this entry brought no version of the program itself' });
  }
  return brought.filter(({ interface: uri }) => uri === root);
}

function isSame(a: Restrictions, b: Restrictions): boolean {
  const uris = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...uris].every((uri) => a[uri] === b[uri]);
}
