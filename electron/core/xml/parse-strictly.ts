import { SaxesParser } from 'saxes';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Attributes, XmlElement } from './element.ts';
import type { XmlLimits } from './limits.ts';
import { internedName } from './string-tables.ts';
import { foldSpaces, isVerbatim } from './white-space.ts';

const declarations = 'http://www.w3.org/2000/xmlns/';

const noChildren: readonly XmlElement[] = [];
const noAttributes: Record<string, string> = {};
const blank = /^[ \t\r\n]*$/;

/** An element whose end has not come yet. */
interface OpenElement {
  namespace: string;
  name: string;
  attributes: Attributes;
  children: readonly XmlElement[];
  text: string;
  line: number;
  column: number;
}

/**
 * Reads any well-formed document; see `parseXml`, which tries the quick way first.
 *
 * @param text with line ends as line feeds
 * @throws AppError `bad-xml` with the position of the mistake
 */
export function parseStrictly(text: string, source: string, limits: XmlLimits): XmlElement {
  const fail = (reason: string, line = 0, column = 0): AppError<'bad-xml'> =>
    new AppError('bad-xml', { source, line, column, reason });
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  const failHere = (reason: string): AppError<'bad-xml'> => fail(reason, parser.line, parser.column);
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let elements = 0;
  let attributeCount = 0;
  let attributes = noAttributes;
  const prefixed: string[] = [];
  let line = 0;
  let column = 0;

  // No handler for errors: the parser then throws them, and an eighth handler would turn its object into a hash table,
  // which makes it four times slower.
  parser.on('opentagstart', (tag) => {
    attributeCount = 0;
    attributes = noAttributes;
    if (prefixed.length > 0) prefixed.length = 0;
    // The parser has read one character past the name.
    line = parser.line;
    column = parser.column - tag.name.length - 1;
    if (column < 1) {
      const start = text.lastIndexOf('<', parser.position);
      line--;
      column = start - text.lastIndexOf('\n', start);
    }
    if (++elements > limits.elements) throw failHere(`more than ${limits.elements} elements`);
    if (open.length >= limits.depth) throw failHere(`elements nested more than ${limits.depth} deep`);
  });
  parser.on('attribute', ({ prefix, local, name, value }) => {
    if (++attributeCount > limits.attributesPerElement) {
      throw failHere(`more than ${limits.attributesPerElement} attributes on one element`);
    }
    if (value.length > limits.attributeLength || name.length > limits.attributeLength) {
      throw failHere(`an attribute is longer than ${limits.attributeLength} characters`);
    }
    // Namespaces are known only when the tag is complete.
    if (prefix !== '') prefixed.push(name);
    else if (local !== 'xmlns' && local !== '__proto__') {
      if (attributes === noAttributes) attributes = {};
      attributes[local] = isVerbatim(local) ? value : foldSpaces(value);
    }
  });
  parser.on('opentag', (tag) => {
    for (const name of prefixed) {
      const attribute = tag.attributes[name];
      if (attribute === undefined || attribute.uri === declarations) continue;
      if (attributes === noAttributes) attributes = {};
      attributes[`{${attribute.uri}}${attribute.local}`] = foldSpaces(attribute.value);
    }
    const element: OpenElement = {
      namespace: internedName(tag.uri),
      name: internedName(tag.local),
      attributes,
      children: noChildren,
      text: '',
      line,
      column,
    };
    const parent = open.at(-1);
    if (parent === undefined) {
      root = element;
    } else {
      if (parent.children === noChildren) parent.children = [element];
      else (parent.children as XmlElement[]).push(element);
      parent.text = '';
    }
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text = element.text === '' ? part : element.text + part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    // Between elements white space is layout, and there is much of it.
    if (element !== undefined && element.children !== noChildren && blank.test(element.text)) element.text = '';
  });

  try {
    parser.write(text).close();
  } catch (error) {
    const reason = error instanceof Error ? /^\d+:\d+: (.*?)\.?$/s.exec(error.message)?.[1] : undefined;
    if (reason === undefined) throw error;
    throw failHere(reason);
  }
  if (root === undefined) throw fail('document must contain a root element');
  return root;
}
