import type { Feed, PackageImplementation } from '../feed/model.ts';
import { parseVersionExpression, versionMatches } from '../version/expression.ts';
import type { VersionRange } from '../version/model.ts';
import { formatVersion, parseVersion } from '../version/version.ts';
import type { Selectable } from './candidate.ts';
import type { NativePackage, PackageReplies, PackageReply } from './native-packages.ts';
import { failureReason, SelectFailure } from './select-failure.ts';
import type { SelectWorld } from './world.ts';

/** What a package name may look like; others are passed over. @see feeds.md 7 */
const packageName = /^[^.-][^/]*$/;
const categoryAndName = /^[^.-][^/]*\/[^.-][^/]*$/;

const none: readonly never[] = [];

/** The native packages that some elements of a feed stand for. */
export interface NativeCandidates {
  readonly candidates: readonly Selectable[];
  /** Names that the package manager can be asked about. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

/** What is known of packages besides the feed. */
interface Known {
  readonly world: Pick<SelectWorld, 'host' | 'packages'>;
  readonly replies: PackageReplies | undefined;
}

/**
 * Finds the packages a feed names, installed ones and those that the package manager has said it could install; only the
 * elements that fit this distribution best count.
 *
 * @throws SelectFailure if an element has no package name, or its pattern for versions cannot be read
 * @see feeds.md 7
 */
export function findNativeCandidates(feed: Feed, { world, replies }: Known): NativeCandidates {
  const elements = usableElements(feed, world.host.distribution);
  const found = world.packages(feed.name, elements);
  if (elements.length === 0 && found.packages.length === 0) {
    return { candidates: none, names: none, notes: none, warnings: found.warnings };
  }
  const wanted = new Map(elements.map((element) => [element, expressionOf(element)]));
  const isWanted = ({ element, version }: NativePackage): boolean => {
    const ranges = wanted.get(element) ?? null;
    return ranges === null || versionMatches(ranges, version);
  };
  const installed = found.packages.filter(isWanted);
  const here = new Set(installed.map(({ id }) => id));
  const told = elements.map((element) => ({ element, reply: replies?.get(element.packageName ?? '') }));
  const offered = told
    .flatMap(({ element, reply }) => toInstallable(element, reply, world.host.distribution))
    .filter((native) => !here.has(native.id) && isWanted(native));
  // Of several elements for one package the last counts.
  const byId = new Map([...installed, ...offered].map((native) => [native.id, native]));
  return {
    candidates: [...byId.values()].map((native) => toSelectable(native, feed.name)),
    names: elements.map(({ packageName: name }) => name ?? ''),
    // The last element is first, as in the reports of the reference.
    notes: told.flatMap(({ reply }) => reply?.note ?? []).reverse(),
    warnings: [
      ...found.warnings,
      ...told.flatMap(({ reply }) => reply?.warning ?? []),
      ...duplicates([...installed, ...offered], feed.name),
    ],
  };
}

/** The elements that count, without those whose package cannot exist. */
function usableElements(feed: Feed, distribution: string): readonly PackageImplementation[] {
  if (feed.packages.length === 0) return feed.packages;
  const elements = bestElements(feed.packages, distribution);
  for (const { packageName: name, element } of elements) {
    if (name !== null) continue;
    throw new SelectFailure(
      `Missing attribute 'package' on <${element.name}> at ${feed.name}:${element.line}:${element.column}`,
    );
  }
  const pattern = distribution === 'Gentoo' ? categoryAndName : packageName;
  return elements.filter(({ packageName: name }) => name !== null && pattern.test(name));
}

function toInstallable(
  element: PackageImplementation,
  reply: PackageReply | undefined,
  distribution: string,
): readonly NativePackage[] {
  const offer = reply?.installable ?? null;
  if (offer === null) return [];
  const native = {
    element,
    id: offer.id,
    distribution,
    version: parseVersion(offer.version),
    cpu: offer.cpu,
    isInstalled: false,
    sizeBytes: offer.sizeBytes,
    quickTestFile: null,
    quickTestMtime: null,
    main: null,
  };
  return [native];
}

/** The pattern for versions, null for any. @throws SelectFailure */
function expressionOf({ versionExpression: text }: PackageImplementation): readonly VersionRange[] | null {
  if (text === null) return null;
  try {
    return parseVersionExpression(text);
  } catch (error) {
    const reason = failureReason(error);
    throw reason === null ? error : new SelectFailure(`${reason}\n... parsing version expression '${text}'`);
  }
}

/** Two elements for one package. */
function duplicates(packages: readonly NativePackage[], feedName: string): readonly string[] {
  const seen = new Map<string, NativePackage>();
  const place = ({ element: { element } }: NativePackage): string =>
    `  <${element.name}> at ${feedName}:${element.line}:${element.column}`;
  return packages.flatMap((native) => {
    const earlier = seen.get(native.id);
    seen.set(native.id, native);
    return earlier === undefined || earlier.element === native.element
      ? []
      : [`Duplicate package ID "${native.id}" generated by:\n${place(earlier)}\n${place(native)}`];
  });
}

/** Whether one of the names means this distribution. @see feeds.md 7.1 */
export function isDistribution(distribution: string, names: readonly string[]): boolean {
  return names.includes(distribution) || (distribution === 'MacPorts' && names.includes('Darwin'));
}

/** The elements for this distribution, else those for any, else all: packages often have the same name elsewhere. */
function bestElements(
  elements: readonly PackageImplementation[],
  distribution: string,
): readonly PackageImplementation[] {
  const named = elements.filter(({ distributions }) => isDistribution(distribution, distributions));
  const general = elements.filter(({ distributions }) => distributions.length === 0);
  return [named, general, elements].find(({ length }) => length > 0) ?? [];
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
