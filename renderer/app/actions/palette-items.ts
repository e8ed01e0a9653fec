import { actions, type ActionId } from '../../../shared/actions.ts';
import { match, toSearchable, type Searchable } from '../../../shared/fuzzy.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { AppSummary } from '../../../shared/model/index.ts';
import { toShellWord } from '../../../shared/shell-word.ts';
import type { IconName } from '../../components/Icon.tsx';
import type { Stores } from '../../stores/stores.tsx';
import { deeds, isPossible, type ActionContext } from './deeds.ts';

/** Something that can be chosen by its name. */
export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  /** What else is said of it: the program it is about, its summary. */
  readonly detail: string;
  readonly icon: IconName;
  readonly keys: string | null;
  readonly command: string | null;
  readonly run: () => void;
  readonly text: Searchable;
  /** Of things that fit alike the higher one comes first. */
  readonly weight: number;
}

/** An item that fits what was typed. */
export interface FoundItem {
  readonly item: PaletteItem;
  /** Positions in its label. */
  readonly at: readonly number[];
}

/** How many are shown; who sees none that fits types more. */
export const mostShown = 50;

/** How many of one's own programs stand there before anything is typed. */
const mostOwn = 6;

const weights = { subject: 4, mine: 3, action: 2 } as const;

const groupIcons = {
  go: 'expand',
  program: 'package',
  file: 'folder',
  updates: 'refresh',
  settings: 'settings',
  view: 'tune',
  help: 'info',
} as const satisfies Readonly<Record<string, IconName>>;

const icons: Readonly<Partial<Record<ActionId, IconName>>> = {
  'go.apps': 'apps',
  'go.downloads': 'download',
  'go.timeline': 'history',
  'go.storage': 'storage',
  'go.sharing': 'sharing',
  'go.map': 'map',
  'go.preferences': 'settings',
  'go.updates': 'refresh',
  'go.back': 'back',
  'go.search': 'search',
  'program.run': 'play',
  'program.stop': 'stop',
  'program.download': 'download',
  'file.add': 'add',
  'file.clean-up': 'clean-up',
  'program.report': 'external',
  'help.keys': 'keyboard',
  'help.report': 'copy',
};

/** The actions that can be carried out now. */
export function actionItems(intl: Translator, context: ActionContext): readonly PaletteItem[] {
  const { t } = intl;
  const { subject } = context;
  return actions
    .filter(({ id, isHidden }) => !isHidden && isPossible(id, context))
    .map(({ id, label, group, keys, command }): PaletteItem => {
      const words = t(label);
      const isAbout = group === 'program';
      return {
        id,
        label: words,
        detail: isAbout ? (subject?.name ?? '') : t(`action-group.${group}`),
        icon: icons[id] ?? groupIcons[group],
        keys: keys[0] ?? null,
        command: command?.replace('URI', toShellWord(subject?.uri ?? 'URI')) ?? null,
        run: () => void deeds[id].run(context),
        text: toSearchable(words),
        weight: isAbout ? weights.subject : weights.action,
      };
    });
}

/** What can be done with every program that is known. */
export function allProgramItems(intl: Translator, apps: readonly AppSummary[], stores: Stores): readonly PaletteItem[] {
  return apps.flatMap((app) => programItems(intl, app, stores));
}

function programItems({ t }: Translator, app: AppSummary, { apps, view }: Stores): readonly PaletteItem[] {
  const uri = app.interface;
  const word = toShellWord(uri);
  const open = (): void => view.go({ page: 'run', interface: uri });
  const item = (
    rest: Pick<PaletteItem, 'label' | 'icon' | 'command' | 'run'>,
    verb: string,
    less: number,
  ): PaletteItem => ({
    id: `${verb} ${uri}`,
    detail: app.summary,
    keys: null,
    text: toSearchable(rest.label),
    weight: (app.isMine ? weights.mine : 0) - less,
    ...rest,
  });
  return [
    item(
      {
        label: t('palette.run', { name: app.name }),
        icon: 'play',
        command: `0desk run ${word}`,
        run: () => {
          void apps.run(uri);
          open();
        },
      },
      'run',
      0,
    ),
    item(
      { label: t('palette.open', { name: app.name }), icon: 'expand', command: `0desk select ${word}`, run: open },
      'open',
      0.5,
    ),
    ...(app.state === 'ready'
      ? []
      : [
          item(
            {
              label: t('palette.download', { name: app.name }),
              icon: 'download',
              command: `0desk download ${word}`,
              run: () => void apps.download(uri),
            },
            'download',
            0.7,
          ),
        ]),
  ];
}

/** Those that fit, the best first. Without anything typed: what the program in view offers, one's own programs, all the rest. */
export function findItems(
  items: readonly PaletteItem[],
  typed: string,
): { readonly found: readonly FoundItem[]; readonly count: number } {
  if (typed.trim() === '') {
    const at = (weight: number): readonly PaletteItem[] => items.filter((item) => item.weight === weight);
    const shown = [...at(weights.subject), ...at(weights.mine).slice(0, mostOwn), ...at(weights.action)];
    return { found: shown.slice(0, mostShown).map((item) => ({ item, at: [] })), count: shown.length };
  }
  const fitting = items.flatMap((item) => {
    const fit = match(item.text, typed);
    return fit === null ? [] : [{ item, at: fit.at, score: fit.score + item.weight }];
  });
  fitting.sort((a, b) => b.score - a.score);
  return { found: fitting.slice(0, mostShown), count: fitting.length };
}
