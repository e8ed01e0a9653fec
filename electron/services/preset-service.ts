import { AppError } from '../../shared/errors/app-error.ts';
import {
  type Draft,
  type InterfaceUri,
  type LocalFeedId,
  type Preset,
  type PresetChange,
  type PresetPreview,
  type PresetView,
  type UndoId,
} from '../../shared/model/index.ts';
import { presets } from '../../shared/model/preset-names.ts';
import {
  changesFor,
  globalChangesFor,
  memberChangesFor,
  obstacleTo,
  obstacleToMember,
  presetOf,
  presetOfAll,
  type GlobalFacts,
  type PresetChanges,
} from '../core/policy/presets.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { AppLookup } from './app-lookup.ts';
import type { AppPast } from './app-past.ts';
import type { ChangeService } from './change-service.ts';
import type { LibraryService } from './library-service.ts';
import type { LocalFeeds } from './local-feeds.ts';
import { readProgram, type Program } from './preset-facts.ts';
import type { SelectService } from './select-service.ts';
import { allOrNothing, type Restore } from './undo-service.ts';

/** A way to choose versions, for one program or (`root` null) for all of *My apps*. */
export interface PresetRequest {
  readonly root: string | null;
  readonly preset: Preset;
  /** For one's own build: a feed that the person has chosen. */
  readonly feed: LocalFeedId | null;
}

/** The seven ways to choose versions: which one is in force, what another one would change, and changing to it. */
export interface PresetService {
  view(root: string | null): Promise<PresetView>;
  /** Nothing is written. */
  preview(request: PresetRequest): Promise<PresetPreview>;
  /** All of it, or nothing. @throws AppError `not-allowed` if that way is not possible */
  apply(request: PresetRequest): Promise<UndoId>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'versions' | 'compare'>;
  readonly select: Pick<SelectService, 'local' | 'policy' | 'packageReplies'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly preferences: Pick<PreferencesPort, 'readInterface'>;
  readonly library: Pick<LibraryService, 'read'>;
  readonly lookup: AppLookup;
  readonly past: Pick<AppPast, 'holding' | 'hold' | 'release' | 'restorable'>;
  readonly changes: Pick<ChangeService, 'checkFeed' | 'makeLasting' | 'perform'>;
  readonly localFeeds: Pick<LocalFeeds, 'pathOf'>;
}

/** What is to be done for one program. */
interface Step extends PresetChanges {
  readonly program: Program;
}

/** Everything that is to be done. */
interface Plan {
  readonly global: Draft;
  readonly steps: readonly Step[];
  readonly obstacle: PresetPreview['obstacle'];
}

