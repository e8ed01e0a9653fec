import { join } from 'node:path';
import type { StoreFoldersPort } from '../../core/ports/store-folders.ts';
import { createQueues, readFirstFile, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';

/** `injector/implementation-dirs` of the person: one folder a line. */
export function createStoreFolders(paths: Pick<Paths, 'config'>): StoreFoldersPort {
  const file = join(paths.config[0] ?? '', 'injector', 'implementation-dirs');
  const queue = createQueues();
  const readLines = async (): Promise<readonly string[]> => {
    const found = await readFirstFile([file]);
    const text = found === null ? '' : new TextDecoder().decode(found.bytes);
    return text === '' ? [] : text.replace(/\n$/, '').split('\n');
  };
  const change = (edit: (lines: readonly string[]) => readonly string[]): Promise<void> =>
    queue(file, async () => {
      const lines = edit(await readLines());
      await writeFileAtomically(file, lines.map((line) => `${line}\n`).join(''), 0o644);
    });
  return {
    async read() {
      return (await readLines()).filter(isFolder).map((line) => line.trim());
    },
    add: (folder, at) =>
      change((lines) => {
        if (lines.some((line) => line.trim() === folder)) return lines;
        const places = lines.flatMap((line, index) => (isFolder(line) ? [index] : []));
        const place = (at === undefined ? undefined : places[at]) ?? lines.length;
        return [...lines.slice(0, place), folder, ...lines.slice(place)];
      }),
    remove: (folder) => change((lines) => lines.filter((line) => line.trim() !== folder)),
  };
}

function isFolder(line: string): boolean {
  const text = line.trim();
  return text !== '' && !text.startsWith('#');
}
