import { isAppError } from '../../shared/errors/app-error.ts';
import type { InterfaceUri, MapNode, MapRoot, ProgramMap, StoreItemId } from '../../shared/model/index.ts';
import type { AppStorePort } from '../core/ports/app-store.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { Selection, Selections } from '../core/selections/model.ts';
import { roleText } from '../core/selections/roles.ts';
import { edgesOf } from '../core/selections/tree.ts';
import type { LibraryService } from './library-service.ts';
import { toRequirements } from './run-service.ts';
import type { SelectService } from './select-service.ts';
import { lastSegment } from './solve-view.ts';

/** Everything installed as a graph: why something is here. */
export interface MapService {
  /** @param only a program; null = all in *My apps* and all apps */
  map(only: string | null): Promise<ProgramMap>;
}

interface Deps {
  readonly library: Pick<LibraryService, 'read'>;
  readonly apps: Pick<AppStorePort, 'names' | 'read'>;
  readonly select: Pick<SelectService, 'local'>;
  readonly store: Pick<StorePort, 'list' | 'measure'>;
  readonly readFeed: (name: string) => FeedLookup;
  readonly log: LogPort;
}

/** What a program uses. */
interface Source {
  readonly name: string;
  readonly kind: MapRoot['kind'];
  readonly selections: Selections;
}

/** More cannot be looked at; what is beyond is counted. */
const maxNodes = 5000;

/** Creates the service. Apps count with what they remember, programs with what would be chosen without network. */
export function createMapService({ library, apps, select, store, readFeed, log }: Deps): MapService {
  const nameOf = (uri: string): string => {
    const found = readFeed(uri);
    return found.status === 'ready' ? found.feed.title : lastSegment(uri);
  };

  const sourcesOf = async (only: string | null) => {
    const sources: Source[] = [];
    const unknown: string[] = [];
    const covered = new Set<string>();
    for (const name of await apps.names()) {
      try {
        const app = await apps.read(name);
        if (app === null || (only !== null && app.selections.interface !== only)) continue;
        sources.push({ name, kind: 'app', selections: app.selections });
        covered.add(app.selections.interface);
      } catch (error) {
        if (!isAppError(error)) throw error;
        log.warn('app not read', { name, code: error.code });
        if (only === null) unknown.push(name);
      }
    }
    const own = only === null ? Object.entries(await library.read()) : [[only, { name: null }] as const];
    for (const [uri, { name }] of own) {
      if (covered.has(uri)) continue;
      const answer = await select.local(toRequirements({ interface: uri }), { offline: true });
      const solved = answer.status === 'solved' ? answer : await select.local(toRequirements({ interface: uri }));
      if (solved.status === 'solved') {
        sources.push({ name: solved.tree[0]?.name ?? nameOf(uri), kind: 'library', selections: solved.selections });
      } else unknown.push(name ?? nameOf(uri));
    }
    return { sources, unknown };
  };

  /** Fills in where selected files are and how large they are. */
  const withSizes = async (nodes: readonly (MapNode & { readonly digests: readonly string[] })[]) => {
    const wanted = new Set(nodes.flatMap(({ digests }) => digests));
    const entries = (await store.list()).filter(({ kind, name }) => kind === 'implementation' && wanted.has(name));
    const { items } = await store.measure(entries);
    const byName = new Map<string, { readonly item: StoreItemId; readonly sizeBytes: number }>();
    for (const [index, { name, storeIndex }] of entries.entries()) {
      if (byName.has(name)) continue;
      byName.set(name, { item: `${storeIndex}:${name}` as StoreItemId, sizeBytes: items[index]?.sizeBytes ?? 0 });
    }
    return nodes.map(({ digests, ...node }): MapNode => {
      const digest = digests.find((each) => byName.has(each)) ?? null;
      const found = digest === null ? undefined : byName.get(digest);
      return { ...node, digest: digest ?? node.digest, item: found?.item ?? null, sizeBytes: found?.sizeBytes ?? null };
    });
  };

  return {
    async map(only) {
      const { sources, unknown } = await sourcesOf(only);
      const nodes = new Map<string, MapNode & { readonly digests: readonly string[] }>();
      const edges = new Map<string, { readonly from: string; readonly to: string }>();
      const roots: MapRoot[] = [];
      const left = new Set<string>();
      for (const { name, kind, selections } of sources) {
        const byRole = new Map(selections.selections.map((each) => [roleText(each), keyOf(each)]));
        const used: string[] = [];
        for (const selection of selections.selections) {
          const key = keyOf(selection);
          if (!nodes.has(key) && nodes.size >= maxNodes) {
            left.add(key);
            continue;
          }
          nodes.set(key, { ...toNode(selection, nameOf), key });
          used.push(key);
          for (const edge of edgesOf(selection)) {
            const to = byRole.get(roleText(edge));
            if (to !== undefined) edges.set(`${key}\n${to}`, { from: key, to });
          }
        }
        const node = byRole.get(roleText(selections));
        if (node === undefined || !nodes.has(node)) continue;
        roots.push({ name, kind, interface: selections.interface as InterfaceUri, node, nodes: used });
      }
      return {
        roots,
        nodes: await withSizes([...nodes.values()]),
        edges: [...edges.values()].filter(({ from, to }) => nodes.has(from) && nodes.has(to)),
        unknown,
        moreCount: left.size,
      };
    },
  };
}

/** The same version of two feeds is two things, and so are two implementations of one version. */
function keyOf(selection: Selection): string {
  return `${roleText(selection)} ${selection.version} ${selection.digests[0] ?? selection.id}`;
}

function toNode(
  { interface: uri, version, isSource, kind, digests }: Selection,
  nameOf: (uri: string) => string,
): MapNode & { readonly digests: readonly string[] } {
  return {
    key: '',
    interface: uri as InterfaceUri,
    name: nameOf(uri),
    version,
    isSource,
    kind,
    digest: digests[0] ?? null,
    item: null,
    sizeBytes: null,
    digests,
  };
}
