import type { StorePort } from '../core/ports/store.ts';
import type { Selections } from '../core/selections/model.ts';

/** Where the implementations of selections are; null for native packages and what no store has. In the order of the selections. */
export async function implementationPaths(
  { selections }: Selections,
  store: Pick<StorePort, 'lookup'>,
): Promise<readonly (string | null)[]> {
  const paths: (string | null)[] = [];
  for (const { kind, digests, localPath } of selections) {
    paths.push(kind === 'stored' ? ((await store.lookup(digests))?.path ?? null) : localPath);
  }
  return paths;
}
