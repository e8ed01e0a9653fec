import { AppError, isAppError, toErrorData } from '../../shared/errors/app-error.ts';
import type { AppName, InterfaceUri, JobId, Timeline, TimelineApp, TimelineApps } from '../../shared/model/index.ts';
import type { HistoryStep } from '../core/apps/history.ts';
import { rootVersion } from '../core/apps/update-report.ts';
import type { AppStorePort, StoredApp } from '../core/ports/app-store.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { AppAvailability } from './app-availability.ts';
import type { AppPast } from './app-past.ts';
import type { RunService } from './run-service.ts';
import { lastSegment } from './solve-view.ts';

/** The Time line page: what apps have been started with. Everything is named by the app and the number of an entry. */
export interface TimelineService {
  /** An app as lists show it. */
  summary(app: StoredApp): TimelineApp;
  /** Name of a component, from its feed if that is here. */
  titleOf(uri: string): string;
  apps(): Promise<TimelineApps>;
  /** @throws AppError `app-missing`, and what reading an app throws */
  view(name: string): Promise<Timeline>;
  /** Starts the app as an entry says, this once; null = as it is now. */
  run(name: string, number: number | null): Promise<JobId>;
  /** @throws AppError `app-missing`, `no-such`, `not-allowed` */
  goBack(name: string, number: number): Promise<void>;
  undo(name: string): Promise<void>;
  hold(name: string, until: string | null): Promise<void>;
  skip(name: string, number: number, until: string | null): Promise<void>;
  release(name: string, what: 'hold' | 'skips'): Promise<void>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'names' | 'read'>;
  readonly past: AppPast;
  readonly availability: AppAvailability;
  readonly run: Pick<RunService, 'runEntry'>;
  /** A cached or local feed. */
  readonly readFeed: (name: string) => FeedLookup;
  readonly onChanged: () => void;
}

/** Creates the service. */
export function createTimelineService(deps: Deps): TimelineService {
  const { apps, past, availability, readFeed, onChanged } = deps;

  const titleOf = (uri: string): string => {
    const found = readFeed(uri);
    return found.status === 'ready' ? found.feed.title : lastSegment(uri);
  };

  const find = async (name: string): Promise<StoredApp> => {
    const app = await apps.read(name);
    if (!app) throw new AppError('app-missing', { name });
    return app;
  };

  const summary = ({ name, requirements, selections }: StoredApp): TimelineApp => ({
    name: name as AppName,
    interface: requirements.interface as InterfaceUri,
    title: titleOf(requirements.interface),
    version: rootVersion(selections),
  });

  const stepOf = async (app: StoredApp, number: number): Promise<HistoryStep> => {
    const step = (await past.history(app)).steps.find((each) => each.number === number);
    if (!step) throw new AppError('no-such', { what: 'entry', id: String(number) });
    return step;
  };

  const change = async (name: string, work: (app: StoredApp) => Promise<unknown>): Promise<void> => {
    await work(await find(name));
    onChanged();
  };

  return {
    summary,
    titleOf,
    async apps() {
      const found: TimelineApp[] = [];
      const damaged: TimelineApps['damaged'] = [];
      for (const name of await apps.names()) {
        try {
          const app = await apps.read(name);
          if (app) found.push(summary(app));
        } catch (error) {
          if (!isAppError(error)) throw error;
          damaged.push({ name, error: toErrorData(error) });
        }
      }
      return { apps: found, damaged };
    },
    async view(name) {
      const app = await find(name);
      const [{ steps, lost }, holding] = await Promise.all([past.history(app), past.holding(app)]);
      const entries: Timeline['entries'] = [];
      for (const { number, at, cause, selections, changes } of steps) {
        entries.unshift({
          number,
          at: Date.parse(at) === 0 ? null : at,
          cause,
          version: rootVersion(selections),
          changes: changes.map(({ interface: uri, from, to }) => ({
            interface: uri as InterfaceUri,
            name: titleOf(uri),
            from,
            to,
          })),
          isHere: await availability.isHere(selections),
          isPresent: number === steps.at(-1)?.number,
        });
      }
      return {
        app: summary(app),
        entries,
        lost: lost.map(({ number, reason }) => ({ number, reason })),
        hold: holding.hold === null ? null : { until: holding.hold.until },
        skips: holding.skips.map(({ interface: uri, version, until }) => ({ name: titleOf(uri), version, until })),
        canUndo: steps.at(-1)?.cause === 'rollback' && steps.length > 1,
      };
    },
    async run(name, number) {
      const app = await find(name);
      const selections = number === null ? app.selections : (await stepOf(app, number)).selections;
      return deps.run.runEntry(app, selections);
    },
    goBack: (name, number) => change(name, async (app) => past.goBack(app, await stepOf(app, number))),
    undo: (name) => change(name, (app) => past.undoGoBack(app)),
    hold: (name, until) => change(name, (app) => past.hold(app, until)),
    skip: (name, number, until) => change(name, (app) => past.skip(app, number, until)),
    release: (name, what) => change(name, (app) => past.release(app, what)),
  };
}
