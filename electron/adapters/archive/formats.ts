import { toolFor, type Compression } from './compression/decompress.ts';
import { unpackCab } from './listed/cabextract.ts';
import { unpackDiskImage, unpackSevenZip } from './listed/seven-zip.ts';
import { unpackMsi } from './listed/msi.ts';
import { unpackDeb } from './packages/unpack-deb.ts';
import { unpackGem } from './packages/unpack-gem.ts';
import { unpackRpm } from './packages/unpack-rpm.ts';
import { tarUnpacker, unpackTarLzmaOrLzip } from './tar/unpack-tar.ts';
import type { ToolName } from './tools/tools.ts';
import type { Unpacker } from './unpacker.ts';
import { unpackZip } from './zip/unpack-zip.ts';

/** How one type of archive is unpacked. */
export interface ArchiveFormat {
  readonly unpack: Unpacker;
  /** Whether a `/` in front of names is dropped, as tar programs do; else such names are refused. */
  readonly dropsRoot: boolean;
  /** Whether a later member may take the place of an earlier one of another type. */
  readonly mayChangeType: boolean;
  /** Whether it is read from front to back, so that unpacking can begin before the archive is whole. */
  readonly isStreamed: boolean;
  /** Whether `extract` may be used. */
  readonly canExtract: boolean;
  /** Programs of the system, each with those that can take its place. */
  readonly tools: readonly (readonly ToolName[])[];
}

const unpacked = { dropsRoot: true, mayChangeType: true, isStreamed: true, canExtract: true, tools: [] } as const;
const tar = (compression: Compression): ArchiveFormat => {
  const tool = toolFor(compression);
  return { ...unpacked, unpack: tarUnpacker(compression), tools: tool === null ? [] : [[tool]] };
};
const lzmaOrLzip: ArchiveFormat = { ...unpacked, unpack: unpackTarLzmaOrLzip, tools: [['xz', 'lzip']] };
const systemPackage = { ...unpacked, canExtract: false } as const;
const whole = { dropsRoot: false, mayChangeType: false, isStreamed: false, canExtract: true } as const;
const zip: ArchiveFormat = { ...whole, unpack: unpackZip, tools: [] };

/** By MIME type. To add a type: its unpacker in a file of its own, and a line here. @see store.md 5.6 */
export const formats: Readonly<Record<string, ArchiveFormat | undefined>> = {
  'application/x-tar': tar('none'),
  'application/x-compressed-tar': tar('gzip'),
  'application/x-bzip-compressed-tar': tar('bzip2'),
  'application/x-xz-compressed-tar': tar('xz'),
  'application/x-lzma-compressed-tar': lzmaOrLzip,
  'application/x-lzip-compressed-tar': lzmaOrLzip,
  'application/x-zstd-compressed-tar': tar('zstd'),
  'application/zip': zip,
  'application/java-archive': zip,
  'application/x-ruby-gem': { ...unpacked, unpack: unpackGem },
  'application/x-deb': { ...systemPackage, unpack: unpackDeb },
  'application/x-rpm': { ...systemPackage, mayChangeType: false, unpack: unpackRpm },
  'application/vnd.ms-cab-compressed': {
    ...whole,
    canExtract: false,
    unpack: unpackCab,
    tools: [['cabextract', 'sevenZip']],
  },
  'application/x-7z-compressed': { ...whole, unpack: unpackSevenZip, tools: [['sevenZip']] },
  'application/x-msi': { ...whole, unpack: unpackMsi, tools: [['msiinfo'], ['cabextract']] },
  'application/x-apple-diskimage': { ...whole, canExtract: false, unpack: unpackDiskImage, tools: [['sevenZip']] },
};
