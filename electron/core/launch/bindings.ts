import { AppError } from '../../../shared/errors/app-error.ts';
import type { Selection, Selections } from '../selections/model.ts';
import { compareRoles, roleText } from '../selections/roles.ts';
import { zeroInstallNamespace, type XmlElement } from '../xml/element.ts';
import { type Environment, pathSeparator, printable, type LaunchPlatform } from './environment.ts';
import type { BoundComponent, LaunchBinding } from './model.ts';

/** A binding element together with the selection whose files it is about. */
export interface BoundElement {
  readonly element: XmlElement;
  readonly selection: Selection;
  /** Whose element it is: a component may bind one that it depends on. */
  readonly owner: Selection;
}

/** Elements of a selection by the part they play. */
const dependencyNames = new Set(['requires', 'restricts']);
const bindingNames = new Set(['environment', 'executable-in-path', 'executable-in-var']);

/** Whether an element is one of ours with the given name. */
export function isElement(element: XmlElement, name: string): boolean {
  return element.name === name && element.namespace === zeroInstallNamespace;
}

/**
 * Collects the bindings of a selections document in the order in which they take effect: by role, then document order,
 * but inside one dependency the last one first. Dependencies that were not selected bind nothing.
 *
 * @see execution.md 2
 */
export function collectBindings(selections: Selections): readonly BoundElement[] {
  const roles = indexRoles(selections);
  const result: BoundElement[] = [];

  const addDependency = (dependency: XmlElement, owner: Selection, isRunner: boolean): void => {
    const uri = dependency.attributes['interface'];
    if (uri === undefined) return;
    const isSource = !isRunner && dependency.attributes['source'] === 'true';
    const selection = roles.get(roleText({ interface: uri, isSource }));
    if (!selection) return;
    for (const element of [...dependency.children].reverse()) {
      if (isBinding(element)) result.push({ element, selection, owner });
    }
  };

  for (const selection of [...selections.selections].sort(compareRoles)) {
    for (const child of selection.children) {
      if (child.namespace !== zeroInstallNamespace) continue;
      if (dependencyNames.has(child.name)) addDependency(child, selection, false);
      else if (child.name === 'command') {
        for (const part of child.children) {
          if (part.namespace !== zeroInstallNamespace) continue;
          if (dependencyNames.has(part.name)) addDependency(part, selection, false);
          else if (part.name === 'runner') addDependency(part, selection, true);
          else if (isBinding(part)) result.push({ element: part, selection, owner: selection });
        }
      } else if (isBinding(child)) result.push({ element: child, selection, owner: selection });
    }
  }
  return result;
}

/** Selections by `roleText`. */
export function indexRoles(selections: Selections): ReadonlyMap<string, Selection> {
  return new Map(selections.selections.map((each) => [roleText(each), each]));
}

function isBinding(element: XmlElement): boolean {
  return bindingNames.has(element.name) && element.namespace === zeroInstallNamespace;
}

/** A change of a variable as plans tell of it. */
export function toLaunchBinding(
  { selection, owner }: Pick<BoundElement, 'selection' | 'owner'>,
  change: Pick<LaunchBinding, 'variable' | 'mode' | 'value' | 'separator' | 'fallback'>,
): LaunchBinding {
  return { ...change, of: componentOf(selection), by: componentOf(owner) };
}

function componentOf({ interface: uri, isSource, version }: Selection): BoundComponent {
  return { interface: uri, isSource, version };
}

/**
 * Applies one `<environment>`.
 *
 * @param directory of the bound implementation; `null` for native packages, whose paths bind nothing
 * @returns what it did; `null` = nothing
 * @throws AppError `bad-launch` with what is wrong with the element
 * @see execution.md 3
 */
export function applyEnvironmentBinding(
  env: Environment,
  bound: BoundElement,
  { directory, platform }: { readonly directory: string | null; readonly platform: LaunchPlatform },
): LaunchBinding | null {
  const { element, selection } = bound;
  const { insert, value, separator = pathSeparator(platform), mode = 'prepend' } = element.attributes;
  const where = describeElement(element, selection);
  const name = element.attributes['name'];
  if (name === undefined) throw new AppError('bad-launch', { reason: `Missing attribute 'name' on ${where}` });
  if (mode !== 'prepend' && mode !== 'append' && mode !== 'replace') {
    throw new AppError('bad-launch', { reason: `Unknown mode '${printable(mode)}' on ${where}` });
  }
  if (insert !== undefined && value !== undefined) {
    throw new AppError('bad-launch', { reason: `Can't use 'insert' and 'value' together on ${where}` });
  }
  if (insert === undefined && value === undefined) {
    throw new AppError('bad-launch', { reason: `Missing 'insert' or 'value' on ${where}` });
  }

  const part = value ?? (directory === null ? null : joinInside(directory, insert ?? '', platform));
  if (part === null) return null;
  const fallback = element.attributes['default'] ?? null;
  if (mode === 'replace') {
    env.set(name, part);
    return toLaunchBinding(bound, { variable: name, mode, value: part, separator: '', fallback: null });
  }
  const old = env.oldValue(name, fallback);
  if (old === null) env.set(name, part);
  else env.set(name, mode === 'append' ? `${old}${separator}${part}` : `${part}${separator}${old}`);
  return toLaunchBinding(bound, {
    variable: name,
    mode,
    value: part,
    separator,
    fallback: env.fallback(name, fallback),
  });
}

/**
 * A path inside an implementation, as text: nothing is normalised, an empty path is the directory itself.
 *
 * @throws AppError `bad-launch` if the path is absolute
 */
export function joinInside(directory: string, path: string, platform: LaunchPlatform): string {
  if (isAbsolute(path, platform)) {
    throw new AppError('bad-launch', { reason: `Attempt to append absolute path: ${directory} + ${printable(path)}` });
  }
  if (path === '') return directory;
  return platform === 'windows' ? `${directory}\\${path.replaceAll('/', '\\')}` : `${directory}/${path}`;
}

/** Whether a path begins at the root of a file system. */
export function isAbsolute(path: string, platform: LaunchPlatform): boolean {
  return path.startsWith('/') || (platform === 'windows' && /^(?:\\|[A-Za-z]:)/.test(path));
}

/** How an element is named in messages. Positions say nothing to the reader of a computed document, the owner does. */
export function describeElement(element: XmlElement, selection: Selection): string {
  return `<${element.name}> of ${printable(selection.interface)} ${printable(selection.version)}`;
}
