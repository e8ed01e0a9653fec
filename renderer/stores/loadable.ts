import type { ErrorData, Result } from '../../shared/errors/app-error.ts';

/** Something that comes from the main process. A value stays in view while a newer one is on the way. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: ErrorData };

/** The state before the first answer. */
export const loading: Loadable<never> = { status: 'loading' };

/** An answer as a state. */
export function toLoadable<T>(result: Result<T>): Loadable<T> {
  return result.ok ? { status: 'ready', value: result.value } : { status: 'failed', error: result.error };
}

/** The value, if there is one. */
export function valueOf<T>(loadable: Loadable<T> | undefined): T | undefined {
  return loadable?.status === 'ready' ? loadable.value : undefined;
}

/** Where stores tell of an action that did not work; the shell shows it. */
export type OnProblem = (error: ErrorData) => void;

/** Numbers requests, so that an answer which was overtaken by a later request is dropped. */
export function createTickets(): (slot: string) => () => boolean {
  const latest = new Map<string, number>();
  return (slot) => {
    const mine = (latest.get(slot) ?? 0) + 1;
    latest.set(slot, mine);
    return () => latest.get(slot) === mine;
  };
}
