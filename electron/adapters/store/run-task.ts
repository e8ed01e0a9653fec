import { Pace } from '../tree/pace.ts';
import { tasks, type TaskInput, type TaskName, type TaskOptions, type TaskOutput } from './tasks.ts';

/** Runs a task in this thread. @throws what the task throws */
export async function runTask<N extends TaskName>(
  name: N,
  input: TaskInput<N>,
  { signal, onProgress }: TaskOptions = {},
): Promise<TaskOutput<N>> {
  const pace = new Pace(signal, onProgress);
  pace.check();
  const task = tasks[name] as unknown as (input: TaskInput<N>, pace: Pace) => Promise<TaskOutput<N>>;
  return task(input, pace);
}
