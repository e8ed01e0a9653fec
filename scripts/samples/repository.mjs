// Builds the sample repository from its sources: every file as it is served, by path.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { formats, makeArchive } from './archives.mjs';
import { drawIcon, iconNames } from './icons.mjs';
import { digestTree } from './manifest.mjs';
import { signXml } from './signing.mjs';
import { catalogEntry, formatAttributes, listImplementations, parseRecipe } from './template.mjs';
import { readTree, remove, rename } from './tree.mjs';

const catalogNamespace = 'http://0install.de/schema/injector/catalog';

/**
 * @param {{ readonly sourceDir: string, readonly baseUrl: string, readonly key: object, readonly signedAt: Date }} options
 *   `key` as `readKey` gives it
 * @returns {Promise<Map<string, Buffer>>}
 */
export async function buildRepository({ sourceDir, baseUrl, key, signedAt }) {
  const files = new Map();
  const feeds = new Map();
  for (const name of listFeeds(sourceDir)) {
    feeds.set(name, await buildFeed({ name, directory: path.join(sourceDir, name), baseUrl, files }));
  }
  for (const [file, feed] of [...feeds.values()].flatMap((each) => [...each])) {
    files.set(file, Buffer.from(await signXml(feed, { key, signedAt })));
  }
  for (const name of iconNames) files.set(`icons/${name}.png`, drawIcon(name));

  const shown = JSON.parse(readFileSync(path.join(sourceDir, 'catalog.json'), 'utf8'));
  const catalog = makeCatalog(shown.map((name) => feeds.get(name).get(`${name}.xml`)));
  files.set('catalog.xml', Buffer.from(await signXml(catalog, { key, signedAt })));
  files.set(`${key.keyId}.gpg`, key.publicKey);
  return files;
}

/** Directories that hold a feed template. */
function listFeeds(sourceDir) {
  return readdirSync(sourceDir)
    .filter((name) => existsSync(path.join(sourceDir, name, 'feed.xml')))
    .sort();
}

/** Every `*.xml` of a directory is a feed; they share the sources of the versions. */
async function buildFeed({ name, directory, baseUrl, files }) {
  const feeds = new Map();
  for (const fileName of readdirSync(directory)
    .filter((each) => each.endsWith('.xml'))
    .sort()) {
    const template = readFileSync(path.join(directory, fileName), 'utf8').replaceAll('{{base}}', baseUrl);
    let feed = template;
    for (const implementation of listImplementations(template)) {
      const built = await buildImplementation({ implementation, name, directory, baseUrl, files });
      // A function, because `$` in a replacement text would mean something.
      feed = feed.replace(implementation.text, () => built);
    }
    if (feed.includes('{{')) throw new Error(`unknown mark in ${name}/${fileName}: ${/\{\{.*/.exec(feed)[0]}`);
    feeds.set(fileName === 'feed.xml' ? `${name}.xml` : fileName, feed);
  }
  return feeds;
}

async function buildImplementation({ implementation, name, directory, baseUrl, files }) {
  const { version, released, body, text } = implementation;
  const mtime = Date.parse(`${released}T12:00:00Z`) / 1000;
  const read = (part) => readTree(path.join(directory, part), { version, mtime });
  const add = (fileName, data) => {
    const file = `archives/${fileName}`;
    const old = files.get(file);
    if (old && !old.equals(data)) throw new Error(`two different files ${file}`);
    files.set(file, data);
    return { href: `${baseUrl}/${file}`, size: data.length };
  };
  const addArchive = (tree, fileName, format) => {
    if (!formats.includes(format)) throw new Error(`unknown archive format ${format}`);
    const top = fileName;
    const place = add(`${fileName}.${format}`, makeArchive(tree, { format, top, mtime }));
    return `<archive${formatAttributes({ ...place, extract: top })}/>`;
  };

  const recipe = parseRecipe(body);
  if (recipe) {
    const tree = new Map();
    let result = text;
    for (const step of recipe) {
      if (step.type === 'part') {
        const part = read(`${version}.${step.part}`);
        for (const [entryName, entry] of part) tree.set(entryName, entry);
        const archive = addArchive(part, `${name}-${step.part}-${version}`, step.format);
        result = result.replace(`{{part ${step.part} ${step.format}}}`, () => archive);
      } else if (step.type === 'file') {
        const entry = read(`${version}.files`).get(step.file);
        tree.set(step.dest, { ...entry, isExecutable: step.isExecutable, mtime: 0 });
        const place = add(`${name}-${version}-${path.posix.basename(step.file)}`, entry.data);
        result = result.replace(`{{file ${step.file}}}`, () => formatAttributes(place).trim());
      } else if (step.type === 'rename') rename(tree, step.source, step.dest);
      else remove(tree, step.path);
    }
    return result.replace('{{digest}}', () => digestElement(tree, 'sha256new'));
  }

  const tree = new Map([...read('files'), ...read(version), ...(await generate(directory, { version, mtime }))]);
  if (tree.size === 0) throw new Error(`no files for ${name} ${version}`);
  const archivePattern = /( *)\{\{archive (\S+?)(?: digest=(\S+?))?(?: top=(\S+?))?\}\}/g;
  const isIdDigest = text.includes('{{id}}');
  return text
    .replace(archivePattern, (_mark, indent, format, algorithm = 'sha256new', variant = '') => {
      const archive = addArchive(tree, `${name}${variant}-${version}`, format);
      const lines = isIdDigest ? [archive] : [digestElement(tree, algorithm), archive];
      return lines.map((line) => indent + line).join('\n');
    })
    .replace('{{id}}', () => `sha1new=${digestTree(tree, 'sha1new')}`);
}

function digestElement(tree, algorithm) {
  return `<manifest-digest${formatAttributes({ [algorithm]: digestTree(tree, algorithm) })}/>`;
}

/** Files that a program makes better than a person: `generate.mjs` of the sources gives text by path. */
async function generate(directory, { version, mtime }) {
  const file = path.join(directory, 'generate.mjs');
  if (!existsSync(file)) return [];
  const module = await import(pathToFileURL(file).href);
  return Object.entries(module.generate(version)).map(([name, text]) => [
    name,
    { type: 'file', data: Buffer.from(text), isExecutable: false, mtime },
  ]);
}

function makeCatalog(feeds) {
  const entries = feeds.map((feed) => catalogEntry(feed).replace(/\n(?=\s*<)/g, '\n  '));
  const entriesText = entries.map((entry) => `  ${entry}\n`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<catalog xmlns="${catalogNamespace}">\n${entriesText}</catalog>\n`;
}
