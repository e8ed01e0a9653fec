import type { Engine } from '../engine.ts';
import type { CommandContext } from './context.ts';
import { startBeside } from './start-beside.ts';

/**
 * Lets the shared store, if somebody keeps account of it, hear what this user needs: in a process that nobody waits for.
 *
 * @param when `changed`: something was given up; `due`: once a day
 */
export async function registerNeeds(engine: Engine, context: CommandContext, when: 'changed' | 'due'): Promise<void> {
  if ((engine.shareHelper.find()?.streamPath ?? null) === null) return;
  if (when === 'due') {
    const { isRegisteringDue } = await import('../sharing.ts');
    if (!(await isRegisteringDue(engine))) return;
  }
  startBeside(['share', 'register'], context);
}
