// Starting a cached app: its command, `0desk run` and `0install run` as whole processes in turn; and what happens in the window
// between the click and the start of the process, beside a bare `spawn` of the same program. RUNS is how often.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine } from '../../electron/engine.ts';
import { toRequirements } from '../../electron/services/run-service.ts';
import { createMemoryLog } from '../helpers/memory-log.ts';
import { canCompare, median, round, timeAction, timeProcess } from '../helpers/measure.ts';

const root = path.resolve(import.meta.dirname, '../..');
const runs = Number(process.env['RUNS'] ?? 25);
const hasReference = canCompare();
const app = 'https://samples.zerodesk.invalid/hello.xml';
const home = mkdtempSync(path.join(tmpdir(), 'zerodesk-bench-'));
mkdirSync(path.join(home, 'bin'));
const desk = path.join(root, 'bin/0desk');
const env: Record<string, string> = {
  HOME: home,
  PATH: `${home}/bin:${process.env['PATH'] ?? ''}`,
  LC_ALL: 'C',
  XDG_CONFIG_DIRS: '',
  XDG_CACHE_DIRS: '',
  XDG_DATA_DIRS: '',
};
const run = (...command: readonly string[]): number => timeProcess(command, env);

try {
  const added = spawnSync(desk, ['--console', 'add', 'hello', app], { env, encoding: 'utf8' });
  if (added.status !== 0) throw new Error(added.stderr);
  const command = path.join(home, 'bin/hello');
  // Nothing may be looked for meanwhile; the first start after a change is the slow one.
  run(desk, 'config', 'network_use', 'off-line');
  run(command);

  const times: Record<string, number[]> = { command: [], desk: [], reference: [], node: [], program: [] };
  const program = programOf(command);
  for (let index = 0; index < runs; index += 1) {
    times['command']?.push(run(command));
    times['desk']?.push(run(desk, '--console', 'run', 'hello'));
    if (hasReference) times['reference']?.push(run('0install', '--console', 'run', 'hello'));
    times['node']?.push(run('node', '-e', '0'));
    times['program']?.push(run(...program));
  }
  const ms = Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
  const { command: own = NaN, desk: whole = NaN, reference = NaN, node = NaN } = ms;
  console.log(`Node.js ${process.version}, ${runs} runs each in turn, medians`);
  console.table({
    'command of the app': { ms: round(own), 'of 0install run': round(own / reference), budget: 0.5 },
    '0desk run': { ms: round(whole), 'of 0install run': round(whole / reference) },
    '0install run': { ms: round(reference) },
    'the program alone': { ms: round(ms['program'] ?? NaN) },
    'node -e 0': { ms: round(node) },
  });
  await measureClick(program);
} finally {
  spawnSync('chmod', ['-R', 'u+w', home]);
  rmSync(home, { recursive: true, force: true });
}

/** The command line that the app's command ends in. */
function programOf(command: string): readonly string[] {
  const { stderr } = spawnSync('sh', ['-x', command], { env, encoding: 'utf8' });
  const words = /^\+ exec (\/\S+)$/m.exec(stderr)?.[1];
  if (words === undefined) throw new Error(`The command of the app was not the fast one:\n${stderr}`);
  return [words];
}

async function measureClick([program = '']: readonly string[]): Promise<void> {
  const engine = createEngine({
    env,
    version: '0',
    samplesDir: path.join(root, 'assets/samples/site'),
    workersDir: path.join(root, 'out/cli/workers'),
    log: createMemoryLog(),
  });
  const options = {
    mode: 'run',
    refresh: false,
    signal: new AbortController().signal,
    ask: () => Promise.reject(new Error('no questions')),
  } as const;
  const click = async (): Promise<void> => {
    const { answer } = await engine.select.select(toRequirements({ interface: app }), options);
    if (answer.status !== 'solved') throw new Error(`not solved: ${answer.status}`);
    const plan = await engine.launch.plan(answer.selections, { args: [] });
    await engine.processes.start(plan, { name: 'hello', inTerminal: false });
  };
  const bare = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = spawn(program, [], { stdio: 'ignore', detached: true, env });
      child.on('spawn', resolve);
      child.on('error', reject);
    });
  try {
    for (let index = 0; index < 20; index += 1) await click();
    const clicks: number[] = [];
    const spawns: number[] = [];
    for (let index = 0; index < runs; index += 1) {
      clicks.push(await timeAction(click));
      spawns.push(await timeAction(bare));
    }
    const over = median(clicks) - median(spawns);
    console.log(
      `click to start: ${round(median(clicks))} ms, bare spawn ${round(median(spawns))} ms, over it ${round(over)} ms (budget 5)`,
    );
  } finally {
    await engine.close();
  }
}
