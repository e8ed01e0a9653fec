import type {
  CacheItem,
  CacheListing,
  CleanUpPreview,
  FileDiff,
  InterfaceUri,
  StoreItemId,
} from '../../../shared/model/index.ts';
import { components, fakeDigest, findComponent, uriOf, type SampleComponent } from './sample-data.ts';

/** What is stored in the invented world. */
export interface StoredWorld {
  items: CacheItem[];
  /** Items that a verification will find damaged. */
  readonly damaged: Set<StoreItemId>;
}

/** What the two versions of Python have in common, once on the disk. */
const sharedBytes = 18_000_000;

/** Runs of old versions that the history knows: a clean-up that keeps fewer runs lets them go. */
const oldRuns = 3;

/** What is stored for some `URI VERSION`, and things that belong to nobody. */
export function storedItems(keys: Iterable<string>): CacheItem[] {
  return [
    ...[...keys].map((key) => itemOf(key)),
    {
      ...unowned('sha256new_7KQ2BVGXAQ5VYDNA6JQ7H2TLWYW2YQ5S4A3XVB2OJ5C6PZ3VJQDA', 38_200_000),
      store: 'shared',
      canDelete: false,
    },
    unowned('sha1new=c9a71f5f0b7b0d0e9a1f53a1b2f7a3f0d1c8e4b6', 640_000),
    { ...unowned('0store-unpack-4821', 210_000), kind: 'temporary' },
  ];
}

function unowned(digest: string, sizeBytes: number): CacheItem {
  return {
    id: `0:${digest}` as StoreItemId,
    digest,
    kind: 'unowned',
    interface: null,
    name: null,
    version: null,
    sizeBytes,
    freedBytes: sizeBytes,
    store: 'user',
    canDelete: true,
    isInUse: false,
    neededBy: [],
    needs: [],
    storedAt: '2026-08-14T10:00:00Z',
    lastUsedAt: null,
    damage: null,
  };
}

/** A stored directory for `URI VERSION`. */
export function itemOf(key: string): CacheItem {
  const [uri = '', version = ''] = key.split(' ');
  const component = findComponent(uri as InterfaceUri);
  const found = component?.versions.find((one) => one.version === version);
  const digest = `sha256new_${fakeDigest(key)}`;
  const users = [...components].filter((one) => reaches(one, uri) && ['Memo', 'Filer'].includes(one.name));
  const isOld = component?.versions.find((one) => one.stability === 'stable')?.version !== version;
  const neededBy = isOld ? [] : users.map((one) => one.name);
  const past = isOld && component?.name === 'Filer' ? [{ kind: 'history' as const, name: 'Filer' }] : [];
  return {
    ...unowned(digest, Math.round((found?.sizeBytes ?? 500_000) * 3.4)),
    kind: 'implementation',
    interface: uri as InterfaceUri,
    name: component?.name ?? null,
    version,
    neededBy,
    needs: [...neededBy.map((name) => ({ kind: 'library' as const, name })), ...past],
    storedAt: '2026-11-20T17:58:00Z',
    lastUsedAt: isOld ? (past.length > 0 ? '2026-06-14T19:12:00Z' : null) : '2026-11-21T09:30:00Z',
  };
}

function reaches(from: SampleComponent, uri: string): boolean {
  if (from.uri === uri) return true;
  return from.requires.some((name) => {
    const next = findComponent(uriOf(name));
    return next !== undefined && reaches(next, uri);
  });
}

/** Bytes that deleting some items together would free. */
export function measure({ items }: StoredWorld, ids: ReadonlySet<string>): number {
  const sharing = items.filter(isSharing);
  const chosen = items.filter(({ id }) => ids.has(id));
  const count = chosen.filter(isSharing).length;
  const staying = sharing.length > 1 && count < sharing.length ? count : Math.max(0, count - 1);
  return sum(chosen) - staying * sharedBytes;
}

