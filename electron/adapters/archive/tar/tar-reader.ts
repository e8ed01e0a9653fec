import type { ArchiveProblems } from '../archive-problems.ts';
import { isZero } from '../compression/inflate.ts';
import { parsePax, paxNumber, paxSeconds, paxValue, type PaxRecords } from './pax-records.ts';
import {
  checkedMap,
  DataMapReader,
  extensionSparseParts,
  headerSparseParts,
  paxSparseMap,
  type SparseMap,
  type SparsePart,
} from './sparse-map.ts';
import { blockBytes, checkedSize, checkedTime, parseHeader, type TarHeader } from './tar-header.ts';

/** A member of a tar archive with everything applied that stood in headers before it. */
export interface TarMember {
  readonly kind: 'file' | 'directory' | 'link' | 'hard-link' | 'foreign';
  readonly name: Buffer;
  /** Target of a link, existing name for a hard link. */
  readonly linkName: Buffer;
  readonly mode: number;
  readonly mtime: number;
  /** Bytes of a file's data in the archive. */
  readonly dataBytes: number;
  readonly sparse: SparseMap | null;
  /** What a foreign member is, for messages. */
  readonly what: string;
}

/** Is told what a `TarReader` finds. */
export interface TarHandler {
  /** A member that is at hand with all its data. */
  whole(member: TarMember, data: Buffer): void;
  /** A file whose data come in pieces. */
  begin(member: TarMember): void;
  data(piece: Buffer): void;
  end(member: TarMember): void;
}

/** Longer names and attributes are no names and attributes. */
const maxMetaBytes = 1024 * 1024;

type State =
  | { readonly at: 'header' | 'end' }
  | { readonly at: 'extension'; readonly header: TarHeader; readonly parts: SparsePart[]; readonly sizeBytes: number }
  | { readonly at: 'data-map'; readonly member: TarMember; readonly map: DataMapReader; readonly sizeBytes: number }
  | { readonly at: 'meta'; readonly header: TarHeader; readonly data: Buffer; done: number }
  | { readonly at: 'body'; readonly member: TarMember; rest: number }
  | { readonly at: 'skip'; rest: number };

/**
 * Reads a tar stream that is pushed in pieces of any size: ustar, GNU and pax formats, long names, sparse files.
 *
 * Why not a library: the common one drops sparse files and pax values with newlines, decodes names so that what is not
 * UTF-8 cannot be told from a replacement character, and splits characters at piece borders. See decision 0020.
 *
 * @see store.md 5.9
 */
export class TarReader {
  readonly #handler: TarHandler;
  readonly #problems: ArchiveProblems;
  readonly #block = Buffer.alloc(blockBytes);
  #blockFill = 0;
  #state: State = { at: 'header' };
  #zeroBlocks = 0;
  #sawBlock = false;
  // What the next member takes over.
  #pax: PaxRecords | null = null;
  #globalPax: PaxRecords | null = null;
  #longName: Buffer | null = null;
  #longLinkName: Buffer | null = null;

  constructor(handler: TarHandler, problems: ArchiveProblems) {
    this.#handler = handler;
    this.#problems = problems;
  }

