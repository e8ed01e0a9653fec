import { zeroInstallNamespace } from '../../../electron/core/xml/element.ts';

/** Attributes of an element; those without a value are left out. */
export type TagAttributes = Readonly<Record<string, string | null | undefined>>;

/** An element as text. */
export function tag(name: string, attributes: TagAttributes, content: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeText(value ?? '')}"`)
    .join('');
  return content.length === 0 ? `<${name}${written}/>\n` : `<${name}${written}>${content.join('')}</${name}>\n`;
}

/** Text as it stands in XML. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A document whose root is in the namespace of feeds. */
export function documentText(name: string, attributes: TagAttributes, content: readonly string[]): string {
  const namespaces = {
    xmlns: zeroInstallNamespace,
    'xmlns:compile': 'http://zero-install.sourceforge.net/2006/namespaces/0compile',
    'xmlns:x': 'http://example.com/ours',
  };
  return `<?xml version="1.0"?>\n${tag(name, { ...namespaces, ...attributes }, content)}`;
}
