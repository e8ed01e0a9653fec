import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Whoever writes has to wait while more than this has not reached the file; bytes. */
const maxPendingBytes = 1024 * 1024;
/** Chunks written at once. */
const maxBatch = 32;

/**
 * Appends to a file while more is coming. Chunks that come in the same turn of the event loop are written together: one
 * write for each piece of 64 kB costs several times what receiving it does. Nothing is held back to wait for more, so a
 * process that is killed loses only what it has just received.
 */
export interface WriteBehind {
  /** @throws what an earlier write threw */
  push(chunk: Uint8Array): Promise<void>;
  /** Waits until everything is in the file. @throws what a write threw */
  flush(): Promise<void>;
}

/** @param onWritten gets the position after each write */
export function createWriteBehind(file: FileHandle, from: number, onWritten: (at: number) => void): WriteBehind {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let at = from;
  let running: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;

  async function writeAll(): Promise<void> {
    try {
      while (pending.length > 0) {
        await nextTurn();
        const batch = pending.slice(0, maxBatch);
        pending = pending.slice(maxBatch);
        await writeBatch(batch);
      }
    } catch (error) {
      failure = { error };
    }
    running = null;
  }

  async function writeBatch(batch: readonly Uint8Array[]): Promise<void> {
    let rest = [...batch];
    while (rest.length > 0) {
      const { bytesWritten } = await file.writev(rest, at);
      at += bytesWritten;
      pendingBytes -= bytesWritten;
      rest = without(rest, bytesWritten);
      onWritten(at);
    }
  }

  const check = (): void => {
    if (failure !== null) throw failure.error as Error;
  };

  return {
    async push(chunk) {
      check();
      pending.push(chunk);
      pendingBytes += chunk.length;
      running ??= writeAll();
      if (pendingBytes > maxPendingBytes) await running;
      check();
    },
    async flush() {
      // It ends only when nothing is left.
      await running;
      check();
    },
  };
}

/** What is left after so many bytes: a full disk may take only some of them before it says so. */
function without(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes;
  return chunks.flatMap((chunk) => {
    const taken = Math.min(left, chunk.length);
    left -= taken;
    return taken === chunk.length ? [] : [chunk.subarray(taken)];
  });
}
