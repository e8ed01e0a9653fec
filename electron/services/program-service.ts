import type {
  FeedUrl,
  InterfaceUri,
  ProgramCommand,
  ProgramDetails,
  Provenance,
  StoreItemId,
} from '../../shared/model/index.ts';
import { chooseText } from '../core/feed/languages.ts';
import type { Feed, Implementation, Language } from '../core/feed/model.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StoreEntry, StorePort } from '../core/ports/store.ts';
import { feedDomain } from '../core/trust/domain.ts';
import type { ChosenImplementation, TreeRow } from '../core/select/model.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { AppLookup } from './app-lookup.ts';
import type { FeedService } from './feed-service.ts';
import type { IntegrateService } from './integrate-service.ts';
import type { SelectService } from './select-service.ts';
import { isRemote, lastSegment } from './solve-view.ts';

/** What there is to know of one program. */
export interface ProgramService {
  /** From what is on this computer; nothing is fetched. */
  details(uri: string): Promise<ProgramDetails>;
}

interface Deps {
  readonly lookup: AppLookup;
  readonly select: Pick<SelectService, 'local' | 'policy' | 'packageReplies'>;
  readonly solver: Pick<SolverPort, 'versions'>;
  readonly store: Pick<StorePort, 'list' | 'directories' | 'measure'>;
  readonly feeds: Pick<FeedService, 'signaturesOf'>;
  readonly readFeed: (name: string) => FeedLookup;
  readonly integrations: Pick<IntegrateService, 'entries'>;
  /** When what was last compared with its digest, by path; and what was found damaged. */
  readonly verifiedAt: () => Promise<Readonly<Record<string, string>>>;
  readonly isDamaged: (entry: StoreEntry) => boolean;
  /** In which texts of feeds are read, best first. */
  readonly languages: () => readonly Language[];
}

