import type { ArchiveProblems } from '../archive-problems.ts';
import { blockBytes, checkedSize, numberField } from './tar-header.ts';
import { paxNumber, paxValue, type PaxRecords } from './pax-records.ts';

/** A file with holes: the archive holds only the parts, one after the other. */
export interface SparseMap {
  readonly sizeBytes: number;
  readonly parts: readonly SparsePart[];
}

/** A part that is not a hole. */
export interface SparsePart {
  readonly offset: number;
  readonly length: number;
}

const maxParts = 1_000_000;
const partBytes = 24;
const [headerParts, extensionParts] = [4, 21];

/** Reads the parts listed in an old GNU header. `continues` says that extension blocks follow. */
export function headerSparseParts(block: Buffer, problems: ArchiveProblems) {
  const parts = listedParts(block.subarray(386, 386 + headerParts * partBytes), problems);
  const sizeBytes = checkedSize(numberField(block, [483, 12], problems), problems);
  return { parts, sizeBytes, continues: block[482] !== 0 };
}

/** Reads an extension block. */
export function extensionSparseParts(block: Buffer, problems: ArchiveProblems) {
  return {
    parts: listedParts(block.subarray(0, extensionParts * partBytes), problems),
    continues: block[extensionParts * partBytes] !== 0,
  };
}

/**
 * The map in pax records of formats 0.0 and 0.1; `'in-data'` for format 1.0, where it comes before the data; null if the
 * file has no holes.
 *
 * @see GNU tar manual, "Storing Sparse Files"
 */
export function paxSparseMap(records: PaxRecords | null, problems: ArchiveProblems): SparseMap | 'in-data' | null {
  const major = paxValue(records, 'GNU.sparse.major');
  if (major !== undefined) {
    if (major.toString() === '1') return 'in-data';
    if (major.toString() !== '0') throw problems.damaged('unknown format of a sparse file');
  }
  const size = paxValue(records, 'GNU.sparse.size') ?? paxValue(records, 'GNU.sparse.realsize');
  if (records === null || size === undefined) return null;
  const numbers = numbersOf(records, problems);
  return checkedMap(pairs(numbers, problems), paxNumber(size, problems), problems);
}

function numbersOf(records: PaxRecords, problems: ArchiveProblems): readonly number[] {
  const map = paxValue(records, 'GNU.sparse.map');
  if (map !== undefined) {
    const text = map.toString('latin1');
    return text === '' ? [] : text.split(',').map((number) => paxNumber(Buffer.from(number), problems));
  }
  const offsets = records.get('GNU.sparse.offset') ?? [];
  const lengths = records.get('GNU.sparse.numbytes') ?? [];
  if (offsets.length !== lengths.length) throw problems.damaged('malformed map of a sparse file');
  return offsets.flatMap((offset, index) =>
    [offset, lengths[index] ?? offset].map((number) => paxNumber(number, problems)),
  );
}

/** Reads a map of format 1.0 as it arrives in blocks: decimal numbers, each with a newline, the count first. */
export class DataMapReader {
  readonly #problems: ArchiveProblems;
  readonly #numbers: number[] = [];
  #rest = '';
  #wanted: number | null = null;

  constructor(problems: ArchiveProblems) {
    this.#problems = problems;
  }

  /** @returns whether the map is complete; the data begin with the next block */
  push(block: Buffer): boolean {
    const lines = (this.#rest + block.toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!/^[0-9]{1,16}$/.test(line)) throw this.#problems.damaged('malformed map of a sparse file');
      if (this.#wanted === null) this.#wanted = Number(line) * 2;
      else this.#numbers.push(Number(line));
      if (this.#wanted > maxParts * 2) throw this.#problems.limit(`${maxParts} parts of a sparse file`);
      if (this.#numbers.length === this.#wanted) return true;
    }
    if (this.#rest.length > blockBytes) throw this.#problems.damaged('malformed map of a sparse file');
    return false;
  }

  toMap(sizeBytes: number): SparseMap {
    return checkedMap(pairs(this.#numbers, this.#problems), sizeBytes, this.#problems);
  }
}

/** Parts must follow each other and end inside the file. @throws AppError `archive-damaged`, `archive-limit` */
export function checkedMap(parts: readonly SparsePart[], sizeBytes: number, problems: ArchiveProblems): SparseMap {
  if (parts.length > maxParts) throw problems.limit(`${maxParts} parts of a sparse file`);
  let end = 0;
  for (const { offset, length } of parts) {
    if (offset < end || !Number.isSafeInteger(offset + length)) throw problems.damaged('sparse parts out of order');
    end = offset + length;
  }
  if (end > checkedSize(sizeBytes, problems)) throw problems.damaged('sparse parts beyond the end of the file');
  return { sizeBytes, parts: parts.filter(({ length }) => length > 0) };
}

function pairs(numbers: readonly number[], problems: ArchiveProblems): readonly SparsePart[] {
  if (numbers.length % 2 !== 0) throw problems.damaged('malformed map of a sparse file');
  const parts: SparsePart[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    parts.push({ offset: numbers[index] ?? 0, length: numbers[index + 1] ?? 0 });
  }
  return parts;
}

function listedParts(list: Buffer, problems: ArchiveProblems): readonly SparsePart[] {
  const parts: SparsePart[] = [];
  // The list ends with an empty field.
  for (let at = 0; at < list.length && list[at] !== 0; at += partBytes) {
    const offset = checkedSize(numberField(list, [at, 12], problems), problems);
    const length = checkedSize(numberField(list, [at + 12, 12], problems), problems);
    parts.push({ offset, length });
  }
  return parts;
}
