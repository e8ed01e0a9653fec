import { AppError } from '../../../shared/errors/app-error.ts';
import { readDigests } from '../feed/digests.ts';
import { zeroInstallNamespace, type XmlElement } from '../xml/element.ts';
import type { Selection, Selections } from './model.ts';
import { compareRoles, roleText } from './roles.ts';

type RoleName = Pick<Selection, 'interface' | 'isSource'>;

/** A document while it is read. */
interface OpenDocument {
  readonly byRole: Map<string, Selection>;
  readonly fail: (reason: string) => never;
}

/**
 * Reads a selections document, also in the forms of old programs.
 *
 * @param source names the document in messages
 * @throws AppError `bad-selections` with the reference's reason
 * @see selection.md 15.4
 */
export function parseSelections(root: XmlElement, source = 'selections'): Selections {
  const fail = (reason: string): never => {
    throw new AppError('bad-selections', { source, reason });
  };
  if (!isNamed(root, 'selections')) fail(`Expected <selections>, not <${root.name}>`);
  const interfaceUri = root.attributes['interface'] ?? fail(`Missing attribute 'interface' on ${where(root, source)}`);
  const elements = root.children.filter((child) => isNamed(child, 'selection'));
  const byRole = new Map<string, Selection>();
  for (const element of elements) {
    const selection = parseSelection(element, source);
    byRole.set(roleText(selection), selection);
  }
  const written = root.attributes['source'];
  const isSource =
    written === undefined ? byRole.has(roleText({ interface: interfaceUri, isSource: true })) : written === 'true';
  const oldCommands = root.children.filter((child) => isNamed(child, 'command'));
  placeOldCommands(oldCommands, { interface: interfaceUri, isSource }, { byRole, fail });
  const command = oldCommands.length > 0 ? 'run' : root.attributes['command'];
  return {
    interface: interfaceUri,
    command: command === undefined || command === '' ? null : command,
    isSource,
    selections: [...byRole.values()].sort(compareRoles),
  };
}

function parseSelection(element: XmlElement, source: string): Selection {
  const { attributes } = element;
  const required = (name: string): string => {
    const value = attributes[name];
    if (value !== undefined) return value;
    throw new AppError('bad-selections', {
      source,
      reason: `Missing attribute '${name}' on ${where(element, source)}`,
    });
  };
  const interfaceUri = required('interface');
  const id = required('id');
  const version = required('version');
  const isSource = attributes['arch']?.endsWith('-src') ?? false;
  const localPath = attributes['local-path'] ?? (id.startsWith('/') ? id : null);
  const kind = localPath !== null ? 'local' : id.startsWith('package:') ? 'package' : 'stored';
  const requiresCompilation = attributes['requires-compilation'] === 'true';
  const digests = kind === 'stored' ? readDigests(id, element.children) : [];
  if (kind === 'stored' && digests.length === 0 && !requiresCompilation) {
    throw new AppError('bad-selections', { source, reason: `No digests found for '${id}': ${where(element, source)}` });
  }
  return {
    interface: interfaceUri,
    isSource,
    id,
    version,
    fromFeed: attributes['from-feed'] ?? interfaceUri,
    kind,
    localPath,
    digests: digests.map((digest) => digest.directory),
    requiresCompilation,
    attributes,
    children: element.children,
  };
}

/** Before 1.2 commands stood under the root: that of the program, then that of its runner, and so on. */
function placeOldCommands(commands: readonly XmlElement[], root: RoleName, document: OpenDocument): void {
  let role: RoleName | null = root;
  for (const command of commands) {
    if (role === null) return document.fail('No additional command expected here!');
    const key = roleText(role);
    const selection =
      document.byRole.get(key) ?? document.fail(`Missing selection for '${role.interface}' needed by <command>`);
    const renamed = { ...command, attributes: { ...command.attributes, name: 'run' } };
    document.byRole.set(key, { ...selection, children: [renamed, ...selection.children] });
    const runner = command.children.find((child) => isNamed(child, 'runner'))?.attributes['interface'];
    role = runner === undefined ? null : { interface: runner, isSource: false };
  }
}

function isNamed(element: XmlElement, name: string): boolean {
  return element.name === name && element.namespace === zeroInstallNamespace;
}

function where(element: XmlElement, source: string): string {
  return `<${element.name}> at ${source}:${element.line}:${element.column}`;
}
