/** Attributes by name; those in a namespace as `{NAMESPACE}name`. Values as in `spec/feeds.md` 1.2 (trimmed, folded). */
export type Attributes = Readonly<Record<string, string>>;

/** An XML element as plain data: it survives `structuredClone` and crosses to workers. */
export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: Attributes;
  readonly children: readonly XmlElement[];
  /** The text after the last child element, not trimmed. */
  readonly text: string;
  /** Position of the start tag, from 1; 0 for elements made by the program. */
  readonly line: number;
  readonly column: number;
}

/** Namespace of feeds, selections and preferences. */
export const zeroInstallNamespace = 'http://zero-install.sourceforge.net/2004/injector/interface';
/** Namespace of build information in feeds. */
export const compileNamespace = 'http://zero-install.sourceforge.net/2006/namespaces/0compile';
/** Namespace of desktop capabilities in feeds. */
export const capabilitiesNamespace = 'http://0install.de/schema/desktop-integration/capabilities';
/** Namespace of catalogues. */
export const catalogNamespace = 'http://0install.de/schema/injector/catalog';
/** Namespace of the trust database. */
export const trustNamespace = 'http://zero-install.sourceforge.net/2007/injector/trust';
/** Namespace of `xml:lang`. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
