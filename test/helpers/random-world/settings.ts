import path from 'node:path';
import { escapeName, prettyName } from '../../../electron/core/feed/names.ts';
import { baseOf, type PlannedRole, type WorldPlan } from './plan.ts';
import { documentText, tag } from './xml.ts';

/** A file of the world: text, or a link to another place. */
export type WorldFile = { readonly text: string } | { readonly link: string };

const levels = ['insecure', 'buggy', 'developer', 'testing', 'stable', 'packaged', 'preferred'] as const;

/** Where a feed's file lies. */
export function placeOfFeed(directory: string, name: string): string {
  if (name.startsWith('/')) return name;
  return path.join(baseOf(directory), 'cache/interfaces', escapeName(name));
}

/** The person's settings, by absolute path. */
export function drawSettings(plan: WorldPlan): ReadonlyMap<string, WorldFile> {
  const { directory, random, roles, has } = plan;
  const base = baseOf(directory);
  const files = new Map<string, WorldFile>([
    [path.join(base, 'config/injector/global'), { text: drawConfig(plan) }],
    // All of them have just been looked for, so that nothing is fetched behind our back.
    ...roles
      .flatMap(({ main, others }) => [main, ...others])
      .filter(({ isRemote }) => isRemote)
      .map(({ name }): [string, WorldFile] => [
        path.join(base, 'cache/injector/last-check-attempt', prettyName(name, 'posix')),
        { text: '' },
      ]),
  ]);
  for (const role of roles) {
    const registered = role.others.filter(({ kind }) => kind === 'registered');
    if (registered.length > 0 || has('policy')) {
      const file = path.join(base, 'config/injector/interfaces', prettyName(role.main.name, 'posix'));
      files.set(file, { text: drawInterface(plan, role) });
    }
    for (const { name } of [role.main, ...role.others]) {
      if (!has('rating')) continue;
      const file = path.join(base, 'config/injector/feeds', prettyName(name, 'posix'));
      files.set(file, { text: drawRatings(plan) });
    }
    const native = role.others.find(({ kind }) => kind === 'native');
    if (native !== undefined && (!native.isMissing || random.chance(0.5))) {
      const link = path.join(base, 'data/native_feeds', prettyName(role.main.name, 'posix'));
      files.set(link, { link: native.name });
    }
  }
  return files;
}

function drawConfig({ random }: WorldPlan): string {
  return [
    '[global]',
    'freshness = -1',
    `network_use = ${random.pick(['full', 'full', 'minimal', 'off-line', 'sometimes'])}`,
    `help_with_testing = ${random.pick(['False', 'False', 'True', 'true', 'perhaps'])}`,
    'auto_approve_keys = False',
    'key_info_server =',
    '',
  ].join('\n');
}

function drawInterface({ random, has, isDamaged }: WorldPlan, { main, others }: PlannedRole): string {
  const feeds = others
    .filter(({ kind }) => kind === 'registered' || (kind === 'built' && random.chance(0.5)))
    .map(({ name, arch, kind }) =>
      tag('feed', {
        src: isDamaged() ? 'relative.xml' : name,
        arch,
        'is-site-package': kind === 'built' ? 'True' : null,
      }),
    );
  const policy = isDamaged() ? 'alpha' : has('policy') ? random.pick(levels) : null;
  return documentText('interface-preferences', { uri: main.name, stability_policy: policy }, feeds);
}

function drawRatings({ random, isDamaged }: WorldPlan): string {
  const rated = random.some([0, 1, 2, 3, 4, 5], random.between(1, 4)).map((number) =>
    tag('implementation', {
      id: `i${number}`,
      'user-stability': isDamaged() ? 'alpha' : random.pick([...levels, null]),
    }),
  );
  return documentText('feed-preferences', { 'last-checked': '1700000000' }, rated);
}
