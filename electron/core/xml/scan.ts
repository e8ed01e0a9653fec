import { blank, inName, kinds, namePart, nameStart, refused, special } from './characters.ts';
import { type Attributes, xmlNamespace, type XmlElement, zeroInstallNamespace } from './element.ts';
import type { XmlLimits } from './limits.ts';
import { withoutReferences } from './references.ts';
import { guessName, internedName, nameIn, rememberGuess } from './string-tables.ts';
import { foldSpaces, isVerbatim } from './white-space.ts';

/**
 * The quick way to read a document: one pass over the text.
 *
 * It reads plain documents only. At the first thing that is rare or wrong (a document type, a name that is not ASCII, any
 * mistake, any limit) it gives up and the strict parser reads the document from the start: that one decides what is
 * well-formed and says what is not. So this file may refuse anything, but must never accept what the strict parser refuses, nor
 * read it differently; `test/property/xml-scan.test.ts` holds it to that.
 *
 * @param text with line ends as line feeds
 * @returns null if it gave up
 */
export function scanXml(text: string, limits: XmlLimits): XmlElement | null {
  try {
    return new Scanner(text, limits).scan();
  } catch (error) {
    if (error === notPlain) return null;
    throw error;
  }
}

/** Thrown to give up: from everywhere, and nearly never. */
const notPlain = new Error('not a plain document');

const lineEnd = 10;
const exclamation = 33;
const doubleQuote = 34;
const singleQuote = 39;
const slash = 47;
const colon = 58;
const lessThan = 60;
const equals = 61;
const greaterThan = 62;
const question = 63;

