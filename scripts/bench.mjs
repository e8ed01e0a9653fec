// `npm run bench -- NAME…`: runs test/bench/NAME.bench.ts for each; without a name, all of them. What begins with `-` is
// passed on. The built program is measured, not its sources.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Problem, runScript } from './prepare/step.mjs';

const root = path.resolve(import.meta.dirname, '..');
const ending = '.bench.ts';

await runScript(async () => {
  const all = readdirSync(path.join(root, 'test/bench'))
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));
  const words = process.argv.slice(2);
  const args = words.filter((word) => word.startsWith('-'));
  const names = words.filter((word) => !word.startsWith('-'));
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new Problem(`There is no measurement "${unknown}". There are: ${all.join(', ') || 'none yet'}.`);
  }
  const { prepare } = await import('./prepare/index.mjs');
  const tools = ['xz', 'bzip2', 'zstd', 'zip', 'unzip'];
  const wanted = names.length === 0 ? all : names;
  const hasWindow = wanted.includes('window');
  await prepare({ electron: hasWindow, display: hasWindow, tools, optionalTools: ['0install'] });
  const { withDisplay } = await import('./display.mjs');
  const failed = wanted.filter((one) => {
    const file = path.join(root, 'test/bench', one + ending);
    const words = [process.execPath, ['--expose-gc', '--import', 'tsx', file, ...args]];
    const [command, rest] = one === 'window' ? withDisplay(...words) : words;
    return spawnSync(command, rest, { cwd: root, stdio: 'inherit' }).status !== 0;
  });
  return failed.length === 0 ? 0 : 1;
});
