import type { Compression } from '../compression/decompress.ts';
import { unpackTarPart } from '../tar/unpack-tar.ts';
import type { UnpackContext, Unpacker } from '../unpacker.ts';

const magic = '!<arch>\n';
const headerBytes = 60;
const maxMembers = 100;
const compressions: Readonly<Record<string, Compression | undefined>> = {
  'data.tar': 'none',
  'data.tar.gz': 'gzip',
  'data.tar.bz2': 'bzip2',
  'data.tar.lzma': 'lzma',
  'data.tar.xz': 'xz',
  'data.tar.zst': 'zstd',
};

/** Unpacks the contents of a Debian package: the first `data.tar` in the ar archive that it is. @see deb(5), ar(5) */
export const unpackDeb: Unpacker = async (context) => {
  const { source, problems } = context;
  if ((await textAt(0, magic.length, context)) !== magic) throw problems.damaged('not a Debian package');
  let position = magic.length;
  let isFound = false;
  for (let count = 0; position < source.sizeBytes; count++) {
    if (count === maxMembers) throw problems.limit(`${maxMembers} members of a package`);
    const header = await textAt(position, headerBytes, context);
    const name = header.slice(0, 16).trimEnd().replace(/\/$/, '');
    const size = /^[0-9]{1,10}$/.exec(header.slice(48, 58).trimEnd())?.[0];
    if (size === undefined || !header.endsWith('`\n')) throw problems.damaged('malformed member of a package');
    position += headerBytes;
    const length = Number(size);
    const compression = Object.hasOwn(compressions, name) ? compressions[name] : undefined;
    if (!isFound && name.startsWith('data.tar')) {
      if (compression === undefined) throw problems.unsupported(`Debian package with ${name}`);
      isFound = true;
      await unpackTarPart(compression, position, length, context);
    }
    if (position + length > source.sizeBytes) throw problems.damaged('cut off');
    position += length + (length % 2);
  }
  if (!isFound) throw problems.damaged('a package without data');
};

async function textAt(position: number, length: number, { source, pace }: UnpackContext): Promise<string> {
  await source.until(position + length, pace);
  return source.read(position, length).toString('latin1');
}
