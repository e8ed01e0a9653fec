import type { DroppedItem } from '../../shared/dropped.ts';
import type { ErrorData, Result } from '../../shared/errors/app-error.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { CallInput, CallName, EventData, EventName, Output } from '../../shared/ipc/contract.ts';

/** The main process as the page sees it: every call of the contract, with its types. */
export interface Client {
  /** Never rejects: a problem is a value, a crash of the other side a problem of code `bug`. */
  readonly call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<Result<Output<N>>>;
  /** What files are that a person has dropped. */
  readonly drop: (files: readonly File[]) => Promise<Result<DroppedItem[]>>;
  /** Listens to an event; returns its undo. */
  readonly on: <N extends EventName>(name: N, listener: (data: EventData<N>) => void) => () => void;
}

/** Puts types on the bridge that the preload offers. Values are checked by the other side, which makes them. */
export function createClient(bridge: Bridge): Client {
  return {
    call: async (name, input) => {
      try {
        return (await bridge.call(name, input)) as Result<never>;
      } catch (error) {
        return { ok: false, error: toBug(error) };
      }
    },
    drop: async (files) => {
      try {
        return (await bridge.drop(files)) as Result<DroppedItem[]>;
      } catch (error) {
        return { ok: false, error: toBug(error) };
      }
    },
    on: (name, listener) => bridge.on(name, listener as (data: unknown) => void),
  };
}

function toBug(error: unknown): ErrorData {
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'bug', params: { message }, causes: [] };
}
