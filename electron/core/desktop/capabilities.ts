import { childrenNamed, localizedTexts } from '../feed/metadata.ts';
import type { LocalizedText } from '../feed/model.ts';
import { capabilitiesNamespace, type XmlElement } from '../xml/element.ts';

/** How a program is told what to open. */
export interface OpenVerb {
  readonly command: string;
  /** What is opened takes the place of `itemMark` within them; it is their last one if none has it. */
  readonly args: readonly string[];
}

/** Stands in arguments for the file or address that is opened. */
export const itemMark = '${item}';

/** A type of files that a program opens. */
export interface FileType {
  readonly id: string;
  readonly descriptions: readonly LocalizedText[];
  readonly verb: OpenVerb;
  readonly extensions: readonly FileExtension[];
}

/** An ending of names of files. */
export interface FileExtension {
  /** With its dot. */
  readonly ending: string;
  /** In lower case; null if the feed says none. */
  readonly mimeType: string | null;
}

/** What a program can do for files and addresses. */
export interface Capabilities {
  readonly fileTypes: readonly FileType[];
  /** `scheme` in lower case, such as `mailto`. */
  readonly protocols: readonly { readonly scheme: string; readonly verb: OpenVerb }[];
}

/** More is not one program's business. */
const maxFileTypes = 1000;
const maxProtocols = 100;
const maxArgs = 50;

const safeId = /^[A-Za-z0-9 ._+-]{1,100}$/;
const mimeType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;
/** They name no files: what claims them asks for folders, disks or addresses. */
const noFileType = /^(?:inode|x-content|x-scheme-handler)\/|^application\/x-desktop$/;
const scheme = /^[a-z][a-z0-9+.-]{0,63}$/;
/** They belong to the system: who took them over would be asked for every file. */
const systemSchemes = new Set(['file', 'about', 'javascript', 'data', 'blob']);

/**
 * Reads what is of use to every desktop. What breaks a rule is left out; of two with one id the first one counts.
 *
 * @param os as in feeds: `Linux`, `Windows`, `MacOSX`
 * @see feeds.md 12
 */
export function readCapabilities(lists: readonly XmlElement[], os: 'Linux' | 'Windows' | 'MacOSX'): Capabilities {
  const fileTypes = new Map<string, FileType>();
  const protocols = new Map<string, OpenVerb>();
  for (const item of lists
    .filter(({ attributes }) => isFor(attributes['os'], os))
    .flatMap(({ children }) => children)) {
    const id = item.attributes['id'] ?? '';
    if (item.namespace !== capabilitiesNamespace || !safeId.test(id)) continue;
    if (item.name === 'file-type' && !fileTypes.has(id) && fileTypes.size < maxFileTypes) {
      fileTypes.set(id, readFileType(id, item));
    }
    if (item.name === 'url-protocol') {
      const prefixes = own(item, 'known-prefix').map(({ attributes }) => attributes['value'] ?? '');
      for (const name of prefixes.length === 0 ? [id] : prefixes) {
        const lower = name.toLowerCase();
        if (!scheme.test(lower) || systemSchemes.has(lower) || protocols.size >= maxProtocols) continue;
        if (!protocols.has(lower)) protocols.set(lower, readVerb(item));
      }
    }
  }
  return {
    fileTypes: [...fileTypes.values()].filter(({ extensions }) => extensions.length > 0),
    protocols: [...protocols].map(([name, verb]) => ({ scheme: name, verb })),
  };
}

function isFor(wanted: string | undefined, os: string): boolean {
  if (wanted === undefined || wanted === '*' || wanted === os) return true;
  return wanted === 'POSIX' && os !== 'Windows';
}

function readFileType(id: string, element: XmlElement): FileType {
  const extensions = own(element, 'extension').flatMap(({ attributes }): FileExtension[] => {
    const value = attributes['value'] ?? '';
    if (!/^[A-Za-z0-9._+-]{1,50}$/.test(value)) return [];
    const type = attributes['mime-type']?.toLowerCase();
    const ending = value.startsWith('.') ? value : `.${value}`;
    const isUsable = type !== undefined && mimeType.test(type) && !noFileType.test(type);
    return [{ ending: ending.toLowerCase(), mimeType: isUsable ? type : null }];
  });
  return {
    id,
    descriptions: localizedTexts(element, 'description', capabilitiesNamespace),
    verb: readVerb(element),
    extensions: extensions.slice(0, 100),
  };
}

/** The verb that opens, else the first one; without any the program gets what is opened as its argument. */
function readVerb(element: XmlElement): OpenVerb {
  const verbs = own(element, 'verb');
  const verb = verbs.find(({ attributes }) => attributes['name'] === 'open') ?? verbs[0];
  if (verb === undefined) return { command: 'run', args: [itemMark] };
  const listed = own(verb, 'arg').map(({ text }) => text.trim());
  const args = (listed.length > 0 ? listed : splitArgs(verb.attributes['args'] ?? '')).slice(0, maxArgs);
  const command = verb.attributes['command'] ?? 'run';
  return { command, args: args.some((arg) => arg.includes(itemMark)) ? args : [...args, itemMark] };
}

/** Splits by blanks; quotes hold together. `%V`, and what Windows takes for the same, is what is opened. */
function splitArgs(text: string): readonly string[] {
  const words = text.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return words.map((word) => word.replaceAll('"', '').replace(/%[V1L*]/gi, itemMark));
}

function own(element: XmlElement, name: string): readonly XmlElement[] {
  return childrenNamed(element, name, capabilitiesNamespace);
}
