import { isUtf8 } from 'node:buffer';
import { nameProblem, type NameRules } from '../../core/manifest/entry-name.ts';
import { TreeProblem, type FileFacts, type OpenFile, type TreeWriter } from '../tree/tree-writer.ts';
import type { ArchiveProblems } from './archive-problems.ts';
import type { Meter } from './limits.ts';

/** Where the contents of one archive go. */
export interface SinkOptions {
  readonly tree: TreeWriter;
  readonly meter: Meter;
  readonly problems: ArchiveProblems;
  /** Directory of the tree that takes the contents; empty for the top. */
  readonly target: string;
  /** The only top-level directory to take, without its name. */
  readonly extract: string | null;
  /** Whether a `/` in front of a name is dropped instead of refused. */
  readonly dropsRoot: boolean;
}

const nameRules: NameRules = process.platform === 'win32' ? 'windows' : 'posix';

/**
 * Takes the entries of an archive, whatever its format: checks names and types before anything is written, leaves out
 * what is not below `extract`, and hands the rest to the tree.
 *
 * Each method throws AppError `archive-unsafe`, `archive-damaged` or `archive-limit`.
 *
 * @see store.md 5.8, 5.9
 */
export class EntrySink {
  readonly #options: SinkOptions;
  readonly #problems: ArchiveProblems;
  #isExtractFound = false;
  #open: OpenFile | null = null;
  /** The directory part of the last name as it was written, and the path it stands for. */
  #directory = { text: '', path: '' };

  constructor(options: SinkOptions) {
    this.#options = options;
    this.#problems = options.problems;
  }

  /** @param mtime seconds; null if the archive has none */
  directory(name: Uint8Array, mtime: number | null): void {
    const path = this.#pathOf(name);
    if (path === null) return;
    if (path === '') this.#isExtractFound = true;
    else this.#place(path, (place) => this.#options.tree.directory(place, mtime));
  }

  /** A file that is at hand as a whole. */
  file(name: Uint8Array, facts: FileFacts, data: Uint8Array): void {
    const path = this.#leafPathOf(name);
    if (path !== null) this.#place(path, (place) => this.#options.tree.file(place, facts, data));
  }

  /** Begins a file whose data follow through `write`; `endFile` ends it. Data of a file that is left out are dropped. */
  beginFile(name: Uint8Array, facts: FileFacts): void {
    const path = this.#leafPathOf(name);
    if (path !== null) this.#place(path, (place) => (this.#open = this.#options.tree.openFile(place, facts)));
  }

  write(data: Uint8Array): void {
    this.#open?.write(data);
  }

  /** Makes the file begun reach a size by a hole. */
  extendTo(sizeBytes: number): void {
    if (this.#open !== null) this.#open.skip(sizeBytes - this.#open.sizeBytes);
  }

  endFile(name: Uint8Array): void {
    const open = this.#open;
    this.#open = null;
    if (open !== null) this.#guard(() => open.finish(), name);
  }

  link(name: Uint8Array, target: Uint8Array): void {
    const path = this.#leafPathOf(name);
    if (path === null) return;
    const { linkBytes } = this.#options.meter.limits;
    if (target.length > linkBytes) throw this.#problems.limit(`symbolic link of ${linkBytes} bytes`);
    if (target.length === 0) throw this.#problems.damaged('symbolic link without a target');
    if (target.includes(0)) throw this.#problems.unsafe(textOf(name), 'NUL in the target of a link');
    this.#place(path, (place) => this.#options.tree.link(place, target));
  }

  /** A second name for what was unpacked before. */
  hardLink(name: Uint8Array, existing: Uint8Array): void {
    const path = this.#leafPathOf(name);
    if (path === null) return;
    const from = this.#select(this.#checkedPath(existing));
    if (from === null || from === '') throw this.#problems.unsafe(textOf(name), 'hard link to what is not unpacked');
    this.#place(path, (place) => this.#options.tree.hardLink(place, this.#inTarget(from)));
  }

  /** An entry that may not be in a store. Outside `extract` nobody minds. */
  foreign(name: Uint8Array, what: string): void {
    if (this.#pathOf(name) !== null) throw this.#problems.unsafe(textOf(name), what);
  }

  /** To be called after the last entry. */
  finish(): void {
    const { extract } = this.#options;
    if (extract !== null && !this.#isExtractFound) {
      throw this.#problems.damaged(`there is no top-level directory ‘${extract}’ in it`);
    }
  }

  /** To be called in any case. */
  close(): void {
    this.#open?.abandon();
    this.#open = null;
  }

  #leafPathOf(name: Uint8Array): string | null {
    const path = this.#pathOf(name);
    if (path !== '') return path;
    // Above all a link: following it would take the files of some other directory.
    const { extract } = this.#options;
    if (extract === null) throw this.#problems.damaged('a file without a name');
    throw this.#problems.unsafe(textOf(name), 'what shall be extracted is not a directory');
  }

  /** The path below the target, empty for the target itself; null if it is left out. */
  #pathOf(name: Uint8Array): string | null {
    this.#options.meter.addEntry();
    return this.#select(this.#checkedPath(name));
  }

  #select(path: string): string | null {
    const { extract } = this.#options;
    if (extract === null) return path;
    if (path === extract) return '';
    if (!path.startsWith(`${extract}/`)) return null;
    this.#isExtractFound = true;
    return path.slice(extract.length + 1);
  }

  #checkedPath(name: Uint8Array): string {
    const { pathBytes } = this.#options.meter.limits;
    if (name.length > pathBytes) throw this.#problems.limit(`path of ${pathBytes} bytes`);
    if (!isUtf8(name)) throw this.#problems.unsafe(textOf(name), 'name that is not UTF-8');
    const text = textOf(name);
    const directory = text.slice(0, text.lastIndexOf('/') + 1);
    // Members of one directory follow each other: what was found about it need not be found again.
    if (directory === this.#directory.text && directory.length < text.length) {
      const leaf = this.#checkedParts(text.slice(directory.length), text);
      return this.#directory.path === '' || leaf === ''
        ? `${this.#directory.path}${leaf}`
        : `${this.#directory.path}/${leaf}`;
    }
    if (text.startsWith('/') && !this.#options.dropsRoot) throw this.#problems.unsafe(text, 'absolute name');
    if (directory !== '' && directory.length < text.length)
      this.#directory = { text: directory, path: this.#checkedParts(directory, text) };
    return this.#checkedParts(text, text);
  }

  /** @param whole for messages */
  #checkedParts(text: string, whole: string): string {
    const parts: string[] = [];
    for (const part of text.split('/')) {
      if (part === '' || part === '.') continue;
      const problem = part === '..' ? '.. in a name' : nameProblem(part, nameRules);
      if (problem !== null) throw this.#problems.unsafe(whole, problem);
      if (part.length > 85 && Buffer.byteLength(part) > 255) throw this.#problems.limit('name of 255 bytes');
      parts.push(part);
    }
    return parts.join('/');
  }

  #inTarget(path: string): string {
    const { target } = this.#options;
    return target === '' ? path : `${target}/${path}`;
  }

  #place(path: string, put: (place: string) => void): void {
    this.#guard(() => put(this.#inTarget(path)), path);
  }

  #guard(action: () => void, name: Uint8Array | string): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof TreeProblem)) throw error;
      throw this.#problems.unsafe(typeof name === 'string' ? name : textOf(name), error.reason);
    }
  }
}

function textOf(name: Uint8Array): string {
  return Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString();
}
