import { AppError, isAppError, toErrorData } from '../../shared/errors/app-error.ts';
import type {
  AppName,
  ComponentNews,
  InterfaceUri,
  JobId,
  TimelineApp,
  UpdateList,
  UpdateNews,
  UpdateRow,
} from '../../shared/model/index.ts';
import { notesBetween } from '../core/apps/release-notes.ts';
import { rootVersion } from '../core/apps/update-report.ts';
import type { AppStorePort, StoredApp } from '../core/ports/app-store.ts';
import type { ConditionsPort } from '../core/ports/conditions.ts';
import type { NotesPort } from '../core/ports/notes.ts';
import type { StorePort } from '../core/ports/store.ts';
import { selectionChanges, type SelectionChange } from '../core/selections/changes.ts';
import type { Selection, Selections } from '../core/selections/model.ts';
import type { AppJobs } from './app-jobs.ts';
import type { AppPast } from './app-past.ts';
import type { SelectService } from './select-service.ts';
import { downloadBytesOf, needsFetch, unsolvedError } from './solve-view.ts';

/** The Updates page: what is new for all apps. */
export interface UpdatesService {
  /** From the feeds that are here, without network. */
  list(): Promise<UpdateList>;
  /** Fetches the feeds of all apps again; those that cannot be had stop none of the others. */
  look(): JobId;
  /** Takes the update of an app, as `list` shows it. @throws AppError `app-missing` */
  take(name: string): Promise<JobId>;
  /** Downloads it without taking it, so that it can be looked at. @throws AppError `app-missing` */
  fetch(name: string): Promise<JobId>;
  /** Never takes the versions that it would bring. @throws AppError `app-missing` */
  skip(name: string): Promise<void>;
  /** What its files say and how they differ. @throws AppError `app-missing`, `no-solution`, `solve-failed` */
  news(name: string): Promise<UpdateNews>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'names' | 'read'>;
  readonly past: Pick<AppPast, 'holding' | 'lift' | 'skipVersions'>;
  readonly select: Pick<SelectService, 'local'>;
  readonly store: Pick<StorePort, 'lookup' | 'diff'>;
  readonly appJobs: AppJobs;
  readonly notes: NotesPort;
  readonly conditions: ConditionsPort;
  readonly summary: (app: StoredApp) => TimelineApp;
  readonly titleOf: (uri: string) => string;
  readonly onChanged: () => void;
}

/** An app whose files are damaged. */
interface Unreadable {
  readonly name: string;
  readonly error: AppError;
}

const maxRunnable = 20;

/** Creates the service. */
export function createUpdatesService(deps: Deps): UpdatesService {
  const { apps, past, select, store, appJobs, titleOf } = deps;

  const find = async (name: string): Promise<StoredApp> => {
    const app = await apps.read(name);
    if (!app) throw new AppError('app-missing', { name });
    return past.lift(app);
  };

  const all = async (): Promise<readonly (StoredApp | Unreadable)[]> => {
    const found: (StoredApp | Unreadable)[] = [];
    for (const name of await apps.names()) {
      try {
        found.push(await find(name));
      } catch (error) {
        if (!isAppError(error)) throw error;
        found.push({ name, error });
      }
    }
    return found;
  };

  const solve = async ({ requirements }: StoredApp) => {
    const answer = await select.local(requirements);
    if (answer.status !== 'solved') throw unsolvedError(requirements.interface, answer);
    return answer;
  };

  const rowOf = async (app: StoredApp): Promise<UpdateRow> => {
    const summary = deps.summary(app);
    const nothing = { app: summary, version: summary.version, changes: [], downloadBytes: 0, isHeld: false };
    try {
      const isHeld = (await past.holding(app)).hold !== null;
      const { selections, tree } = await solve(app);
      const downloadBytes = downloadBytesOf(tree);
      const changes = selectionChanges(app.selections, selections).map(({ interface: uri, from, to }) => {
        return { interface: uri as InterfaceUri, name: titleOf(uri), from, to };
      });
      return { app: summary, version: rootVersion(selections), changes, downloadBytes, isHeld, error: null };
    } catch (error) {
      return { ...nothing, error: toErrorData(error) };
    }
  };

  const directoryOf = async (selection: Selection | undefined): Promise<string | null> => {
    if (selection?.kind === 'local') return selection.localPath;
    return selection?.kind === 'stored' ? ((await store.lookup(selection.digests))?.path ?? null) : null;
  };

  const newsOf = async (change: SelectionChange, before: Selections, after: Selections): Promise<ComponentNews> => {
    const in_ = ({ selections }: Selections): Selection | undefined =>
      selections.find((each) => each.interface === change.interface && each.isSource === change.isSource);
    const [old, current] = [in_(before), in_(after)];
    const [from, to] = [await directoryOf(old), await directoryOf(current)];
    const found = to === null ? null : await deps.notes.read(to, current?.attributes['doc-dir'] ?? null);
    const text = found === null ? null : notesBetween(found.text, change.from, change.to ?? '');
    return {
      name: titleOf(change.interface),
      from: change.from,
      to: change.to,
      notes: found === null || text === null ? null : { file: found.file, text },
      files: from === null || to === null || from === to ? null : await filesBetween(from, to),
    };
  };

  const filesBetween = async (from: string, to: string): Promise<ComponentNews['files']> => {
    const { changes, bytesBefore, bytesAfter } = await store.diff(from, to);
    const count = (kind: string): number =>
      changes.filter((each) => each.change === kind && each.type === 'file').length;
    return {
      added: count('added'),
      removed: count('removed'),
      changed: count('changed'),
      bytesBefore,
      bytesAfter,
      runnable: changes
        .filter(({ aspects }) => aspects.includes('executable'))
        .slice(0, maxRunnable)
        .map(({ path }) => path),
    };
  };

  return {
    async list() {
      const [found, conditions] = await Promise.all([all(), deps.conditions.read()]);
      const rows: UpdateRow[] = [];
      for (const app of found) {
        if (!('error' in app)) rows.push(await rowOf(app));
        else {
          const summary = {
            name: app.name as AppName,
            interface: app.name as InterfaceUri,
            title: app.name,
            version: '',
          };
          const error = toErrorData(app.error);
          rows.push({ app: summary, version: '', changes: [], downloadBytes: 0, isHeld: false, error });
        }
      }
      return { rows, ...conditions };
    },
    look: () => appJobs.look(async () => (await all()).filter((app): app is StoredApp => !('error' in app))),
    take: async (name) => appJobs.take(await find(name), true),
    fetch: async (name) => appJobs.take(await find(name), false),
    async skip(name) {
      const app = await find(name);
      const { selections } = await solve(app);
      const brought = selectionChanges(app.selections, selections).filter(
        ({ from, to }) => from !== null && to !== null,
      );
      // The program itself if it changes; else the libraries that do.
      const root = brought.filter(({ interface: uri }) => uri === app.requirements.interface);
      const skips = (root.length > 0 ? root : brought).map(({ interface: uri, to }) => {
        return { interface: uri, version: to ?? '', until: null };
      });
      await past.skipVersions(app, skips);
      deps.onChanged();
    },
    async news(name) {
      const app = await find(name);
      const { selections, tree } = await solve(app);
      const components: ComponentNews[] = [];
      for (const change of selectionChanges(app.selections, selections)) {
        components.push(await newsOf(change, app.selections, selections));
      }
      return { components, isHere: !tree.some(needsFetch) };
    },
  };
}
