import type { Place } from './dependencies.ts';
import type { WorldPlan } from './plan.ts';
import type { TagAttributes } from './xml.ts';
import { tag } from './xml.ts';

/** What the implementations of one feed have in common. */
export interface FeedDraft {
  readonly place: Place;
  /** So far. Ids are unique in a feed, but not beyond it. */
  readonly ids: string[];
  /** Names of directories in the store, so far. */
  readonly stored: Set<string>;
}

/** Attributes that groups hand down. `version` is left to the implementations, mostly. */
export function drawShared({ random, has, isDamaged }: WorldPlan, { role }: Place): TagAttributes {
  const isSource = role.hasSource && random.chance(0.5);
  const os = has('os') ? random.pick(['Windows', 'Windows', 'Linux', 'POSIX', 'MacOSX', '*', '*']) : '*';
  const cpu = isSource
    ? 'src'
    : has('machine')
      ? random.pick(['x86_64', 'x86_64', 'x86_64', 'i486', 'i486', 'i686', random.pick(['aarch64', 'armv7l', '*'])])
      : '*';
  return {
    arch: isDamaged() ? 'Linux' : os === '*' && cpu === '*' ? random.pick([null, null, '*-*']) : `${os}-${cpu}`,
    stability: isDamaged()
      ? random.pick(['packaged', 'alpha'])
      : has('unstable')
        ? random.pick(['testing', 'testing', 'developer', 'buggy', 'insecure', 'stable'])
        : random.pick([null, 'stable', 'stable']),
    langs: has('languages')
      ? random.pick(['en', 'fr', 'de_AT', 'fr_CA de', 'en_US', '', 'zh-tw', 'de_DE.UTF-8', 'x1 fr', 'EN_gb'])
      : null,
    ...(has('inherited') && {
      license: random.pick(['MIT', 'GPL  v2', null]),
      released: random.pick(['2020-01-01', null]),
      'doc-dir': random.pick(['doc', null]),
      'x:note': random.pick([' a  b ', null]),
      'if-0install-version': random.pick([null, null, '2..', '..!2']),
      'version-modifier': random.pick([null, null, '-pre7', '-post']),
      'compile:min-version': random.pick([null, '1']),
      'compile:binary-main': random.pick([null, 'bin/x']),
      'compile:binary-lib-mappings': random.pick([null, 'a:b']),
    }),
  };
}

/** One `<implementation>`. */
export function drawImplementation(
  plan: WorldPlan,
  draft: FeedDraft,
  { attributes, content }: { readonly attributes: TagAttributes; readonly content: readonly string[] },
): string {
  const { random, isDamaged } = plan;
  const { place, ids } = draft;
  const { isRemote } = place.feed;
  const id = drawId(plan, draft);
  ids.push(id);
  const isStored = isRemote ? !isDamaged() : plan.has('stored');
  const version = isDamaged() ? random.pick(['one', '1-beta', '1-', null]) : random.pick(place.role.versions);
  const local = random.chance(0.95) ? random.pick(['.', '..']) : 'none';
  const files = isStored ? drawStored(plan, draft, id) : [];
  return tag('implementation', { id, version, 'local-path': isStored ? null : local, ...attributes }, [
    ...content,
    ...files,
  ]);
}

function drawId({ random, isDamaged }: WorldPlan, { ids, place }: FeedDraft): string {
  if (ids.length > 0 && isDamaged()) return random.pick(ids);
  const number = ids.length;
  switch (random.below(12)) {
    case 0:
      return `a b/${number}`;
    case 1:
      return `rather-long-name-of-number-${number}`;
    case 2:
      return `sha1new=${place.role.index}a${number}`;
    case 3:
      return place.feed.isRemote ? `./${number}` : `${random.pick(['.', './'])}${'/.'.repeat(number)}`;
    case 4:
      return `sha256new_${'A'.repeat(number)}B`;
    default:
      return `i${number}`;
  }
}

/** Digests and ways to get it. Some are in the store. */
function drawStored(plan: WorldPlan, { place, stored }: FeedDraft, id: string): readonly string[] {
  const { random, has, isDamaged } = plan;
  const name = `${place.role.index}${random.below(1000)}`;
  const digests = random.chance(0.9) ? { sha256new: `D${name}`, sha256: random.pick([null, `d${name}`]) } : {};
  const known = [
    ...(digests.sha256new === undefined ? [] : [`sha256new_${digests.sha256new}`]),
    ...(digests.sha256 ? [`sha256=${digests.sha256}`] : []),
    ...(id.startsWith('sha1new=') ? [id] : []),
  ];
  if (known.length > 0 && has('cached')) stored.add(random.pick(known));
  const archive = (): string =>
    tag('archive', {
      href: !place.feed.isRemote && random.chance(0.3) ? 'files/a.tgz' : 'http://127.0.0.1:1/a.tgz',
      size: isDamaged() ? null : '100',
      extract: random.pick([null, 'a']),
    });
  const methods = [
    () => archive(),
    () => archive(),
    () => archive() + archive(),
    () => tag('file', { href: 'http://127.0.0.1:1/f', size: '3', dest: 'f' }),
    () => tag('recipe', {}, [archive(), tag('rename', { source: 'a', dest: 'b' })]),
    () => tag('recipe', {}, [archive(), tag('unheard-of', {})]),
    () => '',
  ];
  return [
    ...(Object.keys(digests).length === 0 ? [] : [tag('manifest-digest', digests)]),
    random.pick(methods)(),
  ].filter((text) => text !== '');
}
