import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { encodeFrame } from './frames.ts';

const Ticket = z.string().nullable();
const Invoke = z.tuple([z.literal('invoke'), Ticket, z.string(), z.array(z.unknown())]);
const Return = z.tuple([z.literal('return'), z.string(), z.enum(['ok', 'ok+xml', 'fail']), z.unknown()]);

/** What an operation gives: a value, and a document for some. */
export interface Reply {
  readonly value: unknown;
  readonly xml?: string;
}

/** The other end of the conversation: each side may call the other. @see execution.md 14 */
export interface Peer {
  /** Calls an operation of the other side. @throws AppError `cancelled` if it refuses or goes away */
  call(operation: string, args: readonly unknown[]): Promise<unknown>;
  /** Takes a message in; calls are answered when they are done, several at once. */
  receive(text: string): void;
  /** Waits for what is running, after the last message. */
  finish(): Promise<void>;
}

/**
 * @param serve does what the other side calls; returns null for what it does not know
 * @param write sends bytes
 */
export function createPeer(
  serve: (operation: string, args: readonly unknown[]) => Promise<Reply | null>,
  write: (bytes: Uint8Array) => void,
): Peer {
  const waiting = new Map<
    string,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void }
  >();
  const running = new Set<Promise<void>>();
  let lastTicket = 0;
  const send = (message: unknown): void => {
    write(encodeFrame(`${JSON.stringify(message)}\n`));
  };

  const answer = async (ticket: string | null, operation: string, args: readonly unknown[]): Promise<void> => {
    const reply = await serve(operation, args);
    if (ticket === null) return;
    if (reply === null)
      send(['return', ticket, 'fail', `Invalid arguments for '${operation}': ${JSON.stringify(args)}`]);
    else {
      send(['return', ticket, reply.xml === undefined ? 'ok' : 'ok+xml', reply.value]);
      if (reply.xml !== undefined) write(encodeFrame(reply.xml));
    }
  };

  return {
    call(operation, args) {
      const ticket = String(++lastTicket);
      return new Promise((resolve, reject) => {
        waiting.set(ticket, { resolve, reject });
        send(['invoke', ticket, operation, args]);
      });
    },
    receive(text) {
      const message = parseMessage(text);
      const call = Invoke.safeParse(message);
      if (call.success) {
        const [, ticket, operation, args] = call.data;
        const work = answer(ticket, operation, args);
        running.add(work);
        void work.finally(() => running.delete(work));
        return;
      }
      const returned = Return.safeParse(message);
      if (!returned.success) {
        throw new AppError('usage', {
          message: `The slave does not understand: ${text.slice(0, 200).trim()}`,
          hint: '',
        });
      }
      const [, ticket, status, value] = returned.data;
      const asked = waiting.get(ticket);
      waiting.delete(ticket);
      if (status === 'fail') asked?.reject(new AppError('cancelled', {}));
      else asked?.resolve(value);
    },
    async finish() {
      // Nobody is left who could answer.
      for (const { reject } of waiting.values()) reject(new AppError('cancelled', {}));
      await Promise.allSettled(running);
    },
  };
}

function parseMessage(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
