import { zeroInstallNamespace, type Attributes, type XmlElement } from '../xml/element.ts';
import type { Selections } from './model.ts';

/** The selections document as a tree for `formatXml`. @see selection.md 15.1 and 15.3 */
export function selectionsToXml(selections: Selections): XmlElement {
  return element(
    'selections',
    {
      interface: selections.interface,
      ...(selections.command === null ? {} : { command: selections.command }),
      source: String(selections.isSource),
    },
    selections.selections.map((selection) => element('selection', selection.attributes, selection.children)),
  );
}

function element(name: string, attributes: Attributes, children: readonly XmlElement[]): XmlElement {
  return { namespace: zeroInstallNamespace, name, attributes, children, text: '', line: 0, column: 0 };
}
