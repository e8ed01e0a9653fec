import { blockBytes, parseHeader } from '../tar/tar-header.ts';
import { unpackTarPart } from '../tar/unpack-tar.ts';
import type { Unpacker } from '../unpacker.ts';

const maxMembers = 100;

/** Unpacks the contents of a Ruby gem: the member `data.tar.gz` of the tar archive that it is. */
export const unpackGem: Unpacker = async (context) => {
  const { source, pace, problems } = context;
  let isFound = false;
  let position = 0;
  for (let count = 0; position < source.sizeBytes; count++) {
    if (count === maxMembers) throw problems.limit(`${maxMembers} members of a gem`);
    await source.until(position + blockBytes, pace);
    const block = source.read(position, blockBytes);
    // The end marker.
    if (block[0] === 0) break;
    const { name, sizeBytes } = parseHeader(block, problems);
    position += blockBytes;
    if (!isFound && name.toString('latin1') === 'data.tar.gz') {
      isFound = true;
      await unpackTarPart('gzip', position, sizeBytes, context);
    }
    position += Math.ceil(sizeBytes / blockBytes) * blockBytes;
  }
  if (position > source.sizeBytes) throw problems.damaged('cut off');
  if (!isFound) throw problems.damaged('a gem without data.tar.gz');
};
