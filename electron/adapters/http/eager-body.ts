import type { Readable } from 'node:stream';

/** The sender is asked to wait while more than this has not been taken; bytes. */
const highWater = 128 * 1024;

/**
 * The chunks of a stream as they come, beginning at once. Other than a stream that is iterated itself, this one gives everything that came
 * before a failure, and only then the failure: what was received need not be fetched again.
 */
export function eagerBody(stream: Readable): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let waitingBytes = 0;
  let end: { readonly error: unknown } | null = null;
  let wake: () => void = () => {};
  const finish = (error: unknown): void => {
    end ??= { error };
    wake();
  };
  stream
    .on('data', (chunk: Uint8Array) => {
      chunks.push(chunk);
      waitingBytes += chunk.length;
      if (waitingBytes > highWater) stream.pause();
      wake();
    })
    .once('end', () => {
      finish(null);
    })
    .once('error', finish)
    .once('close', () => {
      finish(Object.assign(new Error('closed too early'), { code: 'UND_ERR_SOCKET' }));
    });
  return take();

  async function* take(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          waitingBytes -= chunk.length;
          if (waitingBytes <= highWater && stream.isPaused()) stream.resume();
          yield chunk;
          continue;
        }
        const ended = end;
        if (ended !== null) {
          if (ended.error !== null) throw ended.error as Error;
          return;
        }
        await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      stream.destroy();
    }
  }
}
