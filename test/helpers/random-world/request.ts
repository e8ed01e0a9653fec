import { commandNames } from './dependencies.ts';
import type { WorldPlan } from './plan.ts';
import { drawExpression, drawOddExpression } from './versions.ts';

/** What is asked for in a world. */
export interface WorldRequest {
  /** Absolute path or URL. */
  readonly root: string;
  /** Options of `select`. */
  readonly args: readonly string[];
  /** The person's languages. */
  readonly env: Readonly<Record<string, string>>;
}

const platforms: readonly (readonly string[])[] = [
  ...Array.from({ length: 6 }, () => ['--os=Windows', '--cpu=x86_64']),
  [],
  [],
  ['--os=Linux', '--cpu=x86_64'],
  ['--os=MacOSX', '--cpu=aarch64'],
  ['--os=Windows', '--cpu=i686'],
  ['--os=Cygwin', '--cpu=*'],
];

/** Draws the question: about the first role, for some platform, command and versions. */
export function drawRequest(plan: WorldPlan): WorldRequest {
  const { random, roles, has } = plan;
  const args = [...random.pick(platforms)];
  if (random.chance(0.35)) args.push('--offline');
  if (roles[0]?.hasSource === true && random.chance(0.4)) args.push('--source');
  if (random.chance(roles.some(({ hasSource }) => hasSource) ? 0.6 : 0.05)) args.push('--may-compile');
  if (random.chance(0.15)) args.push(`--command=${random.pick([...commandNames, 'test', 'test', '', ''])}`);
  if (has('request')) args.push(...drawVersionArgs(plan));
  return { root: roles[0]?.main.name ?? '', args, env: random.chance(0.6) ? { LANG: 'C' } : drawLanguages(plan) };
}

function drawVersionArgs({ random, roles, isDamaged }: WorldPlan): readonly string[] {
  const args: string[] = [];
  const [root] = roles;
  if (root !== undefined) {
    if (random.chance(0.3)) args.push(`--before=${random.pick(root.versions)}`);
    if (random.chance(0.3)) args.push(`--not-before=${random.pick(root.versions)}`);
    if (random.chance(0.3)) args.push(`--version=${drawExpression(random, root.versions)}`);
  }
  for (const { main, versions } of random.some(roles, random.below(3))) {
    args.push('--version-for', main.name, isDamaged() ? drawOddExpression(random) : drawExpression(random, versions));
  }
  return args;
}

function drawLanguages({ random }: WorldPlan): Readonly<Record<string, string>> {
  const locales = ['fr_FR.UTF-8', 'de_AT', 'en_US.UTF-8', 'zh_TW', 'C', 'POSIX', ''];
  return {
    LANG: random.pick(locales),
    ...(random.chance(0.4) && { LANGUAGE: random.pick(['de:fr', 'fr_CA', '', 'x1:en', 'en_GB:en:de']) }),
    ...(random.chance(0.2) && { LC_MESSAGES: random.pick(locales) }),
    ...(random.chance(0.1) && { LC_ALL: random.pick(locales) }),
  };
}