const declaration = /^<\?xml version=(?:"1\.0"|'1\.0')(?: encoding=(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?\s*\?>/;
const instruction = /<\?(?!xml[\s?])[a-z_][\w.-]*[ \t\n]/iy;
const reservedNamespaces = new Set(['', xmlNamespace, 'http://www.w3.org/2000/xmlns/']);
const onlyBlanks = /^[ \t\r\n]*$/;

const noChildren: readonly XmlElement[] = [];
const noAttributes: Record<string, string> = {};

/** Namespaces in force. */
interface Scope {
  readonly standard: string;
  readonly prefixes: ReadonlyMap<string, string>;
}

const outermost: Scope = { standard: '', prefixes: new Map([['xml', xmlNamespace]]) };

/** An element whose end has not come yet. */
interface OpenElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Attributes;
  children: readonly XmlElement[];
  text: string;
  readonly line: number;
  readonly column: number;
}

class Scanner {
  readonly #text: string;
  readonly #limits: XmlLimits;
  #at = 0;
  #line = 1;
  #lineStart = 0;
  #elementCount = 0;
  readonly #open: OpenElement[] = [];
  /** Of the elements that are open: names as written, and the namespaces in force inside. */
  readonly #openNames: string[] = [];
  readonly #scopes: Scope[] = [outermost];
  /** Text of the innermost element since its last child. */
  #pending = '';
  #root: OpenElement | null = null;

  // Of the start tag that is being read.
  #attributes = noAttributes;
  /** Names of its attributes, and how many of them are of this tag. */
  readonly #names: string[] = [];
  #nameCount = 0;
  /** Where the prefix of the name that was read last ends, in the text; -1 if it has none. */
  #colon = -1;
  #scope = outermost;
  readonly #prefixed: string[] = [];
  readonly #declared: string[] = [];

  constructor(text: string, limits: XmlLimits) {
    this.#text = text;
    this.#limits = limits;
  }

  scan(): XmlElement {
    const text = this.#text;
    if (text.startsWith('<?xml')) this.#skipTo(declaration.exec(text)?.[0].length ?? giveUp());
    for (;;) {
      this.#readText();
      if (this.#at >= text.length) break;
      switch (text.charCodeAt(this.#at + 1)) {
        case slash:
          this.#readEndTag();
          break;
        case exclamation:
          if (text.startsWith('<!--', this.#at)) this.#skipComment();
          else this.#readUnparsedText();
          break;
        case question:
          this.#skipInstruction();
          break;
        default:
          this.#readStartTag();
      }
    }
    if (this.#open.length > 0 || this.#root === null) throw notPlain;
    return this.#root;
  }

  /** Reads up to the next tag. Layout before a start tag, by far the most there is, is only passed over. */
  #readText(): void {
    const text = this.#text;
    const start = this.#at;
    const first = this.#skipBlanks(start);
    let at = first;
    let hasReference = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const kind = kinds[code];
      if (kind === 0) {
        if (code === 0x5d && text.startsWith(']]>', at)) throw notPlain;
      } else if (kind === special) {
        if (code === lessThan) break;
        if (code === 0x26) hasReference = true;
      } else if (kind === refused) throw notPlain;
      else if (code === lineEnd) this.#startLine(at + 1);
    }
    this.#at = at;
    if (at === start) return;
    if (this.#open.length === 0) {
      if (at > first) throw notPlain;
      return;
    }
    const next = text.charCodeAt(at + 1);
    if (at === first && next !== slash && next !== exclamation && next !== question) return;
    const run = text.slice(start, at);
    this.#pending += hasReference ? (withoutReferences(run) ?? giveUp()) : run;
  }

  #readStartTag(): void {
    const line = this.#line;
    const column = this.#at - this.#lineStart + 1;
    if (++this.#elementCount > this.#limits.elements || this.#open.length >= this.#limits.depth) throw notPlain;
    const start = this.#at + 1;
    const qualified = this.#readName(start);
    const divide = this.#colon < 0 ? -1 : this.#colon - start;
    this.#attributes = noAttributes;
    this.#nameCount = 0;
    this.#scope = this.#scopes[this.#scopes.length - 1] ?? outermost;
    const isEmpty = this.#readAttributes();
    if (this.#prefixed.length > 0) this.#addPrefixed();
    if (this.#declared.length > 0) this.#declared.length = 0;

    const element: OpenElement = {
      namespace: divide < 0 ? this.#scope.standard : this.#namespaceOf(qualified.slice(0, divide)),
      name: divide < 0 ? qualified : internedName(qualified.slice(divide + 1)),
      attributes: this.#attributes,
      children: noChildren,
      text: '',
      line,
      column,
    };
    const parent = this.#open[this.#open.length - 1];
    if (parent === undefined) {
      if (this.#root !== null) throw notPlain;
      this.#root = element;
    } else if (parent.children === noChildren) parent.children = [element];
    else (parent.children as XmlElement[]).push(element);
    this.#pending = '';
    if (isEmpty) return;
    this.#open.push(element);
    this.#openNames.push(qualified);
    this.#scopes.push(this.#scope);
  }

  /** Reads to the end of the tag. @returns whether it is an end tag as well */
  #readAttributes(): boolean {
    const text = this.#text;
    for (let count = 0; ; count++) {
      const at = this.#skipBlanks(this.#at);
      const code = text.charCodeAt(at);
      if (code === greaterThan) {
        this.#at = at + 1;
        return false;
      }
      if (code === slash) {
        if (text.charCodeAt(at + 1) !== greaterThan) throw notPlain;
        this.#at = at + 2;
        return true;
      }
      if (at === this.#at || count === this.#limits.attributesPerElement) throw notPlain;
      const name = this.#readName(at);
      const isPlain = this.#colon < 0 && name !== 'xmlns';
      const sign = this.#skipBlanks(this.#at);
      if (text.charCodeAt(sign) !== equals) throw notPlain;
      const value = this.#readValue(name, this.#skipBlanks(sign + 1));
      if (isPlain) this.#addAttribute(name, value);
      else if (name === 'xmlns' || name.startsWith('xmlns:')) this.#declare(name, value);
      // Namespaces are known only when the tag is complete.
      else this.#prefixed.push(name, value);
    }
  }

  /** Reads a name with at most one prefix. */
  #readName(start: number): string {
    const text = this.#text;
    const guess = guessName(text, start);
    if (guess !== '' && text.startsWith(guess, start) && guess.length <= this.#limits.attributeLength) {
      const end = start + guess.length;
      const next = text.charCodeAt(end);
      if (next <= 127 && next !== colon && (kinds[next]! & inName) === 0) {
        this.#colon = -1;
        this.#at = end;
        return guess;
      }
    }
    return this.#readAnyName(start);
  }

  #readAnyName(start: number): string {
    const text = this.#text;
    let at = start;
    let hash = 0;
    let partStart = start;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if ((kinds[code]! & inName) === 0) {
        if (code !== colon) {
          if (code > 127) throw notPlain;
          break;
        }
        if (at === start || partStart !== start) throw notPlain;
        partStart = at + 1;
      } else if (at === partStart && kinds[code] !== nameStart) throw notPlain;
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    if (at === partStart || at - start > this.#limits.attributeLength) throw notPlain;
    this.#at = at;
    const name = nameIn(text, start, at, hash);
    if (partStart === start) {
      this.#colon = -1;
      rememberGuess(text, start, name);
    } else this.#colon = partStart - 1;
    return name;
  }

  /** Reads from the opening to the closing quote. */
  #readValue(name: string, opening: number): string {
    const text = this.#text;
    const quote = text.charCodeAt(opening);
    if (quote !== doubleQuote && quote !== singleQuote) throw notPlain;
    const start = opening + 1;
    let at = start;
    let hasBlank = false;
    let hasReference = false;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const kind = kinds[code]!;
      if (kind > namePart) {
        if (code === quote) break;
        if (code === lessThan || kind === refused) throw notPlain;
        if (code === 0x26) hasReference = true;
        else if (kind === blank) {
          hasBlank = true;
          if (code === lineEnd) this.#startLine(at + 1);
        }
      }
    }
    if (at === text.length || at - start > this.#limits.attributeLength) throw notPlain;
    this.#at = at + 1;
    if (!hasBlank && !hasReference) return text.slice(start, at);
    const value = text.slice(start, at).replace(/[\t\n]/g, ' ');
    const decoded = hasReference ? (withoutReferences(value) ?? giveUp()) : value;
    return isVerbatim(name) ? decoded : foldSpaces(decoded);
  }

  #addAttribute(name: string, value: string): void {
    const names = this.#names;
    for (let index = this.#nameCount - 1; index >= 0; index--) if (names[index] === name) throw notPlain;
    names[this.#nameCount++] = name;
    if (this.#attributes === noAttributes) this.#attributes = {};
    if (name === '__proto__') throw notPlain;
    this.#attributes[name] = value;
  }

  #declare(name: string, uri: string): void {
    const prefix = name === 'xmlns' ? null : name.slice('xmlns:'.length);
    if (reservedNamespaces.has(uri) || uri.includes(' ') || prefix === 'xml' || prefix === 'xmlns') throw notPlain;
    if (this.#declared.includes(name)) throw notPlain;
    this.#declared.push(name);
    const namespace = uri === zeroInstallNamespace ? zeroInstallNamespace : internedName(uri);
    this.#scope =
      prefix === null
        ? { ...this.#scope, standard: namespace }
        : { ...this.#scope, prefixes: new Map([...this.#scope.prefixes, [prefix, namespace]]) };
  }

  #addPrefixed(): void {
    const prefixed = this.#prefixed.splice(0);
    for (let index = 0; index < prefixed.length; index += 2) {
      const name = prefixed[index] ?? '';
      const divide = name.indexOf(':');
      const namespace = this.#namespaceOf(name.slice(0, divide));
      this.#addAttribute(`{${namespace}}${name.slice(divide + 1)}`, foldSpaces(prefixed[index + 1] ?? ''));
    }
  }

  #namespaceOf(prefix: string): string {
    return this.#scope.prefixes.get(prefix) ?? giveUp();
  }

  #readEndTag(): void {
    const text = this.#text;
    const name = this.#openNames.pop();
    const element = this.#open.pop();
    const start = this.#at + 2;
    if (name === undefined || element === undefined || !text.startsWith(name, start)) throw notPlain;
    this.#scopes.pop();
    const end = this.#skipBlanks(start + name.length);
    if (text.charCodeAt(end) !== greaterThan) throw notPlain;
    this.#at = end + 1;
    if (this.#pending === '') return;
    // Between elements white space is layout.
    if (element.children === noChildren || !onlyBlanks.test(this.#pending)) element.text = this.#pending;
    this.#pending = '';
  }

  #readUnparsedText(): void {
    const opening = '<![CDATA[';
    if (!this.#text.startsWith(opening, this.#at) || this.#open.length === 0) throw notPlain;
    const start = this.#at + opening.length;
    const end = this.#text.indexOf(']]>', start);
    if (end < 0) throw notPlain;
    this.#pending += this.#text.slice(start, end);
    this.#skipTo(end + 3);
  }

  #skipComment(): void {
    const end = this.#text.indexOf('--', this.#at + 4);
    if (end < 0 || this.#text.charCodeAt(end + 2) !== greaterThan) throw notPlain;
    this.#skipTo(end + 3);
  }

  #skipInstruction(): void {
    instruction.lastIndex = this.#at;
    const end = this.#text.indexOf('?>', this.#at);
    if (end < 0 || !instruction.test(this.#text)) throw notPlain;
    this.#skipTo(end + 2);
  }

  /** Goes on to `end`, looking at every character and counting lines. */
  #skipTo(end: number): void {
    for (let at = this.#at; at < end; at++) {
      const code = this.#text.charCodeAt(at);
      if (kinds[code] === refused) throw notPlain;
      if (code === lineEnd) this.#startLine(at + 1);
    }
    this.#at = end;
  }

  #skipBlanks(start: number): number {
    const text = this.#text;
    let at = start;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      if (code === lineEnd) this.#startLine(at + 1);
      else if (kinds[code] !== blank) return at;
    }
  }

  #startLine(at: number): void {
    this.#line++;
    this.#lineStart = at;
  }
}

function giveUp(): never {
  throw notPlain;
}
