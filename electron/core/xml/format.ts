import { AppError } from '../../../shared/errors/app-error.ts';
import { capabilitiesNamespace, catalogNamespace, compileNamespace, type XmlElement, xmlNamespace } from './element.ts';

/** How a document is laid out. */
export interface FormatXmlOptions {
  /** Two spaces a level; otherwise everything on one line. Default true. */
  readonly isIndented?: boolean;
}

/** Prefixes people know; others are numbered. */
const usualPrefixes: ReadonlyMap<string, string> = new Map([
  [compileNamespace, 'compile'],
  [capabilitiesNamespace, 'caps'],
  [catalogNamespace, 'cat'],
]);

interface Writer {
  readonly prefixes: ReadonlyMap<string, string>;
  readonly isIndented: boolean;
  readonly out: string[];
}

/**
 * Writes a document, UTF-8 declaration included, attributes sorted by namespace and name. Reading it gives the same tree,
 * except for blanks between elements and the positions.
 *
 * @throws AppError `bad-xml` if a value has a character that XML cannot hold
 */
export function formatXml(root: XmlElement, options: FormatXmlOptions = {}): string {
  const isIndented = options.isIndented ?? true;
  const writer: Writer = { prefixes: choosePrefixes(root), isIndented, out: [] };
  writer.out.push('<?xml version="1.0" encoding="UTF-8"?>\n');
  writeElement(writer, root, { depth: 0, defaultNamespace: undefined, isIndented });
  if (isIndented) writer.out.push('\n');
  return writer.out.join('');
}

/**
 * Whether two trees say the same: names, attributes, order of children and trimmed text; positions do not count.
 *
 * @see selection.md 15.5
 */
export function elementsEqual(a: XmlElement, b: XmlElement): boolean {
  if (a === b) return true;
  if (a.name !== b.name || a.namespace !== b.namespace || a.children.length !== b.children.length) return false;
  const names = Object.keys(a.attributes);
  return (
    a.text.trim() === b.text.trim() &&
    names.length === Object.keys(b.attributes).length &&
    names.every((name) => Object.hasOwn(b.attributes, name) && a.attributes[name] === b.attributes[name]) &&
    a.children.every((child, index) => elementsEqual(child, b.children[index] as XmlElement))
  );
}

/** Where an element stands. */
interface Place {
  readonly depth: number;
  /** Undefined above the root. */
  readonly defaultNamespace: string | undefined;
  readonly isIndented: boolean;
}

function writeElement(writer: Writer, element: XmlElement, place: Place): void {
  const { out, prefixes } = writer;
  const prefix = prefixes.get(element.namespace);
  const tag = prefix === undefined ? element.name : `${prefix}:${element.name}`;
  out.push('<', tag);
  for (const [name, value] of sortedAttributes(element, prefixes)) out.push(' ', name, '="', escapeXml(value), '"');

  let { defaultNamespace } = place;
  if (prefix === undefined && element.namespace !== (defaultNamespace ?? '')) {
    defaultNamespace = element.namespace;
    out.push(' xmlns="', escapeXml(defaultNamespace), '"');
  }
  if (place.depth === 0) {
    for (const [namespace, name] of prefixes) out.push(' xmlns:', name, '="', escapeXml(namespace), '"');
  }
  if (element.children.length === 0 && element.text === '') {
    out.push('/>');
    return;
  }
  out.push('>');
  // Text is exact, so nothing may be laid out around it.
  const isIndented = place.isIndented && element.children.length > 0 && element.text.trim() === '';
  for (const child of element.children) {
    if (isIndented) out.push('\n', '  '.repeat(place.depth + 1));
    writeElement(writer, child, { depth: place.depth + 1, defaultNamespace, isIndented });
  }
  if (isIndented) out.push('\n', '  '.repeat(place.depth));
  else out.push(escapeXml(element.text));
  out.push('</', tag, '>');
}

function sortedAttributes(
  element: XmlElement,
  prefixes: ReadonlyMap<string, string>,
): readonly (readonly [string, string])[] {
  return Object.keys(element.attributes)
    .map((key) => ({ ...splitKey(key), value: element.attributes[key] ?? '' }))
    .sort((a, b) => order(a.namespace, b.namespace) || order(a.name, b.name))
    .map(({ namespace, name, value }) => {
      const prefix = namespace === xmlNamespace ? 'xml' : prefixes.get(namespace);
      return [prefix === undefined ? name : `${prefix}:${name}`, value] as const;
    });
}

/** A prefix for every namespace but the root's, which is the default one, and for that too if attributes need it. */
function choosePrefixes(root: XmlElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const used = new Set<string>(['xml']);
  const add = (namespace: string): void => {
    if (namespace === '' || namespace === xmlNamespace || found.has(namespace)) return;
    const usual = usualPrefixes.get(namespace);
    let prefix = usual !== undefined && !used.has(usual) ? usual : `ns${found.size + 1}`;
    while (used.has(prefix)) prefix += '_';
    used.add(prefix);
    found.set(namespace, prefix);
  };
  const visit = (element: XmlElement): void => {
    if (element.namespace !== root.namespace) add(element.namespace);
    for (const key of Object.keys(element.attributes)) add(splitKey(key).namespace);
    element.children.forEach(visit);
  };
  visit(root);
  return found;
}

function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const end = key.startsWith('{') ? key.lastIndexOf('}') : -1;
  return end < 0 ? { namespace: '', name: key } : { namespace: key.slice(1, end), name: key.slice(end + 1) };
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Line ends and tabs become references, because readers fold them in attributes. */
function escapeXml(text: string): string {
  if (!/[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/.test(text)) return text;
  return text.replace(/[&<>"\u0000-\u001f\ufffe\uffff]|\p{Surrogate}/gu, (character) => {
    const known = escapes[character];
    if (known !== undefined) return known;
    if (/[\t\n\r]/.test(character)) return `&#${character.charCodeAt(0)};`;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const reason = `the character U+${code} cannot be written in XML`;
    throw new AppError('bad-xml', { source: text.slice(0, 200), line: 0, column: 0, reason });
  });
}
