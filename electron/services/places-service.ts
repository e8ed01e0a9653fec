import { AppError } from '../../shared/errors/app-error.ts';
import type { JobId, Places, UndoId } from '../../shared/model/index.ts';
import type { CatalogSourcesPort } from '../core/ports/catalog-sources.ts';
import type { StoreFoldersPort } from '../core/ports/store-folders.ts';
import type { StorePort } from '../core/ports/store.ts';
import { parseHttpUrl } from '../core/trust/url.ts';
import type { CatalogService } from './catalog-service.ts';
import type { JobService } from './job-service.ts';
import type { Restore, UndoService } from './undo-service.ts';

/** Where programs come from, and where they are stored. */
export interface PlacesService {
  list(): Promise<Places>;
  /** Fetches a catalogue, whose key may have to be asked about, and lists it when that worked. @throws AppError `bad-url`, `not-allowed` */
  addSource(url: string): Promise<JobId>;
  /** @throws AppError `no-such` */
  removeSource(url: string): Promise<UndoId>;
  resetSources(): Promise<UndoId>;
  addStore(folder: string): Promise<UndoId>;
  /** The folder stays as it is. @throws AppError `no-such` if the person has not listed it */
  removeStore(folder: string): Promise<UndoId>;
}

interface Deps {
  readonly sources: CatalogSourcesPort;
  readonly folders: StoreFoldersPort;
  readonly stores: () => ReturnType<StorePort['directories']>;
  readonly catalogs: Pick<CatalogService, 'refresh'>;
  readonly jobs: JobService;
  readonly undo: Pick<UndoService, 'perform'>;
  readonly onChanged: (what: 'apps' | 'cache' | 'solve') => void;
}

/** Creates the service. */
export function createPlacesService(deps: Deps): PlacesService {
  const { sources, folders } = deps;

  const tellOf =
    (...what: readonly ('apps' | 'cache' | 'solve')[]) =>
    (): void => {
      for (const each of what) deps.onChanged(each);
    };
  const changeSources = (next: readonly string[] | null): Promise<UndoId> =>
    deps.undo.perform(async () => {
      const [own, listed] = await Promise.all([sources.readOwn(), sources.read()]);
      await sources.write(next);
      const left = await sources.read();
      return async () => {
        // What was listed in between stays.
        const added = (await sources.read()).filter((one) => !left.includes(one) && !listed.includes(one));
        await sources.write(added.length === 0 ? own : [...listed, ...added]);
      };
    }, tellOf('apps'));
  const changeStores = (change: () => Promise<unknown>, restore: Restore): Promise<UndoId> =>
    deps.undo.perform(
      async () => {
        await change();
        return restore;
      },
      tellOf('cache', 'solve'),
    );

  return {
    async list() {
      const [listed, own, ownFolders] = await Promise.all([sources.read(), sources.readOwn(), folders.read()]);
      return {
        sources: listed.map((url) => ({ url })),
        areSourcesUsual: own === null,
        stores: deps.stores().map(({ name, path, isWritable }) => ({
          name,
          path,
          isWritable,
          isOwn: ownFolders.some((folder) => folder.replace(/\/+$/, '') === path),
        })),
      };
    },
    async addSource(text) {
      const url = text.trim();
      if (!url.startsWith('/')) parseHttpUrl(url);
      if ((await sources.read()).includes(url))
        throw new AppError('not-allowed', { reason: `${url} is listed already` });
      return deps.jobs.start(
        { kind: 'catalog-refresh', interface: null, title: url, phase: 'refreshing' },
        async ({ signal, ask }) => {
          await deps.catalogs.refresh(url, { signal, ask });
          // Somebody else may have changed the list meanwhile.
          await sources.write([...new Set([...(await sources.read()), url])]);
          deps.onChanged('apps');
        },
      );
    },
    async removeSource(url) {
      const listed = await sources.read();
      if (!listed.includes(url)) throw new AppError('no-such', { what: 'catalogue', id: url });
      return changeSources(listed.filter((one) => one !== url));
    },
    resetSources: () => changeSources(null),
    addStore: (folder) =>
      changeStores(
        () => folders.add(folder),
        () => folders.remove(folder),
      ),
    async removeStore(path) {
      const listed = await folders.read();
      const at = listed.findIndex((one) => one.replace(/\/+$/, '') === path);
      const folder = listed[at];
      if (folder === undefined) throw new AppError('no-such', { what: 'store', id: path });
      return changeStores(
        () => folders.remove(folder),
        () => folders.add(folder, at),
      );
    },
  };
}
