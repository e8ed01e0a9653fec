import { createStoreUsers } from './adapters/process/store-users.ts';
import { createCleanUp } from './clean-up.ts';
import type { StatePort } from './core/ports/state.ts';
import type { DeskApps } from './desk-apps.ts';
import type { Engine } from './engine.ts';
import { createCacheService, type CacheService } from './services/cache-service.ts';
import { createDiffService, type DiffService } from './services/diff-service.ts';
import type { JobService } from './services/job-service.ts';
import type { LibraryService } from './services/library-service.ts';
import { createRepairService } from './services/repair-service.ts';
import { createShareJobs, type ShareJobs } from './services/share-jobs.ts';
import type { ShareService } from './services/share-service.ts';
import { createVerificationLog, type VerificationLog } from './services/verification-log.ts';
import { createSharing, isRegisteringDue, neededOfShared } from './sharing.ts';

/** What is stored: looking after it, comparing it, and sharing it with other users. */
export interface DeskStorage {
  readonly cache: CacheService;
  readonly verifications: VerificationLog;
  readonly diffs: DiffService;
  readonly sharing: ShareService;
  readonly shareJobs: ShareJobs;
  /** Once a day the shared store hears what this user needs of it. */
  registerNeeds(): Promise<void>;
}

interface Options {
  readonly cliDir: string;
  readonly jobs: JobService;
  readonly library: LibraryService;
  readonly state: StatePort;
  readonly deskApps: Pick<DeskApps, 'starter'>;
  readonly onChanged: (what: 'cache' | 'apps' | 'solve') => void;
}

/** Joins these parts to an engine. */
export function createDeskStorage(
  engine: Engine,
  { cliDir, jobs, library, state, deskApps, onChanged }: Options,
): DeskStorage {
  const { clock, log, solver, select, fetch, store, feedCache } = engine;
  const users = createStoreUsers();
  const inUse = (): ReadonlySet<string> => new Set([...users.inUse(), ...deskApps.starter.inUse()]);
  const cleanUp = createCleanUp(engine, { library, inUse });
  const verifications = createVerificationLog({ state, clock, log });
  const sharing = createSharing(engine, cliDir);
  return {
    cache: createCacheService({
      store,
      verifications,
      cleanUp,
      repairs: createRepairService({ solver, feedCache, select, fetch }),
      jobs,
      inUse,
      onChanged,
    }),
    verifications,
    diffs: createDiffService({ solver, store }),
    sharing,
    shareJobs: createShareJobs({
      sharing,
      jobs,
      onChanged: () => {
        for (const what of ['cache', 'apps', 'solve'] as const) onChanged(what);
      },
    }),
    async registerNeeds() {
      if (await isRegisteringDue(engine)) await sharing.register(await neededOfShared(engine, cleanUp));
    },
  };
}
