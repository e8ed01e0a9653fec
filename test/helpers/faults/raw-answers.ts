import { answerHead, type RawBehaviour } from '../fault-server.ts';
import { content, type Outcome } from './fault.ts';

/** What a server without encryption does wrong. */
export interface PlainFault extends Outcome {
  readonly title: string;
  readonly behave: RawBehaviour;
}

export const size = content.length;
export const etag = '"good"';
export const ok = answerHead('200 OK', { etag, 'content-length': size });
export const status = (line: string, headers: Readonly<Record<string, string | number>> = {}): RawBehaviour =>
  say(answerHead(line, { 'content-length': 4, ...headers }) + 'oops');

/** Sends something and waits for ever. */
export function say(...parts: readonly (string | Uint8Array)[]): RawBehaviour {
  return (socket) => {
    for (const part of parts) socket.write(part);
  };
}

/** Sends something and ends the connection, politely or not. */
export function sayAndEnd(parts: readonly (string | Uint8Array)[], how: 'end' | 'reset' = 'end'): RawBehaviour {
  const bytes = parts.reduce((sum, part) => sum + (typeof part === 'string' ? 0 : part.length), 0);
  return (socket, { untilTaken }) => {
    for (const part of parts) socket.write(part);
    // What was written must have been taken, or a reset would take it back.
    void untilTaken(Math.min(bytes, size)).then(() => (how === 'end' ? socket.end() : socket.resetAndDestroy()));
  };
}

/** The first request one way, all later ones another way. */
export function first(behave: RawBehaviour, then: RawBehaviour): RawBehaviour {
  return (socket, request) => {
    (request.index === 0 ? behave : then)(socket, request);
  };
}
