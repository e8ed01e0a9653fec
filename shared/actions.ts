import type { MessageKey } from './i18n/messages.ts';
import { pages } from './pages.ts';

/** What actions are about; each is a part of the list of keys and, but for two, a menu. */
export const actionGroups = ['go', 'program', 'file', 'updates', 'settings', 'view', 'help'] as const;
export type ActionGroup = (typeof actionGroups)[number];

interface ActionSpec {
  readonly label: MessageKey;
  readonly group: ActionGroup;
  /** Ways to type it, the one that is shown first. `Mod` is Ctrl, on macOS Command. */
  readonly keys?: readonly string[];
  /** What does the same on the command line; `URI` stands for the program in question. */
  readonly command?: string;
  /** Not offered where actions are looked up by name. */
  readonly isHidden?: boolean;
}

/** Ctrl and the place of a page in the rail. */
const byNumber = (page: (typeof pages)[number]): string => `Mod+${pages.indexOf(page) + 1}`;

const table = {
  'go.apps': { label: 'nav.apps', group: 'go', keys: [byNumber('apps')] },
  'go.downloads': { label: 'nav.downloads', group: 'go', keys: [byNumber('downloads')] },
  'go.timeline': { label: 'nav.timeline', group: 'go', keys: [byNumber('timeline')] },
  'go.storage': { label: 'nav.storage', group: 'go', keys: [byNumber('storage')], command: '0desk store manage' },
  'go.sharing': { label: 'nav.sharing', group: 'go', keys: [byNumber('sharing')], command: '0desk share status' },
  'go.map': { label: 'nav.map', group: 'go', keys: [byNumber('map')], command: '0desk why URI' },
  'go.preferences': { label: 'nav.preferences', group: 'go', keys: ['Mod+,', byNumber('preferences')] },
  'go.updates': { label: 'updates.title', group: 'go', command: '0desk update --all --dry-run' },
  'go.back': { label: 'action.back', group: 'go', keys: ['Alt+ArrowLeft'] },
  'go.forward': { label: 'action.forward', group: 'go', keys: ['Alt+ArrowRight'] },
  'go.search': { label: 'action.search', group: 'go', keys: ['Mod+F'] },
  'go.palette': { label: 'action.palette', group: 'go', keys: ['Mod+K'], isHidden: true },

  'program.run': { label: 'action.run', group: 'program', keys: ['Mod+Enter'], command: '0desk run URI' },
  'program.stop': { label: 'action.stop', group: 'program', keys: ['Mod+.'] },
  'program.download': { label: 'action.download', group: 'program', command: '0desk download URI' },
  'program.reselect': { label: 'action.reselect', group: 'program', command: '0desk select --refresh URI' },
  'program.keep': { label: 'apps.keep', group: 'program' },
  'program.remove': { label: 'apps.remove', group: 'program', keys: ['Delete'] },
  'program.homepage': { label: 'apps.homepage', group: 'program' },
  'program.copy-address': { label: 'apps.copy-address', group: 'program' },

  'file.add': { label: 'action.add', group: 'file', keys: ['Mod+N'], command: '0desk gui' },
  'file.export': { label: 'profile.export', group: 'file', command: '0desk export-profile FILE' },
  'file.import': { label: 'profile.import', group: 'file', command: '0desk import-profile FILE' },
  'file.export-bundle': {
    label: 'profile.export-bundle',
    group: 'file',
    command: '0desk export-profile --bundle FOLDER',
  },
  'file.import-bundle': { label: 'profile.import-bundle', group: 'file', command: '0desk import-profile FOLDER' },
  'file.undo': { label: 'shortcut.undo', group: 'file', keys: ['Mod+Z'] },
  'file.clean-up': { label: 'action.clean-up', group: 'file', command: '0desk gc' },

  'updates.look': { label: 'updates.look', group: 'updates', command: '0desk update --all --dry-run' },
  'updates.take': { label: 'action.update-all', group: 'updates', command: '0desk update --all' },
  'updates.catalogues': { label: 'action.catalogues', group: 'updates' },

  'network.full': { label: 'action.network-full', group: 'settings', command: '0desk config network_use full' },
  'network.minimal': {
    label: 'action.network-minimal',
    group: 'settings',
    command: '0desk config network_use minimal',
  },
  'network.off-line': {
    label: 'action.network-off-line',
    group: 'settings',
    command: '0desk config network_use off-line',
  },
  'testing.on': { label: 'action.testing-on', group: 'settings', command: '0desk config help_with_testing True' },
  'testing.off': { label: 'action.testing-off', group: 'settings', command: '0desk config help_with_testing False' },

  'view.refresh': { label: 'action.refresh', group: 'view', keys: ['F5', 'Mod+R'] },
  'theme.system': { label: 'action.theme-system', group: 'view' },
  'theme.light': { label: 'action.theme-light', group: 'view' },
  'theme.dark': { label: 'action.theme-dark', group: 'view' },
  'zoom.in': { label: 'action.zoom-in', group: 'view', keys: ['Mod++', 'Mod+='] },
  'zoom.out': { label: 'action.zoom-out', group: 'view', keys: ['Mod+-'] },
  'zoom.reset': { label: 'action.zoom-reset', group: 'view', keys: ['Mod+0'] },

  'program.report': { label: 'action.report-problem', group: 'program' },

  'help.keys': { label: 'action.keys', group: 'help', keys: ['F1', '?'] },
  'help.report': { label: 'report.copy', group: 'help' },
  'help.welcome': { label: 'action.welcome', group: 'help' },
} as const satisfies Readonly<Record<string, ActionSpec>>;

/** Everything that the window can do by a key, a menu, or its name. */
export type ActionId = keyof typeof table;

/** An action as menus, keys and lists show it. What it does is the page's. */
export interface Action extends Required<Omit<ActionSpec, 'command'>> {
  readonly id: ActionId;
  readonly command: string | null;
}

/** All actions, in the order of menus. */
export const actions: readonly Action[] = Object.entries<ActionSpec>(table).map(([id, spec]) => ({
  id: id as ActionId,
  label: spec.label,
  group: spec.group,
  keys: spec.keys ?? [],
  command: spec.command ?? null,
  isHidden: spec.isHidden ?? false,
}));

/** The ids, for schemas. */
export const actionIds = Object.keys(table) as [ActionId, ...ActionId[]];
