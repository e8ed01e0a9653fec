import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { AppName, Timeline, TimelineChange } from '../../../shared/model/index.ts';
import { uriOf } from './sample-data.ts';

/** What the invented main process knows of apps. */
export interface TimelineWorld {
  timelines: Timeline[];
}

type TimelineCall = `timeline.${'apps' | 'view' | 'rollback' | 'undo' | 'hold' | 'skip' | 'release'}`;

const change = (name: string, from: string | null, to: string | null): TimelineChange => ({
  interface: uriOf(name.toLowerCase()),
  name,
  from,
  to,
});

type EntryLine = readonly [at: string | null, version: string, changes: readonly TimelineChange[], isHere?: boolean];

/** An app with a history, oldest line first. */
function timelineOf(name: string, title: string, lines: readonly EntryLine[]): Timeline {
  const uri = uriOf(name);
  const entries = lines.map(([at, version, changes, isHere = true], index): Timeline['entries'][number] => ({
    number: index + 1,
    at,
    cause: index === 0 ? 'add' : 'update',
    version,
    changes: [...changes],
    isHere,
    isPresent: index === lines.length - 1,
  }));
  const version = lines.at(-1)?.[1] ?? '';
  return {
    app: { name: name as AppName, interface: uri, title, version },
    entries: entries.reverse(),
    lost: [],
    hold: null,
    skips: [],
    canUndo: false,
  };
}

/** Memo with six entries, and an app that was just made. */
export function sampleTimelines(): Timeline[] {
  return [
    timelineOf('memo', 'Memo', [
      [null, '1.8', [], false],
      ['2026-03-02T09:12:00Z', '1.9', [change('Memo', '1.8', '1.9')]],
      ['2026-05-04T18:40:00Z', '1.9.1', [change('Memo', '1.9', '1.9.1'), change('Spelling', null, '1.3')]],
      ['2026-08-19T07:31:00Z', '1.9.1', [change('Toolkit', '3.1.4', '3.2'), change('Python', '3.12.12', '3.13.9')]],
      ['2026-09-22T10:05:00Z', '2.0', [change('Memo', '1.9.1', '2.0')]],
      ['2026-11-20T16:22:00Z', '2.0', [change('Spelling', '1.3', '1.4'), change('Pictures', '0.9', null)]],
    ]),
    timelineOf('filer', 'Filer', [['2026-11-21T08:00:00Z', '2.5', []]]),
  ];
}

/** The calls about what apps have been started with. */
export function timelineCalls(
  world: TimelineWorld,
  changed: (what: string) => void,
): { readonly [N in TimelineCall]: (input: Input<N>) => Output<N> } {
  const find = (app: AppName): Timeline => {
    const found = world.timelines.find((one) => one.app.name === app);
    if (found === undefined) throw new Error(`no app ${app}`);
    return found;
  };
  const put = (app: AppName, patch: Partial<Timeline>): Record<never, never> => {
    world.timelines = world.timelines.map((one) => (one.app.name === app ? { ...one, ...patch } : one));
    changed('timeline');
    return {};
  };
  const takeBack = (app: AppName, version: string): Partial<Timeline> => {
    const timeline = find(app);
    const entries = timeline.entries.map((entry) => ({ ...entry, isPresent: false }));
    const changes = [
      { interface: timeline.app.interface, name: timeline.app.title, from: timeline.app.version, to: version },
    ];
    const number = entries.length + 1;
    const at = '2026-11-22T10:00:00Z';
    entries.unshift({ number, at, cause: 'rollback', version, changes, isHere: true, isPresent: true });
    return { entries, app: { ...timeline.app, version }, canUndo: true };
  };
  const versionOf = (app: AppName, entry: number): string =>
    find(app).entries.find(({ number }) => number === entry)?.version ?? '';
  return {
    'timeline.apps': () => ({ apps: world.timelines.map(({ app }) => app), damaged: [] }),
    'timeline.view': ({ app }) => find(app),
    'timeline.rollback': ({ app, entry }) =>
      put(app, { ...takeBack(app, versionOf(app, entry)), hold: { until: null } }),
    'timeline.undo': ({ app }) => {
      const [, before] = find(app).entries;
      const back = takeBack(app, before?.version ?? '');
      const entries = (back.entries ?? []).map((entry, index) =>
        index === 0 ? { ...entry, cause: 'change' as const } : entry,
      );
      return put(app, { ...back, entries, hold: null, canUndo: false });
    },
    'timeline.hold': ({ app, until }) => put(app, { hold: { until } }),
    'timeline.skip': ({ app, entry, until }) => {
      const { app: summary, skips } = find(app);
      const version = versionOf(app, entry);
      const skipped = [...skips, { name: summary.title, version, until }];
      return put(app, {
        ...(version === summary.version ? takeBack(app, versionOf(app, entry - 1)) : {}),
        skips: skipped,
      });
    },
    'timeline.release': ({ app, what }) => put(app, what === 'hold' ? { hold: null } : { skips: [] }),
  };
}
