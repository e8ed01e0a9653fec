import { writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { errorCode, toFileError } from '../adapters/file-error.ts';

/** Where text for a person or a program goes. */
export interface StandardStream {
  /** All of the text, before it returns if that is possible. @throws AppError `disk-full`, `file-failed` */
  write(text: string): void;
  /** Ends when all of it is written. */
  flushed(): Promise<void>;
}

/**
 * Standard output (1) or standard error (2). Written to without Node's own stream for it, which takes longer to load than
 * some commands take.
 *
 * That nobody reads any more (`0desk list | head -1`) is no mistake: what is left is dropped.
 */
export function createStandardStream(fd: 1 | 2): StandardStream {
  let slow: NodeJS.WriteStream | null = null;
  let isUnread = false;

  const failed = (error: unknown): void => {
    if (errorCode(error) !== 'EPIPE') throw toFileError(error, fd === 1 ? 'standard output' : 'standard error');
    isUnread = true;
  };

  return {
    write(text) {
      if (isUnread) return;
      if (slow !== null) {
        slow.write(text);
        return;
      }
      const bytes = Buffer.from(text);
      let count = 0;
      try {
        while (count < bytes.length) count += writeSync(fd, bytes, count);
      } catch (error) {
        if (errorCode(error) !== 'EAGAIN') {
          failed(error);
          return;
        }
        // Somebody made this pipe one that does not wait, and it is full. Node's stream knows how to go on later.
        slow = fd === 1 ? process.stdout : process.stderr;
        slow.on('error', failed);
        slow.write(bytes.subarray(count));
      }
    },
    flushed: () => (slow === null || isUnread ? Promise.resolve() : written(slow)),
  };
}

/** Ends when all that a stream was given is written, or never will be. Where pipes do not wait, an exit would cut it off. */
export function written(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
