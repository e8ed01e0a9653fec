import type {
  AppList,
  AppSummary,
  ComponentRow,
  FeedUrl,
  FetchState,
  ImplementationId,
  InterfaceUri,
  SettingsView,
  SolveView,
  Stability,
  TrustedDomain,
  VersionList,
  VersionRow,
} from '../../../shared/model/index.ts';
import {
  fakeDigest,
  findComponent,
  sampleApps,
  uriOf,
  type SampleComponent,
  type SampleVersion,
} from './sample-data.ts';
import { sampleDesktop, type DesktopWorld } from './desktop.ts';
import { samplePlaces, type PlacesWorld } from './places.ts';
import { storedItems, type StoredWorld } from './storage.ts';
import { noImpact, type ImpactWorld } from './impact.ts';
import { sampleUpdates, type UpdatesWorld } from './updates.ts';
import { sampleTimelines, type TimelineWorld } from './timeline.ts';

/** Everything the invented main process knows; changed by calls. */
export interface World extends StoredWorld, PlacesWorld, DesktopWorld, TimelineWorld, UpdatesWorld, ImpactWorld {
  apps: AppSummary[];
  sources: AppList['sources'];
  settings: SettingsView;
  trust: TrustedDomain[];
  /** `URI VERSION` of what is stored. */
  readonly cached: Set<string>;
  readonly ratings: Map<string, Stability>;
  readonly policies: Map<string, VersionList['policy']>;
  sharing: 'ready' | 'not-set-up' | 'broken';
  asksNearby: boolean;
  /** Invented components of the map. */
  mapSize: number;
  /** Digests that were moved to the shared store. */
  readonly moved: Set<string>;
  readonly extraFeeds: Map<string, string[]>;
  /** Programs that have no solution here. */
  readonly unsolvable: Set<string>;
}

/** A world in which Memo and Filer are stored, Edit is not, and the catalogue is there. */
export function createWorld(): World {
  const world: World = {
    apps: [...sampleApps],
    sources: [
      { name: 'Samples', url: uriOf('catalog'), status: 'ready', error: null, refreshedAt: '2026-11-22T08:40:00Z' },
      {
        name: 'Zero Install',
        url: 'https://apps.0install.net/catalog.xml',
        status: 'ready',
        error: null,
        refreshedAt: '2026-11-22T08:40:00Z',
      },
    ],
    settings: {
      networkUse: 'full',
      freshnessSeconds: 2_592_000,
      helpWithTesting: false,
      autoApproveKeys: true,
      theme: 'system',
      showSamples: true,
      maxBytesPerSecond: null,
      updatesWhenMetered: false,
      updatesOnBattery: false,
      updateHours: null,
      language: 'system',
      showsTray: false,
      notifies: true,
      isWelcomed: true,
      programLanguages: [],
      locked: [],
    },
    ...sampleDesktop(),
    ...samplePlaces(),
    trust: [
      {
        domain: 'samples.zerodesk.invalid',
        keys: [
          {
            fingerprint: '8E6C1F0A5B2D49370C7EAD1134F98B0255D6A1C7',
            claimedIdentity: 'Zerodesk Samples <samples@zerodesk.invalid>',
          },
        ],
      },
      {
        domain: 'apps.example.org',
        keys: [
          { fingerprint: '92429807C9853C0744A68B9AAE07828059A53CC1', claimedIdentity: 'Thea Moss <thea@example.org>' },
          { fingerprint: 'DA9825AECAD089757CDABD8E07133F96CA74D8BA', claimedIdentity: null },
        ],
      },
    ],
    items: [],
    damaged: new Set(),
    cached: new Set(
      ['memo 2.0', 'toolkit 3.2', 'python 3.13.9', 'spelling 1.4', 'filer 2.5', 'filer 2.4', 'python 3.12.12'].map(
        toKey,
      ),
    ),
    ratings: new Map(),
    policies: new Map(),
    sharing: 'ready',
    asksNearby: false,
    mapSize: 0,
    moved: new Set(),
    extraFeeds: new Map(),
    unsolvable: new Set([uriOf('listen')]),
    timelines: sampleTimelines(),
    updates: sampleUpdates(),
    ...noImpact(),
  };
  world.items = storedItems(world.cached);
  return world;
}

const toKey = (text: string): string => {
  const [name = '', version = ''] = text.split(' ');
  return `${uriOf(name)} ${version}`;
};

const order: readonly Stability[] = ['insecure', 'buggy', 'developer', 'testing', 'stable', 'packaged', 'preferred'];

