import { z } from 'zod';
import { createShareSetup } from './adapters/sharing/share-setup.ts';
import { createJsonState } from './adapters/state/json-state.ts';
import { createStoreUsers } from './adapters/process/store-users.ts';
import type { CleanUpService } from './services/clean-up-service.ts';
import { createShareService, type ShareService } from './services/share-service.ts';
import type { Engine } from './engine.ts';

/** Joins the parts of sharing to an engine. @param cliDir folder of the command line's own files */
export function createSharing(engine: Engine, cliDir: string): ShareService {
  const { env, paths, shareHelper, store, solver, feedCache } = engine;
  const users = createStoreUsers();
  return createShareService({
    helper: shareHelper,
    setup: createShareSetup({ env, cliDir }),
    store,
    solver,
    feedCache,
    inUse: () => users.inUse(),
    nearby: engine.nearby,
    isPortable: paths.isPortable,
  });
}

/** Directory names in the shared store that programs, apps or the latest runs of this user need. */
export async function neededOfShared(
  engine: Pick<Engine, 'store'>,
  cleanUp: Pick<CleanUpService, 'survey'>,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { items } = await cleanUp.survey({ historyCount: neededRuns, ...(signal && { signal }) });
  const shared = engine.store.directories().findIndex(({ name }) => name === 'shared');
  const needed = items.filter(({ entry, needs }) => entry.storeIndex === shared && needs.length > 0);
  return new Set(needed.map(({ entry }) => entry.name));
}

/** How many of the latest runs count as needing what they used. */
const neededRuns = 10;

/** How often a user says anew what he needs, milliseconds. */
const registerEveryMs = 24 * 60 * 60 * 1000;
const stateName = 'sharing';

/** Whether somebody keeps account of the shared store and this user has said nothing for a day. Notes that it is done now. */
export async function isRegisteringDue({ shareHelper, clock, paths }: Engine): Promise<boolean> {
  if ((shareHelper.find()?.streamPath ?? null) === null) return false;
  const state = createJsonState(paths.state);
  const last = registeredAt.safeParse(await state.read(stateName));
  const now = clock.now();
  if (last.success && Math.abs(now - Date.parse(last.data.registeredAt)) < registerEveryMs) return false;
  await state.write(stateName, { registeredAt: new Date(now).toISOString() });
  return true;
}

const registeredAt = z.object({ registeredAt: z.iso.datetime() });
