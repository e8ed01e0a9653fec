import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { FeedUrl, ImpactRow, ImplementationId, InterfaceUri, JobId } from '../../../shared/model/index.ts';
import { uriOf } from './sample-data.ts';
import type { TimelineWorld } from './timeline.ts';

type ImpactCall = 'impact.list' | 'impact.take' | 'impact.dismiss';

/** Programs that use a version which turned out to be flawed. */
export interface ImpactWorld {
  impact: readonly ImpactRow[];
}

/** None. */
export const noImpact = (): ImpactWorld => ({ impact: [] });

/** A library with a security flaw that two programs use, and a program that has a bug and no replacement. */
export function sampleImpact(): ImpactWorld {
  const python = {
    component: { interface: uriOf('python'), name: 'Python', isSource: false },
    version: '3.13.9',
    fromFeed: String(uriOf('python')) as FeedUrl,
    implementation: 'sha256new_P' as ImplementationId,
    before: 'stable' as const,
    now: 'insecure' as const,
    replacement: { version: '3.13.10', downloadBytes: 13_200_000 },
    withoutHold: null,
  };
  const program = (name: string, app: string | null) => ({
    interface: uriOf(name.toLowerCase()),
    name,
    app: app as never,
  });
  return {
    impact: [
      { id: 'a', program: program('Memo', 'memo'), ...python },
      { id: 'b', program: program('Filer', null), ...python, replacement: { version: '3.13.10', downloadBytes: 0 } },
      {
        ...python,
        id: 'c',
        program: program('Edit', null),
        component: { interface: uriOf('edit'), name: 'Edit', isSource: false },
        version: '1.9.6',
        before: null,
        now: 'buggy',
        replacement: null,
      },
    ],
  };
}

/** The same library in a program that is held, and in one that is not. */
export function heldImpact(): ImpactWorld {
  const [memo, filer] = sampleImpact().impact;
  if (memo === undefined || filer === undefined) return noImpact();
  return { impact: [{ ...memo, replacement: null, withoutHold: { version: '3.13.10' } }, filer] };
}

/** The calls about them. */
export function impactCalls(
  world: ImpactWorld & TimelineWorld,
  changed: (what: string) => void,
  begin: (uri: InterfaceUri) => JobId,
): { readonly [N in ImpactCall]: (input: Input<N>) => Output<N> } {
  const drop = (id: string): ImpactRow | undefined => {
    const row = world.impact.find((one) => one.id === id);
    world.impact = world.impact.filter((one) => one.id !== id);
    changed('impact');
    return row;
  };
  const isHeld = ({ program }: ImpactRow): boolean =>
    world.timelines.some(({ app, hold }) => app.name === program.app && hold !== null);
  return {
    'impact.list': () => world.impact.map((row) => (isHeld(row) ? row : released(row))),
    'impact.take': ({ id }) => begin(drop(id)?.program.interface ?? uriOf('memo')),
    'impact.dismiss': ({ id }) => {
      drop(id);
      return {};
    },
  };
}

/** What a row says when its app is held no more. */
function released(row: ImpactRow): ImpactRow {
  const { withoutHold } = row;
  return withoutHold === null
    ? row
    : { ...row, replacement: { ...withoutHold, downloadBytes: 13_200_000 }, withoutHold: null };
}
