import { catalogNamespace, type XmlElement, xmlNamespace, zeroInstallNamespace } from '../xml/element.ts';
import { formatXml } from '../xml/format.ts';
import type { TranslatedText } from './program.ts';

/** Namespace of the freedesktop "Shared MIME-info Database" 0.21. */
const mimeNamespace = 'http://www.freedesktop.org/standards/shared-mime-info';

/** A type of files to be made known. */
export interface MimeType {
  readonly name: string;
  /** Null for a type that is known: what it is called stays. */
  readonly comment: TranslatedText | null;
  readonly subClassOf: string | null;
  /** Endings with their dots. */
  readonly endings: readonly string[];
  /** Roots by which XML of any file name is known. */
  readonly roots: readonly { readonly namespace: string; readonly localName: string }[];
}

/** Lower than the usual 50: whatever else claims an ending wins. */
const weight = '10';

/** The file that makes types known, for `mime/packages`. @throws AppError `bad-xml` */
export function mimePackage(types: readonly MimeType[]): string {
  return formatXml(element('mime-info', {}, types.map(typeElement)));
}

/** The types of Zero Install's own documents. No glob claims XML: the root decides. @see gui.md C4 */
export const ownMimeTypes: readonly MimeType[] = [
  ownType('feed', 'Zero Install feed', [
    { namespace: zeroInstallNamespace, localName: 'interface' },
    { namespace: zeroInstallNamespace, localName: 'feed' },
  ]),
  ownType('selections', 'Zero Install selections', [{ namespace: zeroInstallNamespace, localName: 'selections' }]),
  ownType('catalog', 'Zero Install catalog', [{ namespace: catalogNamespace, localName: 'catalog' }]),
];

function ownType(kind: string, comment: string, roots: MimeType['roots']): MimeType {
  const name = `application/x-zeroinstall-${kind}+xml`;
  return {
    name,
    comment: { text: comment, translations: new Map() },
    subClassOf: 'application/xml',
    endings: [],
    roots,
  };
}

function typeElement({ name, comment, subClassOf, endings, roots }: MimeType): XmlElement {
  const children = [
    ...(comment === null ? [] : commentElements(comment)),
    ...(subClassOf === null ? [] : [element('sub-class-of', { type: subClassOf })]),
    ...endings.map((ending) => element('glob', { pattern: `*${ending}`, weight })),
    ...roots.map(({ namespace, localName }) => element('root-XML', { namespaceURI: namespace, localName })),
  ];
  return element('mime-type', { type: name }, children);
}

function commentElements({ text, translations }: TranslatedText): readonly XmlElement[] {
  const lang = `{${xmlNamespace}}lang`;
  return [
    { ...element('comment'), text },
    ...[...translations].map(([locale, other]) => ({ ...element('comment', { [lang]: locale }), text: other })),
  ];
}

/** @returns an element of the database's namespace */
function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly XmlElement[] = [],
): XmlElement {
  return { namespace: mimeNamespace, name, attributes, children, text: '', line: 0, column: 0 };
}
