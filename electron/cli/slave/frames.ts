import { AppError } from '../../../shared/errors/app-error.ts';

/** Larger messages are a mistake or an attack. */
const maxFrameBytes = 16 * 1024 * 1024;
const headerBytes = '0x00000000\n'.length;

/** A message with its length in front. @see execution.md 14 */
export function encodeFrame(text: string): Buffer {
  const content = Buffer.from(text);
  return Buffer.concat([Buffer.from(`0x${content.length.toString(16).padStart(8, '0')}\n`), content]);
}

/**
 * Cuts a stream of bytes into messages.
 *
 * @throws AppError `usage` for what is no frame, or one cut off by the end
 */
export async function* decodeFrames(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of input) {
    rest = Buffer.concat([rest, chunk]);
    for (
      let length = frameLength(rest);
      length !== null && rest.length >= headerBytes + length;
      length = frameLength(rest)
    ) {
      yield rest.toString('utf8', headerBytes, headerBytes + length);
      rest = rest.subarray(headerBytes + length);
    }
  }
  if (rest.length > 0) throw refuse('it ends in the middle of a message');
}

/** Bytes of the message that begins here; null if its header is not whole yet. */
function frameLength(bytes: Buffer): number | null {
  if (bytes.length < headerBytes) return null;
  const header = bytes.toString('latin1', 0, headerBytes);
  const digits = /^0x([0-9a-fA-F]{8})\n$/.exec(header)?.[1];
  if (digits === undefined) throw refuse('a message does not begin with its length');
  const length = Number.parseInt(digits, 16);
  if (length > maxFrameBytes) throw refuse(`a message is longer than ${maxFrameBytes} bytes`);
  return length;
}

function refuse(reason: string): AppError {
  return new AppError('usage', { message: `The input of the slave is broken: ${reason}.`, hint: '' });
}
