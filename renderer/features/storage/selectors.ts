import type { CacheItem, CacheListing, StoreItemId } from '../../../shared/model/index.ts';

/** Columns that the list can be ordered by. */
export type StorageColumn = 'name' | 'version' | 'size' | 'freed' | 'store' | 'needed' | 'used';

export interface StorageSort {
  readonly column: StorageColumn;
  readonly direction: 'ascending' | 'descending';
}

/** Which part of the list is shown; `loose` is what belongs to no program: unowned and temporary. */
export const storageParts = ['all', 'unneeded', 'loose', 'damaged'] as const;
export type StoragePart = (typeof storageParts)[number];

/** Narrows the list to a part of it, and by words in name, version, digest or the programs that need it. */
export function filterItems(items: readonly CacheItem[], part: StoragePart, search: string): readonly CacheItem[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && part === 'all') return items;
  return items.filter((item) => {
    if (!isIn(part, item)) return false;
    const names = item.needs.map(({ name }) => name);
    const text = [item.name, item.version, item.digest, item.interface, ...names].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function isIn(part: StoragePart, item: CacheItem): boolean {
  if (part === 'unneeded') return item.needs.length === 0 && !item.isInUse;
  if (part === 'loose') return item.kind !== 'implementation';
  return part === 'all' || item.damage !== null;
}

/** Orders the list; equals by name, so that the order is always the same. What has no value comes last. */
export function sortItems(items: readonly CacheItem[], { column, direction }: StorageSort): readonly CacheItem[] {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const sign = direction === 'ascending' ? 1 : -1;
  const text = (item: CacheItem): string | null => {
    if (column === 'name') return item.name;
    if (column === 'version') return item.version;
    if (column === 'store') return item.store;
    if (column === 'used') return item.lastUsedAt;
    return item.needs.length === 0 ? null : namesOf(item.needs).join(', ');
  };
  const byName = (a: CacheItem, b: CacheItem): number =>
    collator.compare(a.name ?? a.digest, b.name ?? b.digest) || collator.compare(a.version ?? '', b.version ?? '');
  return [...items].sort((a, b) => {
    if (column === 'size') return sign * (a.sizeBytes - b.sizeBytes) || byName(a, b);
    if (column === 'freed') return sign * (a.freedBytes - b.freedBytes) || byName(a, b);
    const [one, other] = [text(a), text(b)];
    if (one === null || other === null) return one === other ? byName(a, b) : one === null ? 1 : -1;
    return sign * collator.compare(one, other) || byName(a, b);
  });
}

/** A line of the table: an item, or the items of one program under a common head. */
export type StorageRow =
  | { readonly kind: 'item'; readonly key: string; readonly item: CacheItem }
  | {
      readonly kind: 'group';
      readonly key: string;
      /** Of the program; null for what belongs to none. */
      readonly name: string | null;
      readonly of: CacheItem['kind'];
      readonly items: readonly CacheItem[];
    };

/** Each item as a line. */
export function itemRows(items: readonly CacheItem[]): readonly StorageRow[] {
  return items.map((item) => ({ kind: 'item', key: item.id, item }));
}

/** Sorted items under their programs: by what these take together, or in the order of their first items. */
export function groupRows(items: readonly CacheItem[], { column, direction }: StorageSort): readonly StorageRow[] {
  const groups = new Map<string, CacheItem[]>();
  for (const item of items) {
    const key = `group:${item.interface ?? item.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  const rows = [...groups].map(([key, own]): StorageRow & { readonly kind: 'group' } => {
    return { kind: 'group', key, name: own[0]?.name ?? null, of: own[0]?.kind ?? 'unowned', items: own };
  });
  if (column !== 'size' && column !== 'freed') return rows;
  const sign = direction === 'ascending' ? 1 : -1;
  return rows.sort((a, b) => sign * (sumBytes(a.items) - sumBytes(b.items)));
}

/** The items of a line. */
export function itemsOf(row: StorageRow): readonly CacheItem[] {
  return row.kind === 'item' ? [row.item] : row.items;
}

/** Keys to show as selected: a head is when all of its items are. */
export function selectedKeys(rows: readonly StorageRow[], picked: ReadonlySet<string>): ReadonlySet<string> {
  const heads = rows.filter((row) => row.kind === 'group' && row.items.every(({ id }) => picked.has(id)));
  return new Set([...picked, ...heads.map(({ key }) => key)]);
}

/**
 * What is picked after a change of the selected keys: a head takes its items along.
 *
 * @param before as from `selectedKeys`
 */
export function pickKeys(
  rows: readonly StorageRow[],
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): ReadonlySet<string> {
  const picked = new Set(after);
  for (const row of rows) {
    if (row.kind !== 'group') continue;
    picked.delete(row.key);
    if (before.has(row.key) === after.has(row.key)) continue;
    // Where items changed too, as by "select all", they are as they should be.
    if (row.items.some(({ id }) => after.has(id) !== before.has(id))) continue;
    for (const { id } of row.items) {
      if (after.has(row.key)) picked.add(id);
      else picked.delete(id);
    }
  }
  return picked;
}

/** Bytes of some items together. */
export function sumBytes(items: readonly CacheItem[]): number {
  return items.reduce((sum, item) => sum + item.sizeBytes, 0);
}

/** The least that deleting some items together frees: files that only they share are freed besides. */
export function leastFreed(items: readonly CacheItem[]): number {
  return items.reduce((sum, item) => sum + item.freedBytes, 0);
}

/** Whether some share files with others, so that only a measurement tells what deleting them frees. */
export function shareFiles(items: readonly CacheItem[]): boolean {
  return items.length > 1 && items.some((item) => item.freedBytes < item.sizeBytes);
}

/** Whether an item may be deleted now. */
export function canDelete(item: CacheItem): boolean {
  return item.canDelete && !item.isInUse;
}

/** Whether a damaged item can be had again: some feed must list it. */
export function canRepair(item: CacheItem): boolean {
  return item.damage !== null && item.kind === 'implementation';
}

/** Whether an item can be compared with its digest: a temporary one has none. */
export function canVerify(item: CacheItem): boolean {
  return item.kind !== 'temporary';
}

/** Everything that *Clear all* may delete. */
export function deletableItems({ items }: CacheListing): readonly CacheItem[] {
  return items.filter(canDelete);
}

/** Programs of *My apps* and of `0install add` that will have to download again when some items go. */
export function affectedPrograms(items: readonly CacheItem[]): readonly string[] {
  return [...new Set(items.flatMap((item) => item.neededBy))].sort();
}

/** Programs whose latest runs used an item that nothing else needs. */
export function recentPrograms(items: readonly CacheItem[]): readonly string[] {
  return namesOf(items.filter((item) => item.neededBy.length === 0).flatMap((item) => item.needs)).toSorted();
}

/** Ids of items, for a call. */
export const idsOf = (items: readonly CacheItem[]): readonly StoreItemId[] => items.map((item) => item.id);

const namesOf = (needs: CacheItem['needs']): readonly string[] => [...new Set(needs.map(({ name }) => name))];