  /** Keeps nothing of the chunk. @throws AppError `archive-damaged`, `archive-limit`, and what the handler throws */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.#consume(chunk, at);
  }

  /**
   * To be called after the last piece. A missing end marker is no damage, since some programs write none; the digest of
   * the tree says whether members are missing.
   */
  finish(): void {
    if (!this.#sawBlock) throw this.#problems.damaged('not a tar archive');
    const isBetween = this.#state.at === 'header' || this.#state.at === 'end';
    const isClean = isZero(this.#block.subarray(0, this.#blockFill));
    if (!isBetween || !isClean || this.#hasPending()) throw this.#problems.damaged('cut off');
  }

  /** @returns the position after what was used, which is at least one byte further */
  #consume(chunk: Buffer, at: number): number {
    const state = this.#state;
    switch (state.at) {
      case 'body': {
        const piece = chunk.subarray(at, at + state.rest);
        state.rest -= piece.length;
        this.#handler.data(piece);
        if (state.rest === 0) this.#endBody(state.member);
        return at + piece.length;
      }
      case 'skip': {
        const count = Math.min(state.rest, chunk.length - at);
        state.rest -= count;
        if (state.rest === 0) this.#state = { at: 'header' };
        return at + count;
      }
      case 'meta': {
        const count = chunk.copy(state.data, state.done, at);
        state.done += count;
        if (state.done === state.data.length) this.#endMeta(state.header, state.data);
        return at + count;
      }
      case 'end':
        if (!isZero(chunk.subarray(at))) throw this.#problems.damaged('something follows the end of the archive');
        return chunk.length;
      case 'header':
      case 'extension':
      case 'data-map':
        return this.#consumeBlock(chunk, at);
    }
  }

  #consumeBlock(chunk: Buffer, at: number): number {
    if (this.#blockFill === 0 && chunk.length - at >= blockBytes) {
      const end = at + blockBytes;
      return this.#onBlock(chunk.subarray(at, end), chunk, end);
    }
    const count = chunk.copy(this.#block, this.#blockFill, at);
    this.#blockFill += count;
    if (this.#blockFill < blockBytes) return at + count;
    this.#blockFill = 0;
    return this.#onBlock(this.#block, chunk, at + count);
  }

  /** @param next position in the chunk after the block */
  #onBlock(block: Buffer, chunk: Buffer, next: number): number {
    const state = this.#state;
    if (state.at === 'extension') {
      const more = extensionSparseParts(block, this.#problems);
      state.parts.push(...more.parts);
      if (!more.continues) this.#beginSparse(state.header, state.parts, state.sizeBytes);
      return next;
    }
    if (state.at === 'data-map') {
      const dataBytes = state.member.dataBytes - blockBytes;
      const member = { ...state.member, dataBytes };
      if (dataBytes < 0) throw this.#problems.damaged('malformed map of a sparse file');
      if (!state.map.push(block)) this.#state = { ...state, member };
      else this.#beginBody(this.#withMap(member, state.map.toMap(state.sizeBytes)));
      return next;
    }
    return this.#onHeader(block, chunk, next);
  }

  #onHeader(block: Buffer, chunk: Buffer, next: number): number {
    if (block[0] === 0 && isZero(block)) {
      this.#sawBlock = true;
      this.#zeroBlocks++;
      if (this.#zeroBlocks === 2) this.#state = { at: 'end' };
      return next;
    }
    if (this.#zeroBlocks > 0) throw this.#problems.damaged('something follows the end of the archive');
    if (!this.#sawBlock) this.#checkStart(block);
    this.#sawBlock = true;
    const header = parseHeader(block, this.#problems);
    switch (header.type) {
      case 'x':
      case 'X':
      case 'g':
      case 'L':
      case 'K':
        if (header.sizeBytes > maxMetaBytes) throw this.#problems.limit(`${maxMetaBytes} bytes of attributes`);
        this.#state = { at: 'meta', header, data: Buffer.alloc(header.sizeBytes), done: 0 };
        if (header.sizeBytes === 0) this.#endMeta(header, Buffer.alloc(0));
        return next;
      case 'V':
        // The label of a volume says nothing about its files.
        this.#skip(padded(header.sizeBytes));
        return next;
      case 'S': {
        const sparse = headerSparseParts(block, this.#problems);
        if (!sparse.continues) this.#beginSparse(header, sparse.parts, sparse.sizeBytes);
        else {
          const parts = [...sparse.parts];
          this.#state = { at: 'extension', header: withOwnNames(header), parts, sizeBytes: sparse.sizeBytes };
        }
        return next;
      }
      default:
        return this.#onMember(header, chunk, next);
    }
  }

  #onMember(header: TarHeader, chunk: Buffer, next: number): number {
    const pax = this.#pax;
    const sparse = paxSparseMap(pax, this.#problems);
    const member = this.#toMember(header);
    if (member.kind === 'file' && sparse === 'in-data') {
      const size = paxValue(pax, 'GNU.sparse.realsize');
      if (size === undefined) throw this.#problems.damaged('malformed map of a sparse file');
      const sizeBytes = paxNumber(size, this.#problems);
      this.#state = { at: 'data-map', member: withOwnNames(member), map: new DataMapReader(this.#problems), sizeBytes };
      return next;
    }
    if (member.kind === 'file' && sparse !== null && sparse !== 'in-data') {
      this.#beginBody(this.#withMap(member, sparse));
      return next;
    }
    const end = next + member.dataBytes;
    if (end > chunk.length) {
      this.#beginBody(member);
      return next;
    }
    this.#handler.whole(member, chunk.subarray(next, end));
    this.#skip(padding(member.dataBytes));
    return end;
  }

  #beginSparse(header: TarHeader, parts: readonly SparsePart[], sizeBytes: number): void {
    const map = checkedMap(parts, sizeBytes, this.#problems);
    this.#beginBody(this.#withMap(this.#toMember({ ...header, type: '7' }), map));
  }

  #withMap(member: TarMember, sparse: SparseMap): TarMember {
    const total = sparse.parts.reduce((sum, part) => sum + part.length, 0);
    if (total !== member.dataBytes) throw this.#problems.damaged('sparse parts that are not the size of the data');
    return { ...member, sparse };
  }

  #beginBody(found: TarMember): void {
    const member = withOwnNames(found);
    this.#handler.begin(member);
    if (member.dataBytes === 0) this.#endBody(member);
    else this.#state = { at: 'body', member, rest: member.dataBytes };
  }

  #endBody(member: TarMember): void {
    this.#handler.end(member);
    this.#skip(padding(member.dataBytes));
  }

  #skip(rest: number): void {
    this.#state = rest === 0 ? { at: 'header' } : { at: 'skip', rest };
  }

  #endMeta(header: TarHeader, data: Buffer): void {
    switch (header.type) {
      case 'L':
        this.#longName = untilNul(data);
        break;
      case 'K':
        this.#longLinkName = untilNul(data);
        break;
      case 'g':
        this.#globalPax = new Map([...(this.#globalPax ?? []), ...parsePax(data, this.#problems)]);
        break;
      default:
        this.#pax = parsePax(data, this.#problems);
    }
    this.#skip(padding(data.length));
  }

  #toMember(header: TarHeader): TarMember {
    for (const keyword of ['path', 'linkpath', 'size']) {
      // One name for all members can only be meant to confuse.
      if (this.#globalPax?.has(keyword) === true) throw this.#problems.damaged(`‘${keyword}’ for all members`);
    }
    const value = (keyword: string): Buffer | undefined => paxValue(this.#pax, keyword);
    const mtime = value('mtime') ?? paxValue(this.#globalPax, 'mtime');
    const size = value('size');
    const name = value('GNU.sparse.name') ?? value('path') ?? this.#longName ?? header.name;
    const linkName = value('linkpath') ?? this.#longLinkName ?? header.linkName;
    this.#pax = null;
    this.#longName = null;
    this.#longLinkName = null;
    const { kind, what } = kindOf(header.type, name);
    const sizeBytes =
      size === undefined ? header.sizeBytes : checkedSize(paxNumber(size, this.#problems), this.#problems);
    return {
      kind,
      what,
      name,
      linkName,
      mode: header.mode,
      mtime: mtime === undefined ? header.mtime : checkedTime(paxSeconds(mtime, this.#problems), this.#problems),
      dataBytes: hasData(kind, header.type) ? sizeBytes : 0,
      sparse: null,
    };
  }

  #hasPending(): boolean {
    return this.#pax !== null || this.#longName !== null || this.#longLinkName !== null;
  }

  #checkStart(block: Buffer): void {
    const compressed = ['1f8b', '425a68', 'fd377a585a00', '28b52ffd', '4c5a4950'];
    const start = block.toString('hex', 0, 6);
    // Decompressing again what was declared to be a tar archive would be a way around the limits.
    if (compressed.some((magic) => start.startsWith(magic)))
      throw this.#problems.damaged('compressed data instead of tar');
  }
}

function kindOf(type: string, name: Buffer): Pick<TarMember, 'kind' | 'what'> {
  switch (type) {
    case '0':
    case '\0':
      // Before there was a type for directories, a slash made them.
      return { kind: name.at(-1) === 0x2f ? 'directory' : 'file', what: '' };
    case '7':
      return { kind: 'file', what: '' };
    case '1':
      return { kind: 'hard-link', what: '' };
    case '2':
      return { kind: 'link', what: '' };
    case '5':
    case 'D':
      return { kind: 'directory', what: '' };
    case '3':
    case '4':
      return { kind: 'foreign', what: 'device' };
    case '6':
      return { kind: 'foreign', what: 'named pipe' };
    default:
      return { kind: 'foreign', what: 'entry of an unknown type' };
  }
}

/** For what is needed after the chunk in which its names lie. */
function withOwnNames<T extends Pick<TarMember, 'name' | 'linkName'>>(found: T): T {
  return { ...found, name: Buffer.from(found.name), linkName: Buffer.from(found.linkName) };
}

/** Links, directories and devices have no data, whatever their size field says. */
function hasData(kind: TarMember['kind'], type: string): boolean {
  return kind === 'file' || type === 'D' || (kind === 'foreign' && !/[346]/.test(type));
}

function padded(size: number): number {
  return size + padding(size);
}

function padding(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

function untilNul(data: Buffer): Buffer {
  const end = data.indexOf(0);
  return end === -1 ? data : data.subarray(0, end);
}
