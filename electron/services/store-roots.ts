import type { AppSelectionsPort } from '../core/ports/app-selections.ts';
import type { RunLogPort } from '../core/ports/run-log.ts';
import type { StoredOwner } from '../core/select/model.ts';
import type { LibraryService } from './library-service.ts';
import { toRequirements } from './run-service.ts';
import type { SelectService } from './select-service.ts';
import { lastSegment } from './solve-view.ts';

/** Something that needs an implementation: a program in *My apps*, an app of `0install add`, a run in the history. */
export interface Need {
  readonly kind: 'library' | 'app' | 'history';
  /** Of the program. */
  readonly name: string;
}

/** What is needed, and when what was last used. */
export interface StoreRoots {
  /** What needs a directory, each once. @param owner whose it is, as far as known */
  needsOf(directory: string, owner: StoredOwner | undefined): readonly Need[];
  /** ISO 8601; null if no run of it is known. */
  lastUsedAt(directory: string): string | null;
}

/** Finds what must stay. */
export interface StoreRootsService {
  /**
   * @param historyCount of the latest runs, how many need what they used
   * @throws AppError what reading the apps throws: what cannot be read must not count as needing nothing
   */
  find(historyCount: number): Promise<StoreRoots>;
}

interface Deps {
  readonly library: Pick<LibraryService, 'read'>;
  readonly select: Pick<SelectService, 'local'>;
  readonly apps: AppSelectionsPort;
  readonly runLog: Pick<RunLogPort, 'read'>;
}

/** Creates the service. */
export function createStoreRoots({ library, select, apps, runLog }: Deps): StoreRootsService {
  return {
    async find(historyCount) {
      const byDirectory = new Map<string, Need[]>();
      const byVersion = new Map<string, Need[]>();
      const need = (map: Map<string, Need[]>, keys: Iterable<string>, one: Need): void => {
        for (const key of keys) {
          const list = map.get(key) ?? [];
          if (!list.some(({ kind, name }) => kind === one.kind && name === one.name)) map.set(key, [...list, one]);
        }
      };

      const runs = await runLog.read();
      const names = new Map<string, string>();
      for (const [uri, app] of Object.entries(await library.read())) {
        const answer = await select.local(toRequirements({ interface: uri }), { offline: true });
        const name = (answer.status === 'solved' ? answer.tree[0]?.name : null) ?? app.name ?? uri;
        names.set(uri, name);
        const one: Need = { kind: 'library', name };
        if (answer.status === 'solved') need(byDirectory, digestsOf(answer.selections), one);
        // What ran the last time may be wanted back; and it is all that is known of a program whose feeds are not here.
        need(byDirectory, runs.findLast((run) => run.interface === uri)?.digests ?? [], one);
        const versions = Object.entries(app.versions).map(
          ([role, version]) => `${version} ${role.replace(/#source$/, '')}`,
        );
        need(byVersion, versions, one);
      }
      const present = await apps.list();
      for (const { app, selections } of present) need(byDirectory, digestsOf(selections), { kind: 'app', name: app });

      const lastUsed = new Map<string, string>();
      for (const { at, digests } of runs) for (const digest of digests) lastUsed.set(digest, at);
      // The command of an app starts it without any of ours, which could have noted the run.
      for (const { selections, lastRunAt } of present) {
        for (const digest of lastRunAt === null ? [] : digestsOf(selections)) {
          if ((lastUsed.get(digest) ?? '') < (lastRunAt ?? '')) lastUsed.set(digest, lastRunAt ?? '');
        }
      }
      for (const run of historyCount === 0 ? [] : runs.slice(-historyCount)) {
        const name = names.get(run.interface) ?? lastSegment(run.interface);
        need(byDirectory, run.digests, { kind: 'history', name });
      }

      return {
        needsOf: (directory, owner) => [
          ...(byDirectory.get(directory) ?? []),
          ...(owner === undefined ? [] : (byVersion.get(`${owner.version} ${owner.interface}`) ?? [])).filter(
            ({ kind, name }) =>
              byDirectory.get(directory)?.some((one) => one.kind === kind && one.name === name) !== true,
          ),
        ],
        lastUsedAt: (directory) => lastUsed.get(directory) ?? null,
      };
    },
  };
}

function digestsOf({
  selections,
}: {
  readonly selections: readonly { readonly digests: readonly string[] }[];
}): readonly string[] {
  return selections.flatMap(({ digests }) => digests);
}