const sum = (items: readonly CacheItem[]): number => items.reduce((bytes, item) => bytes + item.sizeBytes, 0);

/** Of the two that share files; a long list of invented ones shares none. */
const isSharing = ({ name, sizeBytes }: CacheItem): boolean => name === 'Python' && sizeBytes > sharedBytes;

/** What the Storage page shows. */
export function listing(world: StoredWorld): CacheListing {
  return {
    items: world.items.map((item) =>
      isSharing(item) ? { ...item, freedBytes: measure(world, new Set([item.id])) } : item,
    ),
    totalBytes: measure(world, new Set(world.items.map(({ id }) => id))),
    freeBytes: 84_300_000_000,
    stores: [
      { name: 'user', path: '/home/ada/.cache/0install.net/implementations', isWritable: true },
      { name: 'shared', path: '/var/cache/0install.net/implementations', isWritable: false },
    ],
  };
}

/** What a clean-up would delete: everything of the user's that nothing needs. */
export function cleanUpPreview(world: StoredWorld, keepRuns: number): CleanUpPreview {
  const own = world.items.filter((item) => item.store === 'user');
  const isNeeded = ({ needs }: CacheItem): boolean =>
    needs.some(({ kind }) => kind !== 'history' || keepRuns >= oldRuns);
  const going = own.filter((item) => item.canDelete && !isNeeded(item));
  const why = { implementation: 'not-needed', unowned: 'unowned', temporary: 'left-over' } as const;
  return {
    items: going.map(({ id, digest, name, version, sizeBytes, lastUsedAt, kind }) => ({
      ...{ id, digest, name, version, sizeBytes, lastUsedAt },
      why: why[kind],
    })),
    freedBytes: measure(world, new Set(going.map(({ id }) => id))),
    kept: { needed: own.length - going.length, inUse: 0, recent: 0, temporary: 0 },
  };
}

/** What verifying an item finds: its name is then not what it holds. */
export function damageReport({ digest }: CacheItem): string {
  return [
    'Cached item does NOT verify:',
    `${digest} (expected digest)`,
    `${digest.slice(0, 24)}… (actual digest of item)`,
    '',
    'The contents of the directory have changed:',
    '-F 4f0a… 1757930000 18422 window.py',
    '+F 99c1… 1763900000 18460 window.py',
  ].join('\n');
}

/** In which files invented versions differ; `isLong` for thousands of them. */
export function fileDiff(isLong: boolean): FileDiff {
  const file = (path: string, bytesBefore: number, bytesAfter: number): FileDiff['changes'][number] => ({
    path,
    change: bytesBefore === 0 ? 'added' : bytesAfter === 0 ? 'removed' : 'changed',
    type: 'file',
    aspects: bytesBefore > 0 && bytesAfter > 0 ? ['contents'] : [],
    bytesBefore,
    bytesAfter,
  });
  const many = Array.from({ length: isLong ? 4990 : 0 }, (_, index) =>
    file(`share/help/page-${String(index + 1).padStart(4, '0')}.html`, 0, 900 + index),
  );
  const changes: FileDiff['changes'] = [
    file('bin/main', 4100, 4350),
    { ...file('bin/update-helper', 0, 2310), aspects: ['executable'] },
    { ...file('lib/configure.sh', 880, 880), aspects: ['executable'] },
    { ...file('lib/current', 0, 0), change: 'changed', type: 'link', aspects: ['target'] },
    file('lib/legacy.py', 18_200, 0),
    { ...file('share/examples', 0, 0), change: 'added', type: 'directory' },
    file('share/examples/first.txt', 0, 640),
    ...many,
    file('share/licence.txt', 1100, 1180),
  ];
  const grown = changes.reduce((bytes, change) => bytes + change.bytesAfter - change.bytesBefore, 0);
  return {
    changes,
    moreCount: isLong ? 312 : 0,
    bytesBefore: 280_000,
    bytesAfter: 280_000 + grown,
    sameCount: 117,
  };
}