/** Creates the service. */
export function createPresetService(deps: Deps): PresetService {
  const readGlobal = async (): Promise<GlobalFacts> => {
    const { networkUse, helpWithTesting } = await deps.config.read();
    return { networkUse, helpWithTesting };
  };

  const readAll = async (): Promise<readonly Program[]> => {
    const programs: Program[] = [];
    for (const uri of Object.keys(await deps.library.read())) programs.push(await readProgram(deps, uri, null));
    return programs;
  };

  const plan = async ({ root, preset, feed }: PresetRequest): Promise<Plan> => {
    const global = await readGlobal();
    if (root === null) {
      const steps = (await readAll()).map((program) => ({
        program,
        ...memberChangesFor(preset, program.facts, global),
      }));
      return { global: globalChangesFor(preset, global), steps, obstacle: null };
    }
    const wanted = feed === null || preset !== 'own' ? null : deps.localFeeds.pathOf(feed);
    if (wanted !== null) deps.changes.checkFeed(root, wanted);
    const isKnown =
      wanted !== null && (await deps.preferences.readInterface(root)).feeds.some(({ src }) => src === wanted);
    const path = isKnown ? null : wanted;
    const program = await readProgram(deps, root, path);
    const onlyWanted =
      wanted === null
        ? program
        : { ...program, facts: { ...program.facts, own: program.facts.own.filter((one) => one.fromFeed === wanted) } };
    const changes = changesFor(preset, onlyWanted.facts, global);
    const added = path === null ? {} : { feeds: { [root]: { added: [path] } } };
    const step = { program: onlyWanted, ...changes, draft: { ...changes.draft, ...added } };
    return { global: {}, steps: [step], obstacle: obstacleTo(preset, onlyWanted.facts) };
  };

  /** As a draft, which includes what becomes of a hold. */
  const draftOf = ({ program, draft, hold }: Step, global: Draft): Draft => ({
    ...global,
    ...draft,
    ...(hold !== null && { restrictions: hold === 'take' ? program.held : program.released }),
  });

  const holdOrRelease = async ({ program: { app }, hold }: Step): Promise<Restore> => {
    if (app === null || hold === null) return () => Promise.resolve();
    return deps.past.restorable(app, () =>
      hold === 'take' ? deps.past.hold(app, null) : deps.past.release(app, 'hold'),
    );
  };

  return {
    async view(root) {
      const global = await readGlobal();
      if (root !== null) {
        const { facts, name } = await readProgram(deps, root, null);
        const choices = presets.map((preset) => {
          const obstacle = obstacleTo(preset, facts);
          return { preset, obstacle, programs: obstacle === null ? 1 : 0, of: 1 };
        });
        return { name, inForce: presetOf(facts, global), choices };
      }
      const all = (await readAll()).map(({ facts }) => facts);
      const choices = presets.map((preset) => ({
        preset,
        obstacle: null,
        programs: all.filter((facts) => obstacleToMember(preset, facts) === null).length,
        of: all.length,
      }));
      return { name: null, inForce: presetOfAll(all, global), choices };
    },
    async preview(request) {
      const { global, steps, obstacle } = await plan(request);
      const programs: PresetPreview['programs'] = [];
      for (const step of steps) {
        const { name, requirements, facts } = step.program;
        const query = { requirements, policy: await deps.select.policy(), draft: draftOf(step, global) };
        const comparison = await deps.solver.compare({ ...query, packageReplies: deps.select.packageReplies() });
        const isOther = comparison.changes.length > 0 || comparison.before.status !== comparison.after.status;
        if (request.root !== null || isOther)
          programs.push({ interface: facts.root as InterfaceUri, name, comparison });
      }
      return { obstacle, changes: [...globalLines(global), ...steps.flatMap(linesOf)], programs };
    },
    async apply(request) {
      const { global, steps, obstacle } = await plan(request);
      if (obstacle !== null) throw new AppError('not-allowed', { reason: `this is not possible here (${obstacle})` });
      const parts = steps.flatMap((step) => [
        () => deps.changes.makeLasting(step.program.facts.root, step.draft),
        () => holdOrRelease(step),
      ]);
      return deps.changes.perform(() => allOrNothing([() => deps.changes.makeLasting(null, global), ...parts]));
    },
  };
}

function globalLines({ networkUse, helpWithTesting }: Draft): readonly PresetChange[] {
  return [
    ...(networkUse === undefined ? [] : [{ kind: 'network' as const, networkUse }]),
    ...(helpWithTesting === undefined ? [] : [{ kind: 'testing' as const, isOn: helpWithTesting }]),
  ];
}

/** The settings that change for one program, in words to be. */
function linesOf({ program: { name, facts }, draft, hold }: Step): readonly PresetChange[] {
  const known = [...facts.versions, ...facts.lifted];
  const lines: PresetChange[] = [...globalLines(draft)];
  for (const { added = [] } of Object.values(draft.feeds ?? {}))
    lines.push(...added.map((feed) => ({ kind: 'feed' as const, name, feed })));
  for (const policy of Object.values(draft.policies ?? {})) lines.push({ kind: 'policy', name, policy });
  for (const [feed, rated] of Object.entries(draft.ratings ?? {})) {
    for (const [id, rating] of Object.entries(rated)) {
      const one = known.find((version) => version.fromFeed === feed && version.id === id);
      if (rating === 'preferred') lines.push({ kind: 'prefer', name, version: one?.version ?? id });
      else lines.push({ kind: 'unrate', name, version: one?.version ?? id, rating: one?.userRating ?? 'preferred' });
    }
  }
  if (hold !== null) lines.push({ kind: hold === 'take' ? 'hold' : 'release', name });
  return lines;
}
