import { AppError, fromErrorData } from '../../shared/errors/app-error.ts';
import type { JobId, ProfileItem, ProfilePlan } from '../../shared/model/index.ts';
import type { BundlePort, OpenedBundle } from '../core/ports/bundle.ts';
import type { PlannedItem } from '../core/profile/plan.ts';
import type { JobService } from './job-service.ts';
import type { JobSteps } from './job-steps.ts';
import { formatProfile, type ProfileExport } from './profile-export.ts';
import type { ProfileImport } from './profile-import.ts';

/** Profiles in the window. A plan is named by its id: the page never names files. */
export interface ProfileDesk {
  /** @param path as a person chose it. @throws AppError `bad-profile`, `file-missing`, `permission-denied`, `file-failed` */
  open(path: string): Promise<ProfilePlan>;
  /** With what became of its items. @throws AppError `no-such` */
  view(id: string): ProfilePlan;
  /** @throws AppError `no-such` */
  apply(id: string, items: readonly string[]): JobId;
  export(path: string, isBundle: boolean): JobId;
}

interface Deps {
  readonly exports: ProfileExport;
  readonly imports: ProfileImport;
  readonly files: BundlePort;
  readonly jobs: JobService;
  readonly steps: JobSteps;
  readonly onChanged: () => void;
}

interface Opened {
  plan: ProfilePlan;
  readonly planned: readonly PlannedItem[];
  readonly bundle: OpenedBundle | null;
}

/** Creates the service. */
export function createProfileDesk({ exports, imports, files, jobs, steps, onChanged }: Deps): ProfileDesk {
  // The one before the last is of no use any more.
  let opened: Opened | null = null;
  let lastNumber = 0;

  const find = (id: string): Opened => {
    if (opened?.plan.id !== id) throw new AppError('no-such', { what: 'plan', id });
    return opened;
  };

  return {
    async open(path) {
      const { name, text, bundle } = await files.open(path);
      const planned = await imports.plan(imports.parse(text, name));
      lastNumber += 1;
      const items = planned.map(({ item }) => item);
      opened = { plan: { id: `plan-${lastNumber}`, name, isBundle: bundle !== null, items }, planned, bundle };
      return opened.plan;
    },
    view: (id) => find(id).plan,
    apply(id, items) {
      const target = find(id);
      const request = { kind: 'profile-import', interface: null, title: target.plan.name, phase: 'selecting' } as const;
      return jobs.start(request, async (context) => {
        const show = (done: ProfileItem): void => {
          const all = target.plan.items.map((item) => (item.id === done.id ? done : item));
          target.plan = { ...target.plan, items: all };
          onChanged();
        };
        const { items: results } = await imports.apply(target.planned, target.bundle, {
          wanted: new Set(items),
          signal: context.signal,
          ask: context.ask,
          install: async (requirements) => {
            const board = await steps.board(context, requirements.interface);
            const { answer } = await steps.select({ requirements, mode: 'download', refresh: false }, context, board);
            await steps.fetch(answer, context, board);
            return answer.selections;
          },
          onItem: show,
        });
        const failed = results.find(({ error }) => error !== null)?.error;
        if (failed) throw fromErrorData(failed);
      });
    },
    export(path, isBundle) {
      const title = path.split(/[/\\]/).at(-1) ?? path;
      return jobs.start({ kind: 'profile-export', interface: null, title, phase: 'selecting' }, async ({ signal }) => {
        if (isBundle) await files.writeBundle(path, await exports.bundle(), signal);
        else await files.writeProfile(path, formatProfile(await exports.profile()));
      });
    },
  };
}
