import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { ShareOverview, ShareStep } from '../../../shared/model/index.ts';
import { fakeDigest } from './sample-data.ts';
import type { World } from './world.ts';

type SharingState = World['sharing'];

const digestOf = (name: string): string => `sha256new_${fakeDigest(name)}`;
const step = (id: ShareStep['id'], change: Partial<ShareStep> = {}): ShareStep => ({
  id,
  state: 'ok',
  isOptional: false,
  problem: null,
  fix: [],
  ...change,
});
const missing = (id: ShareStep['id'], what: string): ShareStep =>
  step(id, { state: 'missing', problem: { kind: 'missing', what, found: '' }, fix: [`make ${what}`] });

const store = '/var/cache/0install.net/implementations';
const unsupported = { kind: 'unsupported', what: 'AppArmor', found: '' } as const;
const apparmor = step('apparmor', { state: 'missing', isOptional: true, problem: unsupported });

const steps: Readonly<Record<SharingState, readonly ShareStep[]>> = {
  ready: [
    step('user'),
    step('directories'),
    step('program'),
    step('sudoers', { state: 'unknown' }),
    step('scripts'),
    apparmor,
    step('timer', { isOptional: true }),
    step('trial'),
  ],
  'not-set-up': [
    missing('user', 'zeroinst'),
    missing('directories', store),
    missing('program', '/usr/local/lib/zerodesk/0store-secure-add'),
    missing('sudoers', '/etc/sudoers.d/zz-zerodesk-sharing'),
    missing('scripts', '/usr/local/bin/0store-secure-add-helper'),
    apparmor,
    missing('trial', '/usr/local/bin/0store-secure-add-helper'),
  ],
  broken: [
    step('user'),
    step('directories', {
      state: 'broken',
      problem: { kind: 'mode', what: store, found: '777' },
      fix: [`install -d -o zeroinst -g zeroinst -m 0755 ${store}`],
    }),
    step('program'),
    step('sudoers', { state: 'unknown' }),
    step('scripts'),
    apparmor,
    step('trial', {
      state: 'broken',
      problem: {
        kind: 'trial',
        what: '/usr/local/bin/0store-secure-add-helper',
        found: 'others may write to the shared store',
      },
    }),
  ],
};

/** The calls about sharing that take no time. */
export function sharingCalls(world: World): {
  readonly [N in 'sharing.overview' | 'sharing.nearby']: (input: Input<N>) => Output<N>;
} {
  return {
    'sharing.overview': () => ({ ...overview(world.sharing, world.moved), asksNearby: world.asksNearby }),
    'sharing.nearby': ({ isAllowed }) => {
      world.asksNearby = isAllowed;
      return {};
    },
  };
}

/** What the Sharing page shows. @param moved digests that were moved to the shared store */
function overview(state: SharingState, moved: ReadonlySet<string>): Omit<ShareOverview, 'asksNearby'> {
  const isReady = state === 'ready';
  const own: ShareOverview['private'] = [
    {
      digest: 'sha1=c9a71f5f0b7b0d0e9a1f53a1b2f7a3f0d1c8e4b6',
      name: 'Tetris',
      version: '0.9',
      sizeBytes: 640_000,
      cause: 'sha1',
    },
    ...['Memo 2.0', 'Python 3.12.12'].map((title) => {
      const [name = '', version = ''] = title.split(' ');
      const cause = isReady ? 'before-sharing' : state === 'broken' ? 'broken-helper' : 'no-helper';
      return { digest: digestOf(title), name, version, sizeBytes: 4_200_000, cause } as const;
    }),
  ];
  const shared: ShareOverview['shared'] = [
    ['Filer 2.5', 3, true],
    ['Toolkit 3.2', 2, true],
    [null, 1, false],
    ['Spelling 1.4', 0, false],
  ].map(([title, users, isMine]) => {
    const [name = null, version = null] = title === null ? [] : String(title).split(' ');
    return {
      digest: digestOf(String(title)),
      name,
      version,
      bytes: 12_400_000,
      addedAt: '2026-11-20T17:58:00Z',
      isAddedByMe: title === 'Filer 2.5',
      isMine: isMine === true,
      users: Number(users),
      uids: null,
      usedAt: '2026-11-21T09:30:00Z',
    };
  });
  const event = { name: null, version: null, isMine: false, uid: null, bytes: null, reason: null } as const;
  return {
    health: {
      state,
      isPortable: false,
      steps: [...steps[state]],
      helperPath: state === 'not-set-up' ? null : '/usr/local/bin/0store-secure-add-helper',
      isOwnHelper: isReady,
    },
    account: isReady
      ? {
          isAdmin: false,
          bytes: 3_400_000_000,
          count: 41,
          addsLastHour: 2,
          quota: { bytes: 21_474_836_480, count: 5000, addsPerHour: 500 },
          freeBytes: 84_300_000_000,
          floorBytes: 12_000_000_000,
          graceDays: 90,
        }
      : null,
    stores: [
      { name: 'user', path: '/home/ada/.cache/0install.net/implementations', count: own.length, isWritable: true },
      { name: 'shared', path: store, count: isReady ? shared.length : 0, isWritable: false },
    ],
    shared: isReady ? shared : [],
    private: own.filter(({ digest }) => !moved.has(digest)),
    log: isReady
      ? [
          {
            ...event,
            at: '2026-11-21T09:30:00Z',
            action: 'stored',
            digest: digestOf('Filer 2.5'),
            name: 'Filer',
            version: '2.5',
            isMine: true,
            uid: 1000,
            bytes: 12_400_000,
          },
          { ...event, at: '2026-11-21T08:12:00Z', action: 'refused', digest: digestOf('evil'), reason: 'digest' },
          { ...event, at: '2026-11-20T03:00:00Z', action: 'removed', digest: digestOf('old'), bytes: 1_200_000 },
        ]
      : [],
  };
}
