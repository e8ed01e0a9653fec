import { isAppError } from '../../shared/errors/app-error.ts';
import type { Restrictions } from '../core/apps/holding.ts';
import type { JudgedVersion, Use } from '../core/impact/impact.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { Role, SelectAnswer, VersionsAnswer } from '../core/select/model.ts';
import type { PackageReplies } from '../core/select/native-packages.ts';
import type { AppLookup } from './app-lookup.ts';
import { createKeptAnswers } from './kept-answers.ts';
import { toRequirements } from './run-service.ts';
import type { SelectService } from './select-service.ts';
import { downloadBytesOf } from './solve-view.ts';

/** What a program would be started with now. */
export interface WouldUse {
  readonly parts: readonly {
    readonly role: Role;
    readonly chosen: { readonly fromFeed: string; readonly id: string; readonly version: string } | null;
  }[];
  readonly downloadBytes: number;
}

/** What the solver says of components and programs, asked once until something of it changes. */
export interface ImpactFacts {
  /**
   * What is said of the versions of each component.
   *
   * @returns without those that cannot be told now, because every program that uses them is broken
   */
  versions(
    uses: ReadonlyMap<string, readonly Use[]>,
  ): Promise<{ readonly versions: ReadonlyMap<string, readonly JudgedVersion[]>; readonly isWhole: boolean }>;
  /** Null if there is no solution. @param restrictions others than the program has now */
  wouldUse(program: string, restrictions?: Restrictions): Promise<WouldUse | null>;
  /** A feed, or what the person wants of a feed or an interface. @returns whether anything was known of it */
  noteChanged(name: string): boolean;
  /** Versions came or went. @returns whether anything followed from those that were there */
  noteStored(): boolean;
  /** Forgets all other programs. */
  retainPrograms(programs: ReadonlySet<string>): void;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'versions'>;
  readonly select: Pick<SelectService, 'local' | 'policy' | 'packageReplies'>;
  readonly lookup: Pick<AppLookup, 'requirementsOf'>;
  /** As for `createKeptAnswers`. */
  readonly stateOf: (feeds: readonly string[]) => Promise<string>;
  readonly log: LogPort;
}

/** Creates the service. */
export function createImpactFacts({ solver, select, lookup, stateOf, log }: Deps): ImpactFacts {
  const components = createKeptAnswers<readonly JudgedVersion[]>(stateOf);
  const programs = createKeptAnswers<WouldUse | null>(stateOf);
  let replies: { readonly of: PackageReplies; readonly text: string } | null = null;
  let isOffline = false;

  /** What every answer follows from besides feeds, as a text. */
  const circumstances = async (): Promise<string> => {
    const policy = await select.policy();
    isOffline = policy.networkUse === 'off-line';
    const present = select.packageReplies();
    if (replies?.of !== present) replies = { of: present, text: JSON.stringify([...present]) };
    return `${JSON.stringify(policy)}\n${replies.text}`;
  };

  const askVersions = async ({ program, interface: uri, isSource }: Use): Promise<VersionsAnswer> => {
    const requirements = { ...toRequirements({ interface: program }), command: null };
    const query = { requirements, policy: await select.policy(), packageReplies: select.packageReplies() };
    return solver.versions({ ...query, role: { interface: uri, isSource } });
  };

  /** From the first program with which it can be told. */
  const versionsFor = async (
    key: string,
    users: readonly Use[],
    now: string,
  ): Promise<readonly JudgedVersion[] | null> => {
    for (const use of users) {
      try {
        return await components.get(key, now, async () => {
          const { rows, feeds } = await askVersions(use);
          return { value: rows.map(toJudged), sources: [use.interface, ...feeds.map(({ name }) => name)] };
        });
      } catch (error) {
        if (!isAppError(error) || isAppError(error, 'cancelled')) throw error;
        log.warn('component not checked for flaws', {
          interface: use.interface,
          program: use.program,
          code: error.code,
        });
      }
    }
    return null;
  };

  return {
    async versions(uses) {
      const now = await circumstances();
      const versions = new Map<string, readonly JudgedVersion[]>();
      for (const [key, users] of uses) {
        const found = await versionsFor(key, users, now);
        if (found !== null) versions.set(key, found);
      }
      components.retain(new Set(uses.keys()));
      return { versions, isWhole: versions.size === uses.size };
    },
    async wouldUse(program, restrictions) {
      const present = await lookup.requirementsOf(program);
      const requirements = restrictions === undefined ? present : { ...present, restrictions };
      const key = restrictions === undefined ? program : otherKey(program);
      return programs.get(key, `${JSON.stringify(requirements)}\n${await circumstances()}`, async () => {
        const answer = await select.local(requirements);
        const sources = [...answer.usedFeeds, ...answer.tree.map(({ role }) => role.interface)];
        return { value: toWouldUse(answer), sources: [...new Set(sources)] };
      });
    },
    noteChanged(name) {
      const isKnown = [components.forget(name), programs.forget(name)];
      return isKnown.includes(true);
    },
    noteStored() {
      const isKnown = [programs.forgetAll(), isOffline && components.forgetAll()];
      return isKnown.includes(true);
    },
    retainPrograms(present) {
      programs.retain(new Set([...present].flatMap((program) => [program, otherKey(program)])));
    },
  };
}

/** No address has a space. */
function otherKey(program: string): string {
  return `${program} otherwise`;
}

function toJudged({ fromFeed, id, version, stability, userRating, reason }: JudgedVersion): JudgedVersion {
  return { fromFeed, id, version, stability, userRating, reason };
}

function toWouldUse({ status, tree }: SelectAnswer): WouldUse | null {
  if (status !== 'solved') return null;
  const parts = tree.map(({ role, implementation: chosen }) => ({
    role,
    chosen: chosen && { fromFeed: chosen.fromFeed, id: chosen.id, version: chosen.version },
  }));
  return { parts, downloadBytes: downloadBytesOf(tree) };
}