/** The versions of a component, best first as the policy orders them. */
export function versionsOf(world: World, uri: InterfaceUri): readonly VersionRow[] {
  const component = findComponent(uri) ?? placeholder(world, uri);
  const policy = world.policies.get(uri) ?? (world.settings.helpWithTesting ? 'testing' : 'stable');
  const least = order.indexOf(policy);
  const rows = component.versions.map((version, index) => toRow(world, { uri, version, index }));
  const rank = (row: VersionRow): number => Math.min(order.indexOf(row.userRating ?? row.stability), least);
  const usable = rows.filter((row) => row.reason === null);
  const preferred = usable.filter((row) => row.userRating === 'preferred');
  const rest = usable.filter((row) => row.userRating !== 'preferred').sort((a, b) => rank(b) - rank(a));
  const sorted = [...preferred, ...rest, ...rows.filter((row) => row.reason !== null)];
  return sorted.map((row, index) => ({ ...row, isSelected: index === 0 && row.reason === null }));
}

interface RowInput {
  readonly uri: InterfaceUri;
  readonly version: SampleVersion;
  readonly index: number;
}

function toRow(world: World, { uri, version, index }: RowInput): VersionRow {
  const id = `sha256new_${fakeDigest(`${uri}${version.version}${index}`)}` as ImplementationId;
  const userRating = world.ratings.get(`${uri} ${id}`) ?? null;
  const stability = userRating ?? version.stability;
  const isPoor = stability === 'buggy' || stability === 'insecure';
  const isCached = world.cached.has(`${uri} ${version.version}`) && version.reason === undefined;
  const fetch: FetchState = isCached
    ? { kind: 'cached', store: 'user' }
    : { kind: 'download', sizeBytes: version.sizeBytes };
  const isOffline = world.settings.networkUse === 'off-line' && !isCached;
  const reason =
    version.reason ?? (isPoor ? `Poor stability (${stability})` : isOffline ? 'Not cached and we are off-line' : null);
  return {
    id,
    fromFeed: String(uri) as FeedUrl,
    version: version.version,
    released: version.released,
    stability: version.stability,
    userRating,
    fetch,
    arch: version.arch ?? null,
    langs: version.langs ?? null,
    reason,
    isSelected: false,
  };
}

function placeholder(world: World, uri: InterfaceUri): SampleComponent {
  const app = world.apps.find((one) => one.interface === uri);
  const version: SampleVersion = {
    version: app?.version ?? '1.0',
    released: '2026-06-01',
    stability: 'stable',
    sizeBytes: 2_300_000,
  };
  return {
    uri,
    name: app?.name ?? 'Component',
    summary: app?.summary ?? '',
    requires: ['toolkit'],
    versions: [version],
  };
}

/** The selection of a program from what the world knows. */
export function solveView(
  world: World,
  root: InterfaceUri,
  before: ReadonlyMap<string, string> = new Map(),
): SolveView {
  const rows: ComponentRow[] = [];
  const visit = (uri: InterfaceUri, depth: number): void => {
    const component = findComponent(uri) ?? placeholder(world, uri);
    if (rows.some((row) => row.interface === uri)) return;
    const best = versionsOf(world, uri).find((row) => row.isSelected);
    const isProblem = best === undefined || (depth === 1 && world.unsolvable.has(root));
    const previous = before.get(uri);
    rows.push({
      interface: uri,
      isSource: false,
      depth,
      name: component.name,
      summary: component.summary,
      version: isProblem ? null : best.version,
      previousVersion: !isProblem && previous !== undefined && previous !== best.version ? previous : null,
      id: isProblem ? null : best.id,
      fromFeed: isProblem ? null : best.fromFeed,
      stability: isProblem ? null : best.stability,
      userRating: isProblem ? null : best.userRating,
      fetch: isProblem ? { kind: 'none' } : best.fetch,
      progress: null,
      problem: isProblem
        ? [
            'needs version 4.. (from Listen 1.1)',
            '3.2: incompatible with restrictions',
            '3.1.4: incompatible with restrictions',
          ]
        : [],
    });
    for (const name of component.requires) visit(uriOf(name), depth + 1);
  };
  visit(root, 0);
  const isSolved = rows.every((row) => row.version !== null);
  return {
    interface: root,
    name: rows[0]?.name ?? '',
    isSolved,
    hasMissingFeeds: false,
    components: rows,
    report: isSolved
      ? null
      : rows
          .filter((row) => row.version === null)
          .map((row) => `- ${row.interface} -> (problem)\n    ${row.problem.join('\n    ')}`)
          .join('\n'),
    downloadBytes: rows.reduce((sum, row) => sum + (row.fetch.kind === 'download' ? row.fetch.sizeBytes : 0), 0),
    problems: [],
  };
}
