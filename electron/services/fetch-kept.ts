import { isAppError } from '../../shared/errors/app-error.ts';
import type { KeptPart } from '../../shared/model/index.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { FetchItem } from './fetch-attempt.ts';
import { downloadBytes, stepsOf, usableMethods, type FetchStep } from './fetch-ways.ts';

interface Deps {
  readonly http: Pick<HttpPort, 'keptBytes'>;
  readonly store: Pick<StorePort, 'lookup'>;
}

/**
 * How much of some implementations another attempt would find: what is stored whole, and the parts of archives that can be
 * continued. Only the first method of each counts, since that is the one that will be tried first.
 *
 * @returns null if there is nothing, or if the size of one of them is unknown
 */
export async function keptOf(deps: Deps, items: readonly FetchItem[]): Promise<KeptPart | null> {
  const parts = await Promise.all(items.map((item) => keptOfOne(deps, item)));
  const known = parts.filter((part) => part !== null);
  const bytes = known.reduce((sum, part) => sum + part.bytes, 0);
  if (known.length < parts.length || bytes === 0) return null;
  return { bytes, totalBytes: known.reduce((sum, part) => sum + part.totalBytes, 0) };
}

async function keptOfOne(
  { http, store }: Deps,
  { implementation, interface: uri }: FetchItem,
): Promise<KeptPart | null> {
  const steps = firstWay(implementation, uri);
  const totalBytes = steps === null ? null : downloadBytes(steps);
  if (steps === null || totalBytes === null) return null;
  if ((await store.lookup(implementation.digests)) !== null) return { bytes: totalBytes, totalBytes };
  const kept = steps.map(async (step): Promise<number> => {
    if ((step.type !== 'archive' && step.type !== 'file') || step.sizeBytes === null) return 0;
    // As it is asked for: what lies before an archive within a file comes with it.
    return http.keptBytes(step.from, step.sizeBytes + (step.type === 'archive' ? step.startOffset : 0));
  });
  const bytes = (await Promise.all(kept)).reduce((sum, part) => sum + part, 0);
  return { bytes: Math.min(bytes, totalBytes), totalBytes };
}

/** A feed whose first method is of no use keeps nothing. */
function firstWay(implementation: FetchItem['implementation'], uri: string): readonly FetchStep[] | null {
  try {
    const [method] = usableMethods(implementation, uri);
    return method === undefined ? null : stepsOf(method, implementation.fromFeed);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
