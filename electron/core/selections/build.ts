import { compareBytes } from '../byte-order.ts';
import type { Binding, Command, Dependency, DigestName } from '../feed/model.ts';
import { zeroInstallNamespace, type Attributes, type XmlElement } from '../xml/element.ts';
import type { Selection, Selections } from './model.ts';
import { compareRoles } from './roles.ts';

/** A role and what was chosen for it. */
export interface FilledRole {
  readonly interface: string;
  readonly isSource: boolean;
  readonly implementation: SelectableParts;
  /** Names of the selected commands. */
  readonly commands: readonly string[];
}

/** The parts of an implementation that a selections document keeps. */
export interface SelectableParts {
  readonly kind: 'local' | 'stored' | 'package' | 'compile';
  readonly id: string;
  readonly versionText: string;
  readonly fromFeed: string;
  readonly attributes: Attributes;
  readonly localPath: string | null;
  readonly digests: readonly DigestName[];
  /** In the order in which they are decided. */
  readonly dependencies: readonly Dependency[];
  readonly bindings: readonly Binding[];
  readonly commands: ReadonlyMap<string, Command>;
}

/** Attributes that have done their work once a version is chosen. @see selection.md 15.2 */
const leftOut = new Set(['stability', 'main', 'self-test', 'version-modifier', 'if-0install-version']);

const dependencyNames = new Set(['requires', 'runner', 'restricts']);

/**
 * Makes the selections document of a solution.
 *
 * @param applies whether a dependency takes part at all (its `os` and `use`)
 * @see selection.md 15.3
 */
export function buildSelections(
  root: Pick<Selections, 'interface' | 'command' | 'isSource'>,
  filled: readonly FilledRole[],
  applies: (dependency: Dependency) => boolean,
): Selections {
  return {
    interface: root.interface,
    command: root.command,
    isSource: root.isSource,
    selections: [...filled].sort(compareRoles).map((role) => buildSelection(role, applies)),
  };
}

function buildSelection(role: FilledRole, applies: (dependency: Dependency) => boolean): Selection {
  const { implementation } = role;
  const isKept = (dependency: Dependency) => dependency.kind !== 'restricts' && applies(dependency);
  const commands = [...role.commands].sort(compareBytes).flatMap((name) => implementation.commands.get(name) ?? []);
  return {
    interface: role.interface,
    isSource: role.isSource,
    id: implementation.id,
    version: implementation.versionText,
    fromFeed: implementation.fromFeed,
    kind: kindOf(implementation),
    localPath: implementation.localPath,
    digests: implementation.digests.map((digest) => digest.directory),
    requiresCompilation: implementation.kind === 'compile',
    attributes: attributesOf(role),
    children: [
      ...commands.map((command) => commandElement(command, isKept)),
      ...implementation.bindings.map((binding) => binding.element),
      ...implementation.dependencies.filter(isKept).map((dependency) => withoutVersions(dependency.element)),
      ...digestElements(implementation),
    ],
  };
}

function kindOf(implementation: SelectableParts): Selection['kind'] {
  if (implementation.kind !== 'compile') return implementation.kind;
  return implementation.localPath === null ? 'stored' : 'local';
}

function attributesOf({ interface: uri, implementation }: FilledRole): Attributes {
  const { id, versionText, fromFeed, localPath, attributes, kind } = implementation;
  const own: Record<string, string> = { interface: uri, id, version: versionText };
  if (fromFeed !== uri) own['from-feed'] = fromFeed;
  if (localPath !== null) own['local-path'] = localPath;
  if (kind === 'compile') own['requires-compilation'] = 'true';
  const inherited: Record<string, string> = {};
  for (const name in attributes) {
    if (!leftOut.has(name) && name !== 'from-feed') inherited[name] = attributes[name] ?? '';
  }
  return Object.assign(inherited, own);
}

/** Dependencies that apply move to the front, restrictions go, the rest stays. */
function commandElement({ element, dependencies }: Command, isKept: (dependency: Dependency) => boolean): XmlElement {
  const others = element.children.filter(
    (child) => child.namespace !== zeroInstallNamespace || !dependencyNames.has(child.name),
  );
  return { ...element, children: [...dependencies.filter(isKept).map((dependency) => dependency.element), ...others] };
}

function withoutVersions(element: XmlElement): XmlElement {
  const isVersion = (child: XmlElement) => child.name === 'version' && child.namespace === zeroInstallNamespace;
  if (!element.children.some(isVersion)) return element;
  return { ...element, children: element.children.filter((child) => !isVersion(child)) };
}

function digestElements({ kind, digests }: SelectableParts): readonly XmlElement[] {
  if (kind !== 'stored' || digests.length === 0) return [];
  const attributes = Object.fromEntries(digests.map((digest) => [digest.algorithm, digest.value]));
  return [
    {
      namespace: zeroInstallNamespace,
      name: 'manifest-digest',
      attributes,
      children: [],
      text: '',
      line: 0,
      column: 0,
    },
  ];
}
