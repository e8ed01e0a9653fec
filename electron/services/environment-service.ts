import type { BoundPart, ChangedVariable, EnvironmentSheet, InterfaceUri } from '../../shared/model/index.ts';
import type { BoundComponent, LaunchPlan } from '../core/launch/model.ts';
import type { SandboxSettings } from '../core/launch/sandbox.ts';
import { toShellText } from '../core/launch/shell-text.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { FeedLookup } from '../core/select/world.ts';
import { roleText } from '../core/selections/roles.ts';
import type { Selections } from '../core/selections/model.ts';
import type { AppLookup } from './app-lookup.ts';
import type { LaunchService } from './launch-service.ts';
import type { SelectService } from './select-service.ts';
import { lastSegment, unsolvedError } from './solve-view.ts';

/** What programs are started with. */
export interface EnvironmentService {
  /**
   * The sheet of a program as it would be started now: of an app what it remembers, else what is selected without network.
   *
   * @param showsOwn whether values of the person's own variables, which may be secrets, are told
   * @throws AppError `no-solution`, `solve-failed`, and what planning throws
   */
  sheet(uri: string, showsOwn: boolean): Promise<EnvironmentSheet>;
}

interface Deps {
  readonly lookup: AppLookup;
  readonly select: Pick<SelectService, 'local'>;
  readonly launch: Pick<LaunchService, 'preview'>;
  readonly readFeed: (name: string) => FeedLookup;
  /** What an app may use; null if it is not run apart. */
  readonly sandboxOf: (app: StoredApp) => Promise<SandboxSettings | null>;
  /** Puts an app that is always run apart into its sandbox. */
  readonly apart: (plan: LaunchPlan, app: StoredApp, selections: Selections) => Promise<LaunchPlan>;
}

/** Creates the service. */
export function createEnvironmentService(deps: Deps): EnvironmentService {
  const { lookup, select, launch, sandboxOf } = deps;

  const partOf = ({ interface: uri, version }: BoundComponent): BoundPart => {
    const found = deps.readFeed(uri);
    const name = found.status === 'ready' ? found.feed.title : lastSegment(uri);
    return { interface: uri as InterfaceUri, name, version };
  };

  const selectionsOf = async (uri: string, app: StoredApp | null): Promise<Selections> => {
    if (app !== null) return app.selections;
    const answer = await select.local(await lookup.requirementsOf(uri));
    if (answer.status !== 'solved') throw unsolvedError(uri, answer);
    return answer.selections;
  };

  return {
    async sheet(uri, showsOwn) {
      const app = await lookup.of(uri);
      const selections = await selectionsOf(uri, app);
      const { plan, env, isComplete } = await launch.preview(selections, { args: [] });
      const sandbox = app === null ? null : await sandboxOf(app);
      const started = app !== null && sandbox !== null && isComplete ? await deps.apart(plan, app, selections) : plan;
      const changed = changedVariables(plan, env, { partOf, showsOwn });
      const names = new Set(changed.map(({ name }) => name));
      const kept = Object.entries(env).filter(([name]) => !names.has(name));
      const root = selections.selections.find((each) => roleText(each) === roleText(selections));
      return {
        ...partOf({ interface: uri, isSource: false, version: root?.version ?? '' }),
        variables: changed,
        inherited: kept
          .filter(([name]) => Object.hasOwn(started.env, name))
          .map(([name, value]) => ({ name, value: showsOwn ? value : null }))
          .sort((one, other) => (one.name < other.name ? -1 : 1)),
        withheld: Object.keys(env)
          .filter((name) => !Object.hasOwn(started.env, name))
          .sort(),
        argv: [...started.argv],
        cwd: plan.cwd,
        launchers: plan.launchers.map(({ path }) => path),
        sandbox: sandbox && { ...sandbox, writable: [...sandbox.writable], readable: [...sandbox.readable] },
        isPreview: !isComplete,
        shellText: toShellText({ ...plan, argv: started.argv }, (of) => {
          const { name, version } = partOf(of);
          return `${name} ${version}`;
        }),
      };
    },
  };
}

interface ViewOptions {
  readonly partOf: (of: BoundComponent) => BoundPart;
  readonly showsOwn: boolean;
}

function changedVariables(
  { bindings, env: after }: Pick<LaunchPlan, 'bindings' | 'env'>,
  before: Readonly<Record<string, string>>,
  { partOf, showsOwn }: ViewOptions,
): ChangedVariable[] {
  const byName = new Map<string, ChangedVariable>();
  for (const { variable, mode, value, of, by } of bindings) {
    const known = byName.get(variable) ?? {
      name: variable,
      changes: [],
      isOwn: Object.hasOwn(before, variable),
      before: showsOwn ? (before[variable] ?? null) : null,
      after: showsOwn ? (after[variable] ?? null) : null,
    };
    const change = { mode, value, of: partOf(of), by: partOf(by) };
    byName.set(variable, { ...known, changes: [...known.changes, change] });
  }
  return [...byName.values()];
}
