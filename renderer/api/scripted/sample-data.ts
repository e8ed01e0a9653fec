import type { AppSummary, FeedRow, InterfaceUri, Stability } from '../../../shared/model/index.ts';

/** A version of an invented component. */
export interface SampleVersion {
  readonly version: string;
  readonly released: string;
  readonly stability: Stability;
  readonly sizeBytes: number;
  readonly arch?: string;
  readonly langs?: string;
  /** Why it can never be used here. */
  readonly reason?: string;
}

/** An invented program or library. */
export interface SampleComponent {
  readonly uri: InterfaceUri;
  readonly name: string;
  readonly summary: string;
  readonly requires: readonly string[];
  /** The newest first. */
  readonly versions: readonly SampleVersion[];
}

/** Where the invented feeds live. */
export const sampleHost = 'https://samples.zerodesk.invalid/';

/** Address of an invented feed. */
export const uriOf = (name: string): InterfaceUri => `${sampleHost}${name}.xml` as InterfaceUri;

const version = (
  ...[number, released, stability, sizeBytes]: [
    number: string,
    released: string,
    stability: Stability,
    sizeBytes: number,
  ]
): SampleVersion => ({
  version: number,
  released,
  stability,
  sizeBytes,
});

/** All components that the invented world knows. */
export const components: readonly SampleComponent[] = [
  {
    uri: uriOf('memo'),
    name: 'Memo',
    summary: 'Notes that stay where you put them',
    requires: ['toolkit', 'python', 'spelling'],
    versions: [
      version('2.1', '2026-11-08', 'testing', 1_310_000),
      version('2.0', '2026-09-21', 'stable', 1_240_000),
      version('1.9.1', '2026-05-02', 'stable', 1_190_000),
      version('1.9', '2026-04-11', 'buggy', 1_190_000),
      version('1.8', '2025-12-19', 'insecure', 1_050_000),
    ],
  },
  {
    uri: uriOf('toolkit'),
    name: 'Toolkit',
    summary: 'Windows and buttons for small programs',
    requires: ['python'],
    versions: [
      version('3.2', '2026-08-30', 'stable', 4_480_000),
      version('3.1.4', '2026-03-17', 'stable', 4_400_000),
      version('2.9', '2025-07-01', 'stable', 3_900_000),
    ],
  },
  {
    uri: uriOf('python'),
    name: 'Python',
    summary: 'Interpreter for the Python language',
    requires: [],
    versions: [
      { ...version('3.14.1', '2026-10-30', 'testing', 12_800_000), arch: 'Linux-x86_64' },
      { ...version('3.13.9', '2026-10-14', 'stable', 12_400_000), arch: 'Linux-x86_64' },
      {
        ...version('3.13.9', '2026-10-14', 'stable', 12_900_000),
        arch: 'Windows-x86_64',
        reason: 'Not compatible with the requested OS type',
      },
      { ...version('3.12.12', '2026-10-09', 'stable', 11_900_000), arch: 'Linux-x86_64' },
      { ...version('3.11.14', '2026-04-02', 'stable', 11_200_000), arch: 'Linux-x86_64' },
      { ...version('3.9.2', '2024-02-19', 'insecure', 10_100_000), arch: 'Linux-x86_64' },
      {
        ...version('2.7.18', '2020-04-20', 'stable', 9_400_000),
        arch: 'Linux-i486',
        reason: 'Incompatible with another selected implementation',
      },
    ],
  },
  {
    uri: uriOf('spelling'),
    name: 'Spelling',
    summary: 'Word lists and a checker in eleven languages',
    requires: [],
    versions: [
      { ...version('1.4', '2026-02-03', 'stable', 2_700_000), langs: 'en de fr' },
      version('1.3', '2025-06-27', 'stable', 2_650_000),
    ],
  },
  {
    uri: uriOf('edit'),
    name: 'Edit',
    summary: 'A text editor that opens at once and knows forty languages',
    requires: ['toolkit', 'python', 'spelling'],
    versions: [
      version('1.9.7', '2026-10-01', 'stable', 3_600_000),
      version('1.9.6', '2026-08-12', 'stable', 3_590_000),
    ],
  },
  {
    uri: uriOf('filer'),
    name: 'Filer',
    summary: 'Move, rename and compare files in two panes',
    requires: ['toolkit', 'python'],
    versions: [version('2.5', '2026-09-09', 'stable', 2_050_000), version('2.4', '2026-05-30', 'stable', 2_010_000)],
  },
];

