import { createAppSelections } from './adapters/apps/app-selections.ts';
import { createStoreUsers } from './adapters/process/store-users.ts';
import { createJsonState } from './adapters/state/json-state.ts';
import type { Engine } from './engine.ts';
import { createCleanUpService, type CleanUpService } from './services/clean-up-service.ts';
import { createLibraryService, type LibraryService } from './services/library-service.ts';
import { createStoreRoots } from './services/store-roots.ts';

/** What an engine's clean-up may share with others. */
export interface CleanUpParts {
  /** Left out, it reads the same files by itself. */
  readonly library?: Pick<LibraryService, 'read'>;
  /** Directory names that running programs use. */
  readonly inUse?: () => ReadonlySet<string>;
}

/** Joins the parts of cleaning up to an engine. */
export function createCleanUp(engine: Engine, parts: CleanUpParts = {}): CleanUpService {
  const { paths, clock, store, solver, feedCache, select, runLog } = engine;
  const users = createStoreUsers();
  const library = parts.library ?? createLibraryService({ state: createJsonState(paths.state), clock });
  return createCleanUpService({
    store,
    solver,
    feedCache,
    roots: createStoreRoots({ library, select, apps: createAppSelections(paths), runLog }),
    clock,
    inUse: parts.inUse ?? (() => users.inUse()),
  });
}
