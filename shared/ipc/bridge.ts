import type { Result } from '../errors/app-error.ts';

/** What the preload puts on `window.zerodesk`: two functions, names checked against the contract. */
export interface Bridge {
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>;
  /** Returns its undo. */
  readonly on: (name: string, listener: (data: unknown) => void) => () => void;
}

/** Electron channel of all calls and prefix of event channels. */
export const callChannel = 'zerodesk:call';
export const eventChannel = 'zerodesk:event';
