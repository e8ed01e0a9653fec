import type { Feed, PackageImplementation } from '../feed/model.ts';
import { formatVersion } from '../version/version.ts';
import type { Selectable } from './candidate.ts';
import { SelectFailure } from './select-failure.ts';
import type { NativePackage, SelectWorld } from './world.ts';

/** What a package name may look like; others are passed over. @see feeds.md 7 */
const packageName = /^[^.-][^/]*$/;
const categoryAndName = /^[^.-][^/]*\/[^.-][^/]*$/;

/** The native packages that some elements of a feed stand for. */
export interface NativeCandidates {
  readonly candidates: readonly Selectable[];
  readonly notes: readonly string[];
}

/**
 * Asks the package manager for the packages a feed names; only the elements that fit this distribution best count.
 *
 * @throws SelectFailure if an element has no package name
 * @see feeds.md 7
 */
export function findNativeCandidates(feed: Feed, world: SelectWorld): NativeCandidates {
  const elements = bestElements(feed.packages, world.host.distribution);
  for (const { packageName: name, element } of elements) {
    if (name !== null) continue;
    throw new SelectFailure(
      `Missing attribute 'package' on <${element.name}> at ${feed.name}:${element.line}:${element.column}`,
    );
  }
  const pattern = world.host.distribution === 'Gentoo' ? categoryAndName : packageName;
  const usable = elements.filter(({ packageName: name }) => name !== null && pattern.test(name));
  if (usable.length === 0) return { candidates: [], notes: [] };
  const { packages, notes } = world.packages(usable);
  return { candidates: packages.map((native) => toSelectable(native, feed.name)), notes };
}

/** Whether one of the names means this distribution. @see feeds.md 7.1 */
export function isDistribution(distribution: string, names: readonly string[]): boolean {
  return names.includes(distribution) || (distribution === 'MacPorts' && names.includes('Darwin'));
}

function bestElements(
  elements: readonly PackageImplementation[],
  distribution: string,
): readonly PackageImplementation[] {
  const named = elements.filter(({ distributions }) => isDistribution(distribution, distributions));
  return named.length > 0 ? named : elements.filter(({ distributions }) => distributions.length === 0);
}

function toSelectable(native: NativePackage, feedName: string): Selectable {
  const { element } = native;
  const { quickTestFile, quickTestMtime } = native;
  return {
    kind: 'package',
    id: native.id,
    version: native.version,
    versionText: formatVersion(native.version),
    fromFeed: `distribution:${feedName}`,
    attributes: {
      ...element.attributes,
      ...(quickTestFile === null ? {} : { 'quick-test-file': quickTestFile }),
      ...(quickTestMtime === null ? {} : { 'quick-test-mtime': String(quickTestMtime) }),
    },
    stability: 'packaged',
    released: element.attributes['released'] ?? null,
    os: null,
    cpu: native.cpu,
    langs: element.langs,
    commands: commandsOf(native),
    // The order of the reference, which decides which dependency gets its best version.
    dependencies: [...element.dependencies].reverse(),
    bindings: element.bindings,
    localPath: null,
    digests: [],
    retrievalMethods: [],
    native,
  };
}

/** The program may be elsewhere than the feed says. */
function commandsOf({ element, main }: NativePackage): Selectable['commands'] {
  const run = element.commands.get('run');
  if (main === null || run === undefined || run.path === main) return element.commands;
  const moved = { ...run.element, attributes: { ...run.element.attributes, path: main } };
  return new Map([...element.commands, ['run', { ...run, path: main, element: moved }]]);
}
