import { describe, expect, it } from 'vitest';
import type { StoreEntry } from '../../../../electron/core/ports/store.ts';
import { createCleanUpService } from '../../../../electron/services/clean-up-service.ts';
import type { Need } from '../../../../electron/services/store-roots.ts';

const now = Date.parse('2026-11-25T12:00:00Z');
const hoursAgo = (hours: number): string => new Date(now - hours * 3600 * 1000).toISOString();

function entry(name: string, more: Partial<StoreEntry> = {}): StoreEntry {
  const path = `/store/${name}`;
  return { storeIndex: 0, name, path, kind: 'implementation', modifiedAt: hoursAgo(48), isLeftOver: false, ...more };
}

interface World {
  readonly entries: readonly StoreEntry[];
  readonly needs?: Readonly<Record<string, readonly Need[]>>;
  readonly lastUsed?: Readonly<Record<string, string>>;
  readonly inUse?: readonly string[];
}

function setup(world: World) {
  const removed: string[] = [];
  const service = createCleanUpService({
    store: {
      list: () => Promise.resolve(world.entries),
      directories: () => [
        { path: '/store', name: 'user', isWritable: true },
        { path: '/shared', name: 'shared', isWritable: true },
      ],
      measure: (entries) =>
        Promise.resolve({
          items: entries.map(() => ({ sizeBytes: 10, freedBytes: 5 })),
          totalBytes: 10 * entries.length,
          freedBytes: 7 * entries.length,
        }),
      remove: ({ name }) => {
        removed.push(name);
        return Promise.resolve(5);
      },
    },
    solver: {
      owners: (_feeds, names) =>
        Promise.resolve(
          Object.fromEntries(
            names
              .filter((name) => !name.startsWith('unowned'))
              .map((name) => [name, { interface: 'https://x/a.xml', id: name, name: 'A', version: '1' }]),
          ),
        ),
    },
    feedCache: { list: () => Promise.resolve(['https://x/a.xml']) },
    roots: {
      find: () =>
        Promise.resolve({
          needsOf: (name) => world.needs?.[name] ?? [],
          lastUsedAt: (name) => world.lastUsed?.[name] ?? null,
        }),
    },
    clock: { now: () => now },
    inUse: () => new Set(world.inUse),
  });
  return { service, removed };
}

describe('a clean-up', () => {
  it('takes from the user’s store what nothing needs, and tells why', async () => {
    const { service } = setup({
      entries: [
        entry('unneeded'),
        entry('unowned'),
        entry('needed'),
        entry('in-use'),
        entry('just-stored', { modifiedAt: hoursAgo(0.5) }),
        entry('just-used'),
        entry('tmp-old', { kind: 'temporary', isLeftOver: true }),
        entry('tmp-new', { kind: 'temporary' }),
        entry('foreign', { kind: 'foreign' }),
        entry('of-all', { storeIndex: 1, path: '/shared/of-all' }),
      ],
      needs: { needed: [{ kind: 'app', name: 'x' }] },
      lastUsed: { 'just-used': hoursAgo(0.9), unneeded: hoursAgo(3) },
      inUse: ['in-use'],
    });
    const plan = await service.plan({ historyCount: 0 });
    expect(plan.items.map(({ entry: { name }, why, lastUsedAt }) => [name, why, lastUsedAt])).toEqual([
      ['unneeded', 'not-needed', hoursAgo(3)],
      ['unowned', 'unowned', null],
      ['tmp-old', 'left-over', null],
    ]);
    expect(plan.freedBytes).toBe(21);
    expect(plan.kept).toEqual({ needed: 1, inUse: 1, recent: 2, temporary: 1 });
  });

  it('deletes nothing but what was shown, and nothing at all once it is stopped', async () => {
    const entries = [entry('a'), entry('b'), entry('c')];
    const { service, removed } = setup({ entries });
    const seen: number[] = [];
    const only = new Set(['/store/a', '/store/c', '/store/gone']);
    const options = { historyCount: 0, only, onProgress: ({ done }: { readonly done: number }) => seen.push(done) };
    expect(await service.run(options)).toBe(10);
    expect(removed).toEqual(['a', 'c']);
    expect(seen).toEqual([1, 2]);

    const stopped = setup({ entries });
    await expect(stopped.service.run({ historyCount: 0, signal: AbortSignal.abort() })).rejects.toThrow();
    expect(stopped.removed).toEqual([]);
  });
});
