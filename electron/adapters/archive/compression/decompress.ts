import { findTool, type ToolName } from '../tools/tools.ts';
import { toolOutput } from '../tools/run-tool.ts';
import type { CompressedPart } from './compressed-part.ts';
import { gunzip } from './inflate.ts';

/** Ways to compress one stream of bytes. */
export type Compression = 'none' | 'gzip' | 'bzip2' | 'xz' | 'lzma' | 'lzip' | 'zstd';

interface Method {
  /** The first bytes, in hex; null if there is nothing to know it by. */
  readonly magic: string | null;
  readonly tool: ToolName;
  readonly args: readonly string[];
  /** Whether a library of ours can do it where the tool is missing. */
  readonly hasLibrary: boolean;
}

/** Except gzip, which Node.js has itself. */
const methods: Readonly<Record<Exclude<Compression, 'none' | 'gzip'>, Method>> = {
  bzip2: { magic: '425a68', tool: 'bzip2', args: ['-dc'], hasLibrary: true },
  xz: { magic: 'fd377a585a00', tool: 'xz', args: ['-dc', '--format=xz'], hasLibrary: true },
  lzma: { magic: null, tool: 'xz', args: ['-dc', '--format=lzma'], hasLibrary: false },
  lzip: { magic: '4c5a4950', tool: 'lzip', args: ['-dc', '--trailing-error'], hasLibrary: false },
  zstd: { magic: '28b52ffd', tool: 'zstd', args: ['-dcq'], hasLibrary: true },
};

/**
 * Decompresses by the declared way, and nothing else.
 *
 * The system's programs come first: they are faster than any library, and run on a processor of their own. A piece is good
 * until the next one is asked for.
 *
 * @throws AppError `archive-damaged` if the data are of another kind, damaged, cut off, or followed by something else;
 *   `archive-tool-missing`
 */
export async function* decompress(part: CompressedPart, compression: Compression): AsyncGenerator<Buffer, void> {
  const { source, position, length, pace, problems } = part;
  if (compression === 'none') {
    yield* source.passingPieces(position, length, pace);
    return;
  }
  if (compression === 'gzip') {
    yield* gunzip(part);
    return;
  }
  const { magic, tool, args, hasLibrary } = methods[compression];
  if (magic !== null) await checkMagic(part, magic, compression);
  const input = source.pieces(position, length, pace);
  if (findTool(tool) === null && hasLibrary) {
    const { libraryOutput } = await import('./library.ts');
    yield* libraryOutput(compression, input, { pace, problems });
  } else yield* toolOutput({ tool, args, input, pace, problems });
}

/** The tool without which archives compressed in this way cannot be unpacked here. */
export function toolFor(compression: Compression): ToolName | null {
  if (compression === 'none' || compression === 'gzip') return null;
  const { tool, hasLibrary } = methods[compression];
  return hasLibrary ? null : tool;
}

/** Which way data were compressed, by how they begin; null if they were not, as far as one can see. */
export function compressionOf(start: Uint8Array): Compression | null {
  const hex = Buffer.from(start).toString('hex');
  if (hex.startsWith('1f8b')) return 'gzip';
  for (const [name, { magic }] of Object.entries(methods)) {
    if (magic !== null && hex.startsWith(magic)) return name as Compression;
  }
  return null;
}

async function checkMagic(part: CompressedPart, magic: string, compression: Compression): Promise<void> {
  const { source, position, length, pace, problems } = part;
  const wanted = Buffer.from(magic, 'hex');
  const count = Math.min(wanted.length, length);
  await source.until(position + count, pace);
  if (!source.read(position, count).equals(wanted)) throw problems.damaged(`not ${compression} data`);
}
