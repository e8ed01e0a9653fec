/** How much of a document is accepted. A feed of a thousand versions needs a hundredth of it. */
export interface XmlLimits {
  readonly characters: number;
  /** Elements inside each other. */
  readonly depth: number;
  readonly elements: number;
  readonly attributesPerElement: number;
  /** Characters of one attribute's value or name. */
  readonly attributeLength: number;
}

/** What documents of all kinds are held to unless a caller says otherwise. */
export const defaultXmlLimits: XmlLimits = {
  characters: 32 * 1024 * 1024,
  depth: 100,
  elements: 500_000,
  attributesPerElement: 256,
  attributeLength: 65_536,
};
