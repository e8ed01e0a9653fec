import { underscoreName } from '../../../electron/core/feed/names.ts';
import { referenceTo, type PlannedFeed, type PlannedRole, type WorldPlan } from './plan.ts';
import { drawExpression, drawOddExpression } from './versions.ts';
import { tag, type TagAttributes } from './xml.ts';

/** Names of commands that implementations may have. */
export const commandNames = ['run', 'test', 'gui', 'compile'] as const;

/** Where a dependency stands. */
export interface Place {
  readonly role: PlannedRole;
  readonly feed: PlannedFeed;
}

/** A dependency or restriction on some other component; nothing if there is none that could be named here. */
export function drawDependency(plan: WorldPlan, place: Place): readonly string[] {
  const { has } = plan;
  const name = has('restricts') ? 'restricts' : 'requires';
  return drawElement(plan, place, name, {
    importance: has('recommended') ? plan.random.pick(['recommended', 'recommended', 'optional']) : null,
    'compile:include-binary': has('compile') ? 'true' : null,
  });
}

/** A dependency that always counts, so that programs are more than their main part. */
export function drawNeed(plan: WorldPlan, place: Place): readonly string[] {
  const calm: WorldPlan = { ...plan, has: (feature) => feature === 'restricted' && plan.has(feature) };
  return drawElement(calm, place, 'requires', {});
}

/** The runner of a command. */
export function drawRunner(plan: WorldPlan, place: Place): readonly string[] {
  const command = plan.random.chance(0.2) ? plan.random.pick(commandNames) : null;
  return drawElement(plan, place, 'runner', { command });
}

/** A binding, in a dependency or directly in what it is about. */
export function drawBinding({ random, isDamaged, has }: WorldPlan): string {
  const command = has('boundCommand') ? random.pick(commandNames) : null;
  switch (random.below(6)) {
    case 0:
      return tag('executable-in-path', { name: 'tool', command: isDamaged() ? 'none' : (command ?? 'run') });
    case 1:
      return tag('executable-in-var', { name: 'TOOL', command });
    case 2:
      return tag('binding', { path: 'x', command });
    case 3:
      return tag('overlay', { src: 'a', 'mount-point': '/b' });
    case 4:
      return tag('environment', { name: 'X', value: 'a b', mode: random.pick([null, 'append', 'replace']) });
    default:
      return tag('environment', {
        name: isDamaged() ? null : 'LIB',
        insert: 'lib',
        mode: isDamaged() ? 'shuffle' : random.pick([null, 'prepend']),
        separator: random.pick([null, ':', ';']),
        default: random.pick([null, '/lib']),
      });
  }
}

function drawElement(plan: WorldPlan, place: Place, name: string, extra: TagAttributes): readonly string[] {
  const { random, has, isDamaged } = plan;
  const target = drawTarget(plan, place);
  const reference = isDamaged()
    ? random.pick(['ftp://example.com/x.xml', 'role-1.xml', 'http://example.com'])
    : target && referenceTo(plan, target.main, place.feed);
  if (target === null || reference === null) return [];
  const { attribute, children } = drawRestriction(plan, target);
  const hasBinding = random.chance(0.3);
  return [
    tag(
      name,
      {
        interface: reference,
        version: attribute,
        distribution: has('distribution') ? random.pick(['0install', 'Debian', 'Gentoo', '0install Gentoo', '']) : null,
        use: has('conditional') ? random.pick(['testing', 'build', '']) : null,
        os: has('conditional') ? random.pick(['Windows', 'Linux', 'POSIX', '*']) : null,
        source: isDamaged() ? 'maybe' : has('source') && random.chance(0.3) ? random.pick(['true', 'false']) : null,
        ...extra,
      },
      [...children, ...(hasBinding ? [drawBinding(plan)] : [])],
    ),
  ];
}

function drawTarget(plan: WorldPlan, { role, feed }: Place): PlannedRole | null {
  const { random, roles, has } = plan;
  if (has('self') && random.chance(0.3)) return role;
  const isBack = has('cycle');
  const possible = roles.filter(
    ({ index, main }) => (isBack || index > role.index) && (main.isRemote || !feed.isRemote || random.chance(0.1)),
  );
  return possible.length === 0 ? null : random.pick(possible);
}

function drawRestriction(
  plan: WorldPlan,
  { main, others, versions }: PlannedRole,
): { readonly attribute: string | null; readonly children: readonly string[] } {
  const { random, has, isDamaged } = plan;
  if (!has('restricted')) return { attribute: null, children: [] };
  if (has('oddRestriction')) return { attribute: drawOddExpression(random), children: [] };
  if (has('exactFeed')) {
    const feed = random.pick([main, ...others]).name;
    return { attribute: `=${feed}/${underscoreName(`i${random.below(versions.length)}`)}`, children: [] };
  }
  if (random.chance(0.6)) return { attribute: drawExpression(random, versions), children: [] };
  const version = (): string => (isDamaged() ? 'later' : random.pick(versions));
  const children = Array.from({ length: random.pick([1, 1, 2]) }, () =>
    tag('version', {
      'not-before': random.chance(0.5) ? version() : null,
      before: random.chance(0.4) ? version() : null,
    }),
  );
  return { attribute: random.chance(0.1) ? drawExpression(random, versions) : null, children };
}