const app = (
  ...[name, summary, categories, rest = {}]: [
    name: string,
    summary: string,
    categories: string,
    rest?: Partial<AppSummary>,
  ]
): AppSummary => ({
  interface: uriOf(name.toLowerCase().replaceAll(' ', '-')),
  name,
  summary,
  description: `${summary}.\n\nStarts from its feed: nothing is installed, nothing else on the computer changes.`,
  homepage: 'https://zerodesk.invalid/',
  categories: categories.split(' ').filter((category) => category !== ''),
  icon: null,
  needsTerminal: false,
  isMine: false,
  isIntegrated: false,
  source: 'Samples',
  state: 'needs-download',
  version: null,
  lastRunAt: null,
  ...rest,
});

/** Tiles of the invented world. */
export const sampleApps: readonly AppSummary[] = [
  app('Memo', 'Notes that stay where you put them', 'Office Utility', {
    isMine: true,
    state: 'ready',
    version: '2.0',
    lastRunAt: '2026-11-22T09:10:00Z',
  }),
  app('Edit', 'A text editor that opens at once and knows forty languages', 'Utility Development', {
    isMine: true,
    state: 'needs-download',
    version: '1.9.7',
  }),
  app('Filer', 'Move, rename and compare files in two panes', 'System Utility', {
    isMine: true,
    state: 'ready',
    version: '2.5',
    isIntegrated: true,
    lastRunAt: '2026-11-20T18:02:00Z',
  }),
  app('Abacus', 'A calculator with paper: every line stays and can be changed', 'Education Utility', {
    version: '4.0',
  }),
  app('Chart Room', 'Draws your tables as charts fit for print', 'Office Science', { version: '0.9' }),
  app('Darkroom', 'Develop and sort photographs without touching the originals', 'Graphics', { version: '3.3.1' }),
  app('Four in a Row', 'The old game, against a friend or the computer', 'Game', { version: '1.2' }),
  app('Kettle', 'A timer that tells you when tea is ready', 'Utility', { version: '1.0.3' }),
  app('Listen', 'Plays music from a folder, gapless and without a library', 'AudioVideo', { state: 'problem' }),
  app('Orrery', 'Where the planets stand tonight', 'Education Science', { version: '2.2' }),
  app('Parcel', 'Sends a file to the computer beside you', 'Network', { state: 'unknown' }),
  app('Sketch', 'A drawing board with layers and real ink', 'Graphics', { version: '5.1' }),
  app('Tidy', 'Cleans up XML and HTML from the command line', 'Development', { needsTerminal: true, version: '5.9' }),
  app('Weigh', 'Shows what fills a disk, as a tree', 'System', { needsTerminal: true, version: '1.6' }),
];

/** What the Feeds tab shows for a component. */
export function sampleFeeds(component: SampleComponent): readonly FeedRow[] {
  const main: FeedRow = {
    url: String(component.uri) as FeedRow['url'],
    origin: 'main',
    arch: null,
    isUsed: true,
    status: 'ready',
    reason: null,
    name: component.name,
    summary: component.summary,
    description: `${component.name} is a part of the sample repository.\n\nIt needs no network and shows what feeds can do.`,
    homepages: ['https://zerodesk.invalid/'],
    changedAt: '2026-11-10T12:00:00Z',
    lastCheckedAt: '2026-11-22T08:41:00Z',
    lastAttemptAt: null,
    signatures: [
      {
        fingerprint: '8E6C1F0A5B2D49370C7EAD1134F98B0255D6A1C7',
        name: 'Zerodesk Samples <samples@zerodesk.invalid>',
        signedAt: '2026-11-10T12:00:00Z',
        isTrusted: true,
      },
    ],
  };
  const native: FeedRow = {
    ...main,
    url: `distribution:${component.uri}` as FeedRow['url'],
    origin: 'native',
    isUsed: false,
    summary: null,
    description: null,
    homepages: [],
    signatures: [],
    changedAt: null,
    lastCheckedAt: null,
  };
  return [main, native];
}

/** Fifty-two letters that look like a digest, the same for the same text. */
export function fakeDigest(text: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let hash = 17;
  let out = '';
  for (let index = 0; index < 52; index += 1) {
    hash = (hash * 131 + (text.codePointAt(index % text.length) ?? 7) + index) % 2_147_483_647;
    out += letters[hash % 32] ?? 'A';
  }
  return out;
}

/** The component of an address. */
export function findComponent(uri: InterfaceUri): SampleComponent | undefined {
  return components.find((component) => component.uri === uri);
}
