import { buildTree, copyImplementation, digestArchive } from './build-tree.ts';
import { deleteTree } from './delete-tree.ts';
import { diffImplementations } from './diff-implementations.ts';
import { digestTree, verifyTree } from './digest-tree.ts';
import { measureTrees } from './measure-trees.ts';
import { optimiseStore } from './optimise-store.ts';
import type { Shared, ShareRequest } from '../sharing/share-tree.ts';
import type { Pace, WorkState } from '../tree/pace.ts';

/** The work in stores that takes long. All inputs and outputs are plain data, so that a worker can do it. */
export const tasks = {
  build: buildTree,
  copy: copyImplementation,
  digest: digestTree,
  digestArchive,
  verify: verifyTree,
  delete: deleteTree,
  measure: measureTrees,
  optimise: optimiseStore,
  // Few starts share anything, and what reads the helper's answers takes long to load.
  share: async (request: ShareRequest, pace: Pace): Promise<Shared> => {
    const { shareTree } = await import('../sharing/share-tree.ts');
    return shareTree(request, pace);
  },
  diff: diffImplementations,
} as const satisfies Readonly<Record<string, (input: never, pace: Pace) => Promise<unknown>>>;

/** By name. */
export type TaskName = keyof typeof tasks;
/** What a task is given. */
export type TaskInput<N extends TaskName> = Parameters<(typeof tasks)[N]>[0];
/** What a task gives. */
export type TaskOutput<N extends TaskName> = Awaited<ReturnType<(typeof tasks)[N]>>;

/** How a task is watched and stopped. */
export interface TaskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((state: WorkState) => void) | undefined;
  /** Whether it follows a download, and so mostly waits. */
  readonly isFollowing?: boolean;
}

/** Runs tasks, here or elsewhere. */
export interface TaskRunner {
  run<N extends TaskName>(name: N, input: TaskInput<N>, options?: TaskOptions): Promise<TaskOutput<N>>;
  /** Ends what runs. */
  close(): Promise<void>;
}
