import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { AppError } from '../../../shared/errors/app-error.ts';
import { failed, linesOf, silenceMs, type HelperProcess } from './helper-process.ts';

/** Whether this is where a service listens, and no program. */
export function isServicePlace(place: string): boolean {
  if (/^\\\\[.?]\\pipe\\/.test(place)) return true;
  return statSync(place, { throwIfNoEntry: false })?.isSocket() === true;
}

/** Speaks to the service at a named pipe or socket as to a helper that was started. */
export function connectHelper(place: string, signal?: AbortSignal): HelperProcess {
  const socket = connect({ path: place, allowHalfOpen: true });
  let problem: AppError | null = null;
  const end = (reason: AppError): void => {
    problem ??= reason;
    socket.destroy();
  };
  const onAbort = (): void => {
    end(new AppError('cancelled', {}));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  // Silence on both sides, as with a helper that was started.
  socket.setTimeout(silenceMs, () => {
    end(failed('it did not answer'));
  });
  socket.on('error', (error) => {
    problem ??= failed(error.message);
  });
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
  });
  const lines = linesOf(socket);
  const check = (): void => {
    if (problem !== null) throw problem;
  };
  return {
    async line() {
      const { value, done } = await lines.next();
      check();
      return done === true ? null : value;
    },
    async write(bytes) {
      if (socket.destroyed || socket.writableEnded) return false;
      if (socket.write(bytes)) return true;
      let onFree = (): void => {};
      const free = new Promise<void>((resolve) => {
        onFree = resolve;
        socket.once('drain', resolve);
      });
      await Promise.race([free, closed]);
      socket.off('drain', onFree);
      check();
      return !socket.destroyed;
    },
    async ended() {
      socket.end();
      await closed;
      check();
      return { status: null, message: 'the service has closed the connection' };
    },
    close() {
      end(new AppError('cancelled', {}));
    },
  };
}