/** Creates the service. */
export function createProgramService(deps: Deps): ProgramService {
  const { lookup, select, solver, store, readFeed } = deps;

  const feedOf = (uri: string): Feed | null => {
    const found = readFeed(uri);
    return found.status === 'ready' ? found.feed : null;
  };

  /** Stored directories of what was chosen, with their sizes. */
  const storedOf = async (rows: readonly TreeRow[]) => {
    const wanted = new Set(rows.flatMap(({ implementation }) => implementation?.digests ?? []));
    const entries = (await store.list()).filter(({ kind, name }) => kind === 'implementation' && wanted.has(name));
    const { items } = await store.measure(entries);
    const byName = new Map<string, { readonly entry: StoreEntry; readonly sizeBytes: number }>();
    // Of several copies the first store's is the one that is used.
    for (const [index, entry] of entries.entries()) {
      const known = byName.get(entry.name);
      if (known && known.entry.storeIndex <= entry.storeIndex) continue;
      byName.set(entry.name, { entry, sizeBytes: items[index]?.sizeBytes ?? 0 });
    }
    return (digests: readonly string[]) => digests.map((name) => byName.get(name)).find((one) => one !== undefined);
  };

  const originOf = ({ availability, fromFeed }: ChosenImplementation): Provenance['origin'] => {
    if (availability.kind === 'package' || availability.kind === 'install') return 'native';
    return isRemote(fromFeed) ? 'signed' : 'local';
  };

  return {
    async details(uri) {
      const languages = deps.languages();
      const app = await lookup.of(uri);
      const requirements = await lookup.requirementsOf(uri);
      const policy = await select.policy();
      const [answer, versions, entries, verified] = await Promise.all([
        select.local(requirements),
        solver.versions({
          requirements,
          policy,
          packageReplies: select.packageReplies(),
          role: { interface: uri, isSource: requirements.isSource },
        }),
        deps.integrations.entries(),
        deps.verifiedAt(),
      ]);
      const rows = answer.tree.filter(({ implementation }) => implementation !== null);
      const stored = await storedOf(rows);
      const signers = new Map<string, Provenance['signers']>();
      const signersOf = async (feed: string): Promise<Provenance['signers']> => {
        const known = signers.get(feed);
        if (known) return known;
        const found = (await deps.feeds.signaturesOf(feed)).map(({ fingerprint, name, isTrusted }) => ({
          fingerprint,
          name,
          isTrusted,
        }));
        signers.set(feed, found);
        return found;
      };
      const provenance: Provenance[] = [];
      for (const { role, name, implementation } of rows) {
        if (implementation === null) continue;
        const origin = originOf(implementation);
        const isSigned = origin === 'signed';
        const found = stored(implementation.digests);
        provenance.push({
          interface: role.interface as InterfaceUri,
          name,
          version: implementation.version,
          feed: implementation.fromFeed as FeedUrl,
          origin,
          signers: isSigned ? await signersOf(implementation.fromFeed) : [],
          domain: isSigned ? feedDomain(implementation.fromFeed) : null,
          digest: found?.entry.name ?? implementation.digests[0] ?? null,
          item: found ? (`${found.entry.storeIndex}:${found.entry.name}` as StoreItemId) : null,
          store: found ? (store.directories()[found.entry.storeIndex]?.name ?? null) : null,
          sizeBytes: found?.sizeBytes ?? null,
          verifiedAt: found ? latest(verified[found.entry.path] ?? null, found.entry.modifiedAt) : null,
          isDamaged: found !== undefined && deps.isDamaged(found.entry),
        });
      }
      const root = rows.find(({ depth }) => depth === 0)?.implementation ?? null;
      const feed = feedOf(uri);
      const chosen =
        root === null ? undefined : feedOf(root.fromFeed)?.implementations.find((each) => each.id === root.id);
      const download = rows.reduce(
        (sum, { implementation }) =>
          sum + (implementation?.availability.kind === 'download' ? implementation.availability.sizeBytes : 0),
        0,
      );
      return {
        interface: uri as InterfaceUri,
        name: feed?.title ?? answer.tree[0]?.name ?? lastSegment(uri),
        summary: feed === null ? '' : chooseText(feed.summaries, languages),
        description: feed === null ? [] : paragraphs(chooseText(feed.descriptions, languages)),
        homepages: (feed?.homepages ?? []).filter(isRemote),
        categories: (feed?.categories ?? []).filter(({ type }) => type === null).map(({ name }) => name),
        needsTerminal: feed?.needsTerminal ?? false,
        replacedBy: (feed?.replacedBy ?? null) as InterfaceUri | null,
        version: root?.version ?? null,
        released: root?.released ?? null,
        stability: root?.stability ?? null,
        license: chosen?.attributes['license'] ?? null,
        versionCount: new Set(versions.rows.map(({ version }) => version)).size,
        newestVersion: versions.rows[0]?.version ?? null,
        ownBytes: provenance[0]?.sizeBytes ?? null,
        librariesBytes: sumOf(provenance.slice(1)),
        downloadBytes: download,
        commands: root === null ? [] : commandsOf(feed, chosen, languages),
        provenance,
        entries: entries.filter(({ of }) => of === uri || (app !== null && of === app.name)),
      };
    },
  };
}

function sumOf(parts: readonly Provenance[]): number | null {
  const sizes = parts.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]));
  return sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
}

function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}

/** Blank lines divide them; other line breaks are those of whoever wrote the file. */
function paragraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '');
}

/** The commands of an implementation, the usual one first, with what the program's feed says of them. */
function commandsOf(
  main: Feed | null,
  implementation: Implementation | undefined,
  languages: readonly Language[],
): ProgramCommand[] {
  const names = implementation ? [...implementation.commands.keys()] : ['run'];
  const ordered = [...names.filter((name) => name === 'run'), ...names.filter((name) => name !== 'run').sort()];
  return ordered.map((name) => {
    const point = main?.entryPoints.find(({ command }) => command === name);
    return {
      name,
      title: textOrNull(chooseText(point?.names ?? [], languages)),
      summary: textOrNull(chooseText(point?.summaries ?? [], languages)),
      needsTerminal: point?.needsTerminal ?? false,
    };
  });
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
