import { AppError } from '../../shared/errors/app-error.ts';
import type { LaunchPlan } from '../core/launch/model.ts';
import { planLaunch, type LaunchOptions as PlanOptions } from '../core/launch/plan.ts';
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
  /** Plans for any environment: the implementations are looked up once. What is returned throws what `plan` throws. */
  planner(selections: Selections): Promise<(env: Readonly<Record<string, string>>) => LaunchPlan>;
}

interface Deps {
  readonly store: Pick<StorePort, 'lookup'>;
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
  ): Promise<(env: Readonly<Record<string, string>>) => LaunchPlan> => {
    const directories = new Map<Selection, string | null>();
    for (const selection of selections.selections) directories.set(selection, await directoryOf(selection));
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

  return {
    plan: async (selections, options) => (await preparePlan(selections, options))(env()),
    planner: (selections) => preparePlan(selections, { args: [] }),
  };
}
