/** What a person may change of transfers that wait or run. */
export interface TransferControl {
  /** A paused transfer gives its connection and its place up, and continues later where it was. */
  readonly isPaused: boolean;
  /** Place among those of equal urgency: smaller first. */
  readonly rank: number;
  /** Returns its undo. */
  onChanged(listener: () => void): () => void;
}

/** The other end of a control. */
export interface TransferSwitch extends TransferControl {
  change(to: { readonly isPaused?: boolean; readonly rank?: number }): void;
}

export function createTransferSwitch(rank: number): TransferSwitch {
  const listeners = new Set<() => void>();
  const state = { isPaused: false, rank };
  return {
    get isPaused() {
      return state.isPaused;
    },
    get rank() {
      return state.rank;
    },
    change(to) {
      Object.assign(state, to);
      for (const listener of [...listeners]) listener();
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
