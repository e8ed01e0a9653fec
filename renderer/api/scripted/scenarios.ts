import type { ErrorData } from '../../../shared/errors/app-error.ts';
import type { AppSummary, JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { heldImpact, sampleImpact } from './impact.ts';
import { newJob, programState, progressAt, trustQuestion, withoutRate, withProgress } from './jobs.ts';
import { uriOf } from './sample-data.ts';
import { itemOf } from './storage.ts';
import { createWorld, solveView, type World } from './world.ts';

/** How the invented main process starts out. */
export interface Scenario {
  readonly world: World;
  readonly jobs: readonly JobSnapshot[];
  /** `never`: no call is answered; `failed`: each list fails. */
  readonly answers: 'normal' | 'never' | 'failed';
}

/** Names that `?scripted=` takes. */
export const scenarioNames = [
  'default',
  'empty',
  'loading',
  'failed',
  'offline',
  'many',
  'map-big',
  'map-huge',
  'long',
  'downloading',
  'running',
  'exited',
  'trust',
  'trust-unknown',
  'trust-changed',
  'queue',
  'history',
  'catalogue-failed',
  'damaged',
  'sharing-not-set-up',
  'sharing-broken',
  'locked',
  'impact',
  'impact-held',
  'first',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

const jobId = (number: number): JobId => `job-${number}` as JobId;

const problem = (code: string, params: ErrorData['params']): ErrorData => ({
  code: code as ErrorData['code'],
  params,
  causes: [],
});

/** Builds a scenario by name; an unknown name is `default`. */
export function createScenario(name: string): Scenario {
  const world = createWorld();
  const make = builders[name as ScenarioName] as ((world: World) => Partial<Scenario>) | undefined;
  return { world, jobs: [], answers: 'normal', ...make?.(world) };
}

const edit = uriOf('edit');
const memo = uriOf('memo');

const builders: Readonly<Record<ScenarioName, (world: World) => Partial<Scenario>>> = {
  default: () => ({}),
  empty: (world) => {
    world.apps = [];
    world.items = [];
    world.trust = [];
    world.sources = [];
    world.timelines = [];
    world.entries = [];
    world.updates = { ...world.updates, rows: [] };
    return {};
  },
  first: (world) => {
    world.apps = world.apps.map((app) => ({ ...app, isMine: false }));
    world.settings = { ...world.settings, isWelcomed: false };
    world.timelines = [];
    world.updates = { ...world.updates, rows: [] };
    return {};
  },
  loading: () => ({ answers: 'never' }),
  failed: () => ({ answers: 'failed' }),
  impact: (world) => {
    world.impact = sampleImpact().impact;
    return {};
  },
  'impact-held': (world) => {
    world.impact = heldImpact().impact;
    world.timelines = world.timelines.map((one) => (one.app.name === 'memo' ? { ...one, hold: { until: null } } : one));
    return {};
  },
  locked: (world) => {
    world.settings = {
      ...world.settings,
      networkUse: 'minimal',
      programLanguages: ['de_AT', 'fr'],
      locked: ['networkUse', 'freshnessSeconds', 'autoApproveKeys', 'programLanguages'],
    };
    return {};
  },
  offline: (world) => {
    world.settings = { ...world.settings, networkUse: 'off-line' };
    world.canSandbox = false;
    return {};
  },
  'catalogue-failed': (world) => {
    world.sources = [
      ...world.sources.slice(0, 1),
      {
        name: 'Zero Install',
        url: 'https://apps.0install.net/catalog.xml',
        status: 'failed',
        error: problem('host-unknown', { host: 'apps.0install.net' }),
        refreshedAt: '2026-11-20T08:40:00Z',
      },
    ];
    return {};
  },
  'sharing-not-set-up': (world) => {
    world.sharing = 'not-set-up';
    return {};
  },
  'sharing-broken': (world) => {
    world.sharing = 'broken';
    return {};
  },
  damaged: (world) => {
    const [toolkit] = world.items.filter(({ name }) => name === 'Toolkit');
    const [loose] = world.items.filter(({ kind, store }) => kind === 'unowned' && store === 'user');
    for (const item of [toolkit, loose]) if (item !== undefined) world.damaged.add(item.id);
    return {};
  },
  'map-big': (world) => {
    world.mapSize = 300;
    return {};
  },
  'map-huge': (world) => {
    world.mapSize = 3000;
    return {};
  },
  many: (world) => {
    const [first] = world.apps;
    if (first === undefined) return {};
    const more = Array.from({ length: 5000 }, (_, index): AppSummary => {
      const name = `Program ${String(index + 1).padStart(4, '0')}`;
      return {
        ...first,
        interface: uriOf(`program-${index}`),
        name,
        isMine: false,
        state: 'needs-download',
        version: `${index % 9}.${index % 7}`,
      };
    });
    world.apps = [...world.apps, ...more];
    world.items = Array.from({ length: 5000 }, (_, index) => ({
      ...itemOf(`${uriOf('python')} 3.12.12`),
      id: `0:sha256new_${String(index).padStart(8, '0')}` as never,
      name: `Library ${String(index + 1).padStart(4, '0')}`,
      sizeBytes: 1000 * (index + 1),
      freedBytes: 1000 * (index + 1),
    }));
    return {};
  },
  long: (world) => {
    const name = 'Bundesausbildungsförderungsgesetzänderungsverwaltungsprogramm für Sachbearbeiterinnen';
    world.apps = world.apps.map((app, index) =>
      index % 2 === 0
        ? {
            ...app,
            name,
            summary: `${name} und eine sehr lange Zusammenfassung, die nicht enden will und umbricht`,
            version: '2026.11.22-rc1-post3',
          }
        : app,
    );
    return {};
  },
  downloading: (world) => {
    world.cached.delete(`${uriOf('toolkit')} 3.2`);
    world.cached.delete(`${uriOf('spelling')} 1.4`);
    const view = solveView(world, edit);
    return {
      jobs: [newJob(jobId(1), { interface: edit, title: 'Edit', phase: 'downloading', ...withProgress(view, 0.5) })],
    };
  },
  running: (world) => ({
    jobs: [
      newJob(jobId(1), {
        interface: memo,
        title: 'Memo',
        phase: 'running',
        bytes: 0,
        solve: solveView(world, memo),
        program: programState(
          true,
          null,
          'Memo 2.0 with Toolkit 3.2 on Python 3.13.9\nopened /home/ada/notes (14 notes)\nsaved “Shopping”\n',
        ),
      }),
    ],
  }),
  exited: (world) => ({
    jobs: [
      newJob(jobId(1), {
        interface: memo,
        title: 'Memo',
        state: 'failed',
        phase: 'finished',
        finishedAt: '2026-11-22T10:00:03Z',
        solve: solveView(world, memo),
        program: programState(
          false,
          1,
          'Memo 2.0 with Toolkit 3.2 on Python 3.13.9\nTraceback (most recent call last):\n  File "memo.py", line 12, in <module>\n    import toolkit.window\nImportError: no display name and no $DISPLAY\n',
        ),
        error: problem('program-exited', {
          name: 'Memo',
          status: 'exit code 1',
          stderr: 'ImportError: no display name and no $DISPLAY',
        }),
      }),
    ],
  }),
  trust: (world) => asking(world, true),
  'trust-unknown': (world) => asking(world, false),
  'trust-changed': (world) => asking(world, false, true),
  queue: (world) => ({ jobs: queueOf(world) }),
  history: (world) => {
    const view = solveView(world, edit);
    const listen = uriOf('listen');
    return {
      jobs: [
        newJob(jobId(1), {
          interface: memo,
          title: 'Memo',
          state: 'done',
          phase: 'finished',
          finishedAt: '2026-11-22T09:10:04Z',
          bytes: 21_800_000,
          downloads: withProgress(solveView(world, memo), 1).downloads,
        }),
        newJob(jobId(2), {
          kind: 'download',
          interface: listen,
          title: 'Listen',
          state: 'failed',
          phase: 'finished',
          finishedAt: '2026-11-22T09:40:00Z',
          downloads: [
            {
              key: 'feed',
              kind: 'feed',
              title: 'Listen',
              detail: 'music.example.org',
              progress: { ...progressAt(80_000, 0.4), phase: 'failed' },
            },
          ],
          error: problem('download-cut-off', {
            url: 'https://music.example.org/listen.xml',
            receivedBytes: 32_000,
            expectedBytes: 80_000,
          }),
        }),
        newJob(jobId(3), {
          interface: uriOf('sketch'),
          title: 'Sketch',
          state: 'cancelled',
          phase: 'finished',
          finishedAt: '2026-11-22T09:50:00Z',
          bytes: 1_200_000,
        }),
        newJob(jobId(4), {
          kind: 'cache-delete',
          title: 'Delete 3 versions',
          state: 'done',
          phase: 'finished',
          finishedAt: '2026-11-22T09:55:00Z',
          bytes: 54_000_000,
        }),
        newJob(jobId(5), { interface: edit, title: 'Edit', phase: 'downloading', ...withProgress(view, 0.45) }),
        newJob(jobId(6), { kind: 'download', interface: uriOf('darkroom'), title: 'Darkroom', phase: 'refreshing' }),
      ],
    };
  },
};

/** Work of every kind of state, in another order than it was begun. */
function queueOf(world: World): readonly JobSnapshot[] {
  world.cached.delete(`${uriOf('toolkit')} 3.2`);
  world.cached.delete(`${uriOf('spelling')} 1.4`);
  const edit = solveView(world, uriOf('edit'));
  const paused = newJob(jobId(2), {
    kind: 'download',
    interface: memo,
    title: 'Memo',
    phase: 'downloading',
    ...withProgress(solveView(world, memo), 0.3),
  });
  const today = new Date().toISOString();
  const over = { phase: 'finished', finishedAt: today } as const;
  return [
    newJob(jobId(1), { interface: uriOf('edit'), title: 'Edit', phase: 'downloading', ...withProgress(edit, 0.45) }),
    { ...paused, ...withoutRate(paused), isPaused: true, rank: 3 },
    newJob(jobId(3), { kind: 'download', interface: uriOf('darkroom'), title: 'Darkroom', rank: 2 }),
    newJob(jobId(4), {
      kind: 'download',
      interface: uriOf('listen'),
      title: 'Listen',
      state: 'failed',
      ...over,
      kept: { bytes: 32_000_000, totalBytes: 80_000_000 },
      error: problem('download-cut-off', {
        url: 'https://music.example.org/listen.tgz',
        receivedBytes: 32_000_000,
        expectedBytes: 80_000_000,
      }),
    }),
    newJob(jobId(5), { interface: uriOf('sketch'), title: 'Sketch', state: 'cancelled', ...over }),
    newJob(jobId(6), { interface: uriOf('filer'), title: 'Filer', state: 'done', ...over, bytes: 21_800_000 }),
    newJob(jobId(7), {
      interface: uriOf('abacus'),
      title: 'Abacus',
      state: 'done',
      ...over,
      finishedAt: '2026-01-02T10:00:00Z',
    }),
  ];
}

function asking(world: World, isKnown: boolean, hasNewSigner = false): Partial<Scenario> {
  return {
    jobs: [
      newJob(jobId(1), {
        interface: edit,
        title: 'Edit',
        state: 'asking',
        phase: 'asking',
        solve: solveView(world, edit),
        question: trustQuestion(edit, isKnown, hasNewSigner),
      }),
    ],
  };
}
