import type { ArchiveProblems } from '../archive-problems.ts';

/** A row of a table, by column. */
type MsiRow = Readonly<Record<string, string>>;

/** The tables that say where files go. */
export interface MsiTables {
  readonly file: readonly MsiRow[];
  readonly component: readonly MsiRow[];
  readonly directory: readonly MsiRow[];
}

const maxDepth = 100;

/**
 * Reads an exported table: the names of the columns, their types, the keys, then a row on each line.
 *
 * @see Windows Installer, "Text Archive File Format"
 */
export function parseMsiTable(text: string): readonly MsiRow[] {
  const [head = '', , , ...lines] = text.split(/\r?\n/);
  const columns = head.split('\t');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split('\t');
      return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
    });
}

/**
 * The path of each file by its key. Names are the long ones; the directories are those of the source, since the package is
 * not installed.
 *
 * @throws AppError `archive-damaged`
 */
export function msiPaths({ file, component, directory }: MsiTables, problems: ArchiveProblems): Map<string, string> {
  const directoryOf = new Map(component.map((row) => [row['Component'], row['Directory_'] ?? '']));
  const directories = new Map(directory.map((row) => [row['Directory'] ?? '', row]));
  const known = new Map<string, readonly string[]>();

  const place = (key: string, depth: number): readonly string[] => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const row = directories.get(key);
    if (row === undefined || depth > maxDepth) throw problems.damaged('directories that lead nowhere');
    const parent = row['Directory_Parent'] ?? '';
    const isTop = parent === '' || parent === key;
    const name = longName((row['DefaultDir'] ?? '').split(':').at(-1) ?? '');
    const path = isTop ? [] : [...place(parent, depth + 1), ...(name === '.' ? [] : [name])];
    known.set(key, path);
    return path;
  };

  return new Map(
    file.map((row) => {
      const parts = place(directoryOf.get(row['Component_']) ?? '', 0);
      return [row['File'] ?? '', [...parts, longName(row['FileName'] ?? '')].join('/')];
    }),
  );
}

/** Names are `SHORT|Long name`, or one for both. */
function longName(name: string): string {
  return name.slice(name.indexOf('|') + 1);
}
