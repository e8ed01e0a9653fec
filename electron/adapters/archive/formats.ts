import { unpackTar, unpackTarGz } from './tar/unpack-tar.ts';
import type { Unpacker } from './unpacker.ts';
import { unpackZip } from './zip/unpack-zip.ts';

/** How one type of archive is unpacked. */
export interface ArchiveFormat {
  readonly unpack: Unpacker;
  /** Whether a `/` in front of names is dropped, as tar programs do; else such names are refused. */
  readonly dropsRoot: boolean;
  /** Whether a later member may take the place of an earlier one of another type. */
  readonly mayChangeType: boolean;
}

const tar = { dropsRoot: true, mayChangeType: true };

/** By MIME type. To add a type: its unpacker in a file of its own, and a line here. @see store.md 5.6 */
export const formats: Readonly<Record<string, ArchiveFormat | undefined>> = {
  'application/x-tar': { ...tar, unpack: unpackTar },
  'application/x-compressed-tar': { ...tar, unpack: unpackTarGz },
  'application/zip': { dropsRoot: false, mayChangeType: false, unpack: unpackZip },
};
