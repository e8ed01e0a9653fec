import type { CacheItem, CacheListing, StoreItemId } from '../../../shared/model/index.ts';

/** Columns that the list can be ordered by. */
export type StorageColumn = 'name' | 'version' | 'size' | 'store' | 'needed' | 'stored';

export interface StorageSort {
  readonly column: StorageColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Narrows the list by words in name, version, digest or the programs that need it. */
export function filterItems(items: readonly CacheItem[], search: string): readonly CacheItem[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = [item.name, item.version, item.digest, item.interface, ...item.neededBy].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Orders the list; equals by name, so that the order is always the same. What has no value comes last. */
export function sortItems(items: readonly CacheItem[], { column, direction }: StorageSort): readonly CacheItem[] {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'ascending' ? 1 : -1;
  const text = (item: CacheItem): string | null => {
    if (column === 'name') return item.name;
    if (column === 'version') return item.version;
    if (column === 'store') return item.store;
    if (column === 'stored') return item.storedAt;
    return item.neededBy.length === 0 ? null : item.neededBy.join(', ');
  };
  const byName = (a: CacheItem, b: CacheItem): number =>
    collator.compare(a.name ?? a.digest, b.name ?? b.digest) || collator.compare(a.version ?? '', b.version ?? '');
  return [...items].sort((a, b) => {
    if (column === 'size') return sign * (a.sizeBytes - b.sizeBytes) || byName(a, b);
    const [one, other] = [text(a), text(b)];
    if (one === null || other === null) return one === other ? byName(a, b) : one === null ? 1 : -1;
    return sign * collator.compare(one, other) || byName(a, b);
  });
}

/** The picked items that are still there, in the order of the listing. */
export function pickedItems(listing: CacheListing, picked: ReadonlySet<string>): readonly CacheItem[] {
  return listing.items.filter((item) => picked.has(item.id));
}

/** Bytes of some items together. */
export function sumBytes(items: readonly CacheItem[]): number {
  return items.reduce((sum, item) => sum + item.sizeBytes, 0);
}

/** Everything that *Clear all* may delete. */
export function deletableItems(listing: CacheListing): readonly CacheItem[] {
  return listing.items.filter((item) => item.canDelete);
}

/** Programs that will have to download again when some items go. */
export function affectedPrograms(items: readonly CacheItem[]): readonly string[] {
  return [...new Set(items.flatMap((item) => item.neededBy))].sort();
}

/** Ids of items, for a call. */
export const idsOf = (items: readonly CacheItem[]): readonly StoreItemId[] => items.map((item) => item.id);
