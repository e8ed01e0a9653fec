import { commandNames, drawBinding, drawDependency, drawRunner, type Place } from './dependencies.ts';
import type { WorldPlan } from './plan.ts';
import { tag, type TagAttributes } from './xml.ts';

/** The commands of a group or implementation, and the attributes that stand for commands. */
export interface DrawnCommands {
  readonly attributes: TagAttributes;
  readonly elements: readonly string[];
}

/** Draws commands; every usable component mostly has `run`. */
export function drawCommands(plan: WorldPlan, place: Place, isSource: boolean): DrawnCommands {
  const { random, has } = plan;
  if (has('oldCommand')) {
    const attributes = {
      main: random.chance(0.7) ? 'main.sh' : null,
      'self-test': random.chance(0.3) ? 'check.sh' : null,
      'compile:command': isSource && random.chance(0.5) ? 'make' : null,
    };
    return { attributes, elements: random.chance(0.3) ? [drawCommand(plan, place, 'run')] : [] };
  }
  const names = new Set<string>();
  if (!has('noRun')) names.add('run');
  if (isSource && random.chance(0.8)) names.add('compile');
  // People may ask the program for these.
  if (place.role.index === 0 && random.chance(0.4)) names.add(random.pick(['test', 'test', 'gui']));
  while (has('moreCommands') && names.size < commandNames.length) names.add(random.pick(commandNames));
  return { attributes: {}, elements: [...names].map((name) => drawCommand(plan, place, name)) };
}

function drawCommand(plan: WorldPlan, place: Place, name: string): string {
  const { random, has, isDamaged } = plan;
  const content: string[] = [];
  if (random.chance(0.2)) content.push(tag('arg', {}, ['--now']));
  if (has('runner')) content.push(...drawRunner(plan, place));
  for (let count = 0; has('commandNeeds') && count < 3; count++) content.push(...drawDependency(plan, place));
  if (has('selfBinding')) content.push(drawBinding(plan));
  if (name === 'compile' && random.chance(0.8)) content.push(drawTemplate(plan, place));
  if (random.chance(0.1)) content.push(tag('working-dir', { src: 'x' }));
  return tag('command', { name: isDamaged() ? null : name, path: `${name}.sh` }, content);
}

/** The binary that source code would give. */
function drawTemplate(plan: WorldPlan, place: Place): string {
  const { random, has } = plan;
  const content: string[] = [];
  if (random.chance(0.5))
    content.push(tag('command', { name: 'run', path: 'built.sh' }, has('runner') ? drawRunner(plan, place) : []));
  if (random.chance(0.3)) content.push(...drawDependency(plan, place));
  if (random.chance(0.2)) content.push(drawBinding(plan));
  return tag(
    'compile:implementation',
    {
      main: random.pick([null, 'built']),
      arch: random.pick([null, '*-*', 'Windows-x86_64', 'Linux-x86_64', 'Windows-i486']),
      license: random.pick([null, 'MIT']),
      'compile:if-0install-version': random.pick([null, null, '2..', '..!2']),
    },
    content,
  );
}
