// Feed templates: ordinary feeds with a few marks that only the built files can fill in.
//
//   {{base}}                              the address of the repository
//   {{id}}                                in id="…": a digest, for feeds that keep it there
//   {{archive FORMAT}}                    digest and download of the implementation, `extract` set
//   {{archive FORMAT digest=ALGORITHM}}   with another algorithm than sha256new
//   {{digest}} and {{part NAME FORMAT}}   for recipes: NAME is a directory `VERSION.NAME` of the sources
//   {{file PATH}}                         for recipes: href and size of a single file `VERSION.files/PATH`

import { compareBytes } from './tree.mjs';

const implementationPattern = /<implementation\b([^>]*)>([^]*?)<\/implementation>/g;

/**
 * The implementations a template asks for.
 *
 * @returns {readonly { readonly version: string, readonly released: string, readonly body: string, readonly text: string }[]}
 */
export function listImplementations(template) {
  return [...template.matchAll(implementationPattern)].map(([text, attributes, body]) => ({
    text,
    body,
    version: attributeOf(attributes, 'version'),
    released: attributeOf(attributes, 'released'),
  }));
}

export function attributeOf(attributes, name) {
  const found = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes);
  if (!found) throw new Error(`no ${name} in <implementation ${attributes}>`);
  return found[1];
}

/** The steps of a recipe, in order; `null` if the implementation has none. */
export function parseRecipe(body) {
  const recipe = /<recipe>([^]*?)<\/recipe>/.exec(body);
  if (!recipe) return null;
  const steps = recipe[1].matchAll(
    /\{\{part (\S+) (\S+)\}\}|<file (?=[^>]*\{\{file (\S+?)\}\})[^>]*|<rename [^>]*|<remove [^>]*/g,
  );
  return [...steps].map(([text, part, format, file]) => {
    if (part !== undefined) return { type: 'part', part, format };
    if (file !== undefined) {
      const isExecutable = text.includes('executable="true"');
      return { type: 'file', file, dest: attributeOf(text, 'dest'), isExecutable };
    }
    if (text.startsWith('<rename')) {
      return { type: 'rename', source: attributeOf(text, 'source'), dest: attributeOf(text, 'dest') };
    }
    return { type: 'remove', path: attributeOf(text, 'path') };
  });
}

/** What a catalogue shows of a feed: everything before the first implementation, group or other feed. */
export function catalogEntry(feed) {
  const open = /<interface [^>]*>/.exec(feed);
  const start = open.index + open[0].length;
  const end = feed.slice(start).search(/\n\s*<(?:group|implementation|feed|feed-for|replaced-by)\b/);
  return `${open[0]}${feed.slice(start, start + end)}\n</interface>`;
}

/** Attributes as text, sorted so that they come out the same every time. */
export function formatAttributes(attributes) {
  return Object.entries(attributes)
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([name, value]) => ` ${name}="${String(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`)
    .join('');
}
