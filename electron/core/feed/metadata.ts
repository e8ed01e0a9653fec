import { type XmlElement, xmlNamespace, zeroInstallNamespace } from '../xml/element.ts';
import type { EntryPoint, LocalizedText } from './model.ts';

const languageAttribute = `{${xmlNamespace}}lang`;

/** Children with a name, of the feed's own namespace unless another one is given. */
export function childrenNamed(
  element: XmlElement,
  name: string,
  namespace = zeroInstallNamespace,
): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === namespace);
}

/** The texts of one kind in all their languages. */
export function localizedTexts(
  element: XmlElement,
  name: string,
  namespace = zeroInstallNamespace,
): readonly LocalizedText[] {
  return childrenNamed(element, name, namespace).map((child) => ({
    lang: child.attributes[languageAttribute] ?? 'en',
    text: child.text.trim(),
  }));
}

/** The text of each child with a name, blank ones left out. */
export function plainTexts(element: XmlElement, name: string): readonly string[] {
  return childrenNamed(element, name)
    .map((child) => child.text.trim())
    .filter((text) => text !== '');
}

/** What a feed and an entry of a catalogue say about a program in the same way. */
export function readCommonMetadata(root: XmlElement): {
  readonly homepages: readonly string[];
  readonly categories: readonly { readonly name: string; readonly type: string | null }[];
  readonly icons: readonly { readonly href: string; readonly type: string | null }[];
  readonly needsTerminal: boolean;
  readonly entryPoints: readonly EntryPoint[];
} {
  const needsTerminal = childrenNamed(root, 'needs-terminal').length > 0;
  return {
    homepages: plainTexts(root, 'homepage'),
    categories: childrenNamed(root, 'category')
      .map((child) => ({ name: child.text.trim(), type: child.attributes['type'] ?? null }))
      .filter(({ name }) => name !== ''),
    icons: readIcons(root),
    needsTerminal,
    entryPoints: readEntryPoints(root, needsTerminal),
  };
}

/** A bad icon never makes a feed unusable: one without an address is left out. */
function readIcons(element: XmlElement): readonly { readonly href: string; readonly type: string | null }[] {
  return childrenNamed(element, 'icon').flatMap(({ attributes }) => {
    const { href, type } = attributes;
    return href === undefined ? [] : [{ href, type: type ?? null }];
  });
}

/** There is always one for `run`. @see feeds.md 11 */
function readEntryPoints(root: XmlElement, needsTerminal: boolean): readonly EntryPoint[] {
  const points = childrenNamed(root, 'entry-point').flatMap((element): EntryPoint[] => {
    const { command } = element.attributes;
    if (command === undefined) return [];
    return [
      {
        command,
        binaryName: element.attributes['binary-name'] ?? null,
        names: localizedTexts(element, 'name'),
        summaries: localizedTexts(element, 'summary'),
        needsTerminal: childrenNamed(element, 'needs-terminal').length > 0 || (command === 'run' && needsTerminal),
      },
    ];
  });
  if (points.some(({ command }) => command === 'run')) return points;
  return [...points, { command: 'run', binaryName: null, names: [], summaries: [], needsTerminal }];
}
