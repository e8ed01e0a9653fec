import type { Result } from '../../../shared/errors/app-error.ts';
import type { WorkState } from '../tree/pace.ts';
import type { TaskName } from './tasks.ts';

/** What a store worker is told. It has one task at a time. */
export type ToWorker =
  { readonly type: 'run'; readonly name: TaskName; readonly input: unknown } | { readonly type: 'abort' };

/** What it answers. */
export type FromWorker =
  | { readonly type: 'progress'; readonly state: WorkState }
  | { readonly type: 'done'; readonly result: Result<unknown> };
