import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { EventLogPort } from '../core/ports/event-log.ts';
import type { Reply } from '../core/sharing/protocol.ts';
import { answer } from '../secure-add/answer.ts';
import { Refusal } from '../secure-add/refusal.ts';
import type { StoreEvent, World } from '../secure-add/world.ts';

/** A service that runs. */
export interface StoreService {
  /** Ends what is under way and waits for it. */
  close(): Promise<void>;
}

export interface StoreServiceOptions {
  /** A named pipe of Windows, or the path of a socket. Everybody may connect. */
  readonly place: string;
  readonly world: World;
  readonly log: EventLogPort;
}

/** More would only wait for each other. */
const maxConnections = 64;

/**
 * The helper of the shared store as a service, for systems without sudo: one request for each connection, in the same words.
 * Node does not tell who is at the other end of a pipe, so all callers together are one user, and none is the administrator.
 *
 * @throws Error if it cannot listen there
 * @see sharing.md 4, 5
 */
export async function startStoreService({ place, world, log }: StoreServiceOptions): Promise<StoreService> {
  const open = new Map<Socket, Promise<unknown>>();
  let isEnding = false;
  const observed: World = {
    ...world,
    caller: { ...world.caller, isAdmin: false },
    onEvent: (event) => {
      log.note(event.action === 'refused' ? 'warning' : 'information', eventText(event));
    },
  };
  const check = (): void => {
    if (isEnding) throw new Refusal('cancelled', 'the service was asked to end');
  };

  const serve = async (socket: Socket): Promise<void> => {
    try {
      await answer({ input: socket, send: (reply) => send(socket, reply), check }, observed);
    } catch (error) {
      // A mistake of ours; what it says could hold something the caller may not know.
      log.note('warning', `A request could not be answered: ${String(error)}`);
    } finally {
      socket.end();
      open.delete(socket);
    }
  };
  // A caller may say that nothing more comes, and still wait for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {});
    open.set(socket, serve(socket));
  });
  server.maxConnections = maxConnections;
  server.listen({ path: place, readableAll: true, writableAll: true });
  await once(server, 'listening');
  log.note('information', 'The service listens.');

  return {
    async close() {
      isEnding = true;
      const closed = once(server, 'close');
      server.close();
      for (const socket of open.keys()) socket.destroy();
      await Promise.all([...open.values(), closed]);
    },
  };
}

function send(socket: Socket, reply: Reply): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(`${JSON.stringify(reply)}\n`, (error) => {
      if (error) reject(new Refusal('cancelled', 'the caller went away'));
      else resolve();
    });
  });
}

function eventText({ action, digest, bytes, reason }: StoreEvent): string {
  const size = bytes === null ? '' : ` (${bytes} bytes)`;
  return `${action}: ${digest}${size}${reason === null ? '' : `: ${reason}`}`;
}
