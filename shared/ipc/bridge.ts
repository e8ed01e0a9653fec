import type { Result } from '../errors/app-error.ts';

/** What the preload puts on `window.zerodesk`: calls and events with names checked against the contract, and files that were dropped. */
export interface Bridge {
  readonly call: (name: string, input: unknown) => Promise<Result<unknown>>;
  /** What dropped files are. They are `File`s of the page: their paths are found out on the other side, so that it can name none. */
  readonly drop: (files: readonly unknown[]) => Promise<Result<unknown>>;
  /** Returns its undo. */
  readonly on: (name: string, listener: (data: unknown) => void) => () => void;
}

/** Electron channel of all calls and prefix of event channels. */
export const callChannel = 'zerodesk:call';
export const eventChannel = 'zerodesk:event';
/** Electron channel of files that were dropped. */
export const dropChannel = 'zerodesk:drop';
