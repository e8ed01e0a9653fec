import * as fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createEventLog } from '../../adapters/sharing/event-log.ts';
import { defaultServicePlace } from '../../adapters/sharing/find-helper.ts';
import { systemPlaces } from '../../secure-add/run-helper.ts';
import { readPolicy } from '../../secure-add/policy.ts';
import { defaultLimits, firstPersonUid, type World } from '../../secure-add/world.ts';
import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { startStoreService } from '../store-service.ts';

/** `share service [--pipe PLACE]`: the helper of the shared store as a service, until it is ended. */
export const runShareService: CommandRunner = async ({ options, out }) => {
  const place = lastValue(options, 'pipe') ?? (process.platform === 'win32' ? defaultServicePlace : null);
  if (place === null) {
    throw new AppError('usage', {
      message: 'Only Windows has a usual place for this; elsewhere the helper is started by sudo.',
      hint: 'Name a socket with --pipe=PATH, or see 0desk share setup.',
    });
  }
  const world = serviceWorld(process.env);
  const service = await startStoreService({ place, world, log: createEventLog(process.env) });
  out.print(`Taking implementations for ${world.store} at ${place}; Ctrl+C ends it.\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  await service.close();
  return 0;
};

/** Where the system keeps what is shared. All callers together are one ordinary user. */
function serviceWorld(env: NodeJS.ProcessEnv): World {
  const shared = path.join(env['ProgramData'] ?? 'C:\\ProgramData', '0install.net');
  const isWindows = process.platform === 'win32';
  const store = isWindows ? path.join(shared, 'implementations') : systemPlaces.store;
  const usage = isWindows ? path.join(shared, 'usage') : systemPlaces.usage;
  const policy = isWindows ? path.join(shared, 'sharing.json') : systemPlaces.policy;
  if (isWindows) for (const directory of [store, usage]) fs.mkdirSync(directory, { recursive: true });
  return {
    store,
    usage,
    caller: { uid: firstPersonUid, isAdmin: false },
    policy: readPolicy(policy),
    limits: defaultLimits,
    now: () => Date.now(),
  };
}
