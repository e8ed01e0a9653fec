import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { AppName, DesktopEntry, DesktopPlace, SandboxView } from '../../../shared/model/index.ts';
import { uriOf } from './sample-data.ts';

/** What the invented main process knows of the desktop, and of apps that are run apart. */
export interface DesktopWorld {
  /** Where programs appear on the desktop, by URI. */
  readonly desktop: Map<string, DesktopPlace[]>;
  entries: DesktopEntry[];
  sandboxes: Map<AppName, SandboxView>;
  /** Whether bubblewrap is here. */
  canSandbox: boolean;
}

type DesktopCall =
  `desktop.${'list' | 'integrate' | 'remove' | 'all' | 'undo'}` | `sandbox.${'view' | 'set' | 'allow' | 'forbid'}`;

/** What there is at the beginning. */
export function sampleDesktop(): DesktopWorld {
  const entry = (id: number, rest: Partial<DesktopEntry>): DesktopEntry => ({
    id: String(id).padStart(16, '0'),
    kind: 'menu',
    name: 'Memo',
    of: uriOf('memo'),
    path: '/home/ada/.local/share/applications/zeroinstall-memo.desktop',
    isRemovable: true,
    ...rest,
  });
  return {
    desktop: new Map([[uriOf('memo'), ['menu']]]),
    entries: [
      entry(1, {}),
      entry(2, { kind: 'autostart', name: 'Tea Timer', of: uriOf('timer') }),
      entry(3, { kind: 'file-types', name: 'Filer', of: 'filer' }),
      entry(4, { kind: 'alias', name: 'memo', of: 'memo', path: '/home/ada/.local/bin/memo' }),
      entry(5, { name: 'Planner', of: 'https://apps.example.org/planner.xml', isRemovable: false }),
    ],
    sandboxes: new Map([
      [
        'memo' as AppName,
        {
          isOn: true,
          allowsNetwork: false,
          writable: ['/home/ada/notes'],
          readable: ['/home/ada/Pictures/Holidays in Norway 2026'],
          missingPackage: null,
        },
      ],
    ]),
    canSandbox: true,
  };
}

/** The calls about where programs appear, and what they may use. */
export function desktopCalls(world: DesktopWorld): {
  readonly [N in DesktopCall]: (input: Input<N>) => Output<N>;
} {
  const none: SandboxView = { isOn: false, allowsNetwork: false, writable: [], readable: [], missingPackage: null };
  const sandboxOf = (app: AppName): SandboxView => ({
    ...(world.sandboxes.get(app) ?? none),
    missingPackage: world.canSandbox ? null : 'bubblewrap',
  });
  const put = (app: AppName, view: SandboxView): Record<never, never> => {
    world.sandboxes.set(app, view);
    return {};
  };
  return {
    'desktop.list': ({ interface: uri }) => ({
      possible: ['menu', 'autostart', 'file-types'],
      present: world.desktop.get(uri) ?? [],
      commands: world.desktop.has(uri) ? ['memo'] : [],
    }),
    'desktop.integrate': ({ interface: uri, place }) => {
      world.desktop.set(uri, [...(world.desktop.get(uri) ?? []), place]);
      return {};
    },
    'desktop.remove': ({ interface: uri, place }) => {
      const left = (world.desktop.get(uri) ?? []).filter((each) => each !== place);
      world.desktop.set(uri, left);
      return {};
    },
    'desktop.all': () => world.entries,
    'desktop.undo': ({ ids }) => {
      world.entries = world.entries.filter(({ id }) => !ids.includes(id));
      return {};
    },
    'sandbox.view': ({ app }) => sandboxOf(app),
    'sandbox.set': ({ app, isOn, allowsNetwork }) => put(app, isOn ? { ...sandboxOf(app), isOn, allowsNetwork } : none),
    'sandbox.allow': ({ app, access }) => {
      const now = sandboxOf(app);
      const list = access === 'write' ? 'writable' : 'readable';
      return put(app, { ...now, [list]: [...now[list], '/home/ada/Documents'] });
    },
    'sandbox.forbid': ({ app, folder }) => {
      const { writable, readable, ...rest } = sandboxOf(app);
      const without = (all: readonly string[]): string[] => all.filter((each) => each !== folder);
      return put(app, { ...rest, writable: without(writable), readable: without(readable) });
    },
  };
}
