import type { LogPort } from '../../core/ports/log.ts';
import type { PrivateReason } from '../../core/sharing/facts.ts';

/** Says once, in one line, that what is downloaded is this user's alone, and why. */
export interface PrivateNotes {
  readonly note: (why: PrivateReason) => void;
  /** Returns its undo. */
  readonly onNote: (listener: (why: PrivateReason) => void) => () => void;
}

/** Each reason is told once for each process. */
export function createPrivateNotes(log: Pick<LogPort, 'warn'>): PrivateNotes {
  const told = new Set<string>();
  const listeners = new Set<(why: PrivateReason) => void>();
  return {
    note(why) {
      const reason = wordsOf(why);
      if (told.has(reason)) return;
      told.add(reason);
      log.warn('stored for this user only', { reason, see: '0desk share status' });
      for (const listener of listeners) listener(why);
    },
    onNote(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function wordsOf(why: PrivateReason): string {
  switch (why.kind) {
    case 'no-helper':
      return 'sharing is not set up';
    case 'failed':
      return why.reason;
    case 'refused':
      return `the shared store refused it: ${why.code}`;
  }
}
