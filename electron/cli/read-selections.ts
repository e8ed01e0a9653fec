import { readFile } from 'node:fs/promises';
import { parseSelections } from '../core/selections/parse.ts';
import type { Selections } from '../core/selections/model.ts';
import { parseXml } from '../core/xml/parse.ts';

const maxBytes = 16 * 1024 * 1024;

/** A selections document from a file, or null if the file is some other XML. @throws AppError `bad-xml`, `bad-selections` */
export async function readSelectionsFile(path: string): Promise<Selections | null> {
  const text = await readFile(path, 'utf8');
  if (text.length > maxBytes) return null;
  const root = parseXml(text, { source: path });
  return root.name === 'selections' ? parseSelections(root) : null;
}
