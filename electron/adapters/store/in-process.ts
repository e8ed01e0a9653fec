import type { TaskInput, TaskName, TaskOptions, TaskOutput, TaskRunner } from './tasks.ts';

/**
 * Runs all tasks in this thread, with rests in between. What unpacks, hashes and deletes is loaded with the first of them:
 * most commands need nothing of it.
 */
export function createInProcessRunner(): TaskRunner {
  return {
    async run<N extends TaskName>(name: N, input: TaskInput<N>, options?: TaskOptions): Promise<TaskOutput<N>> {
      const { runTask } = await import('./run-task.ts');
      return runTask(name, input, options);
    },
    close: () => Promise.resolve(),
  };
}
