import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { LaunchPlan } from '../core/launch/model.ts';
import { planLaunch, type LaunchOptions as PlanOptions } from '../core/launch/plan.ts';
import { bestDigest } from '../core/manifest/digest-name.ts';
import type { LocalFilesPort } from '../core/ports/files.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { Selection, Selections } from '../core/selections/model.ts';

/** What a person may add to a start. */
export interface LaunchOptions extends Omit<PlanOptions, 'command'> {
  /** Only to be shown: nothing needs to exist. */
  readonly isDryRun?: boolean;
}

/** Computes how selections are started. */
export interface LaunchService {
  /** @throws AppError `implementation-missing`, `no-command`, `bad-launch`, `program-missing` */
  plan(selections: Selections, options: LaunchOptions): Promise<LaunchPlan>;
  /** What would be planned for a start, and from which environment. What is not stored counts as being in the user's store. */
  preview(selections: Selections, options: LaunchOptions): Promise<LaunchPreview>;
  /** Plans for any environment: the implementations are looked up once. What is returned throws what `plan` throws. */
  planner(selections: Selections): Promise<(env: Readonly<Record<string, string>>) => LaunchPlan>;
}

/** A plan to look at. */
export interface LaunchPreview {
  readonly plan: LaunchPlan;
  /** The environment it starts from. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether everything it needs is there. */
  readonly isComplete: boolean;
}

interface Deps {
  readonly store: Pick<StorePort, 'lookup' | 'directories'>;
  readonly files: Pick<LocalFilesPort, 'exists'>;
  /** The environment programs start from. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly platform: 'posix' | 'windows';
  readonly launchersDir: string;
}

/** Creates the service. Every selected implementation is looked up again: the cache may have been cleared meanwhile. */
export function createLaunchService({ store, files, env, platform, launchersDir }: Deps): LaunchService {
  const directoryOf = async (selection: Selection): Promise<string | null> => {
    if (selection.kind === 'package') return null;
    if (selection.kind === 'local') return selection.localPath;
    const stored = await store.lookup(selection.digests);
    if (stored) return stored.path;
    throw new AppError('implementation-missing', { interface: selection.interface, version: selection.version });
  };

  const preparePlan = async (
    selections: Selections,
    options: LaunchOptions,
    findDirectory = directoryOf,
  ): Promise<(env: Readonly<Record<string, string>>) => LaunchPlan> => {
    const directories = new Map<Selection, string | null>();
    for (const selection of selections.selections) directories.set(selection, await findDirectory(selection));
    return (wanted) =>
      planLaunch({
        selections,
        directoryOf: (selection) => directories.get(selection) ?? null,
        env: wanted,
        platform,
        pathExists: (path) => options.isDryRun === true || files.exists(path),
        launchersDir,
        options,
      });
  };

  const preview = async (selections: Selections, options: LaunchOptions): Promise<LaunchPreview> => {
    let isComplete = true;
    const userStore = store.directories()[0]?.path ?? '';
    const future = async (selection: Selection): Promise<string | null> => {
      try {
        return await directoryOf(selection);
      } catch (error) {
        if (!isAppError(error) || error.code !== 'implementation-missing') throw error;
        isComplete = false;
        return `${userStore}/${bestDigest(selection.digests)?.directory ?? selection.digests[0] ?? ''}`;
      }
    };
    const planFor = await preparePlan(selections, { ...options, isDryRun: true }, future);
    const base = env();
    return { plan: planFor(base), env: base, isComplete };
  };

  return {
    preview,
    plan: async (selections, options) => (await preparePlan(selections, options))(env()),
    planner: (selections) => preparePlan(selections, { args: [] }),
  };
}
