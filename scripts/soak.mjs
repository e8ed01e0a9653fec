// `npm run soak`: the tests of test/soak, which run for minutes to hours and are therefore not part of `npm test`.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runScript } from './prepare/step.mjs';

const root = path.resolve(import.meta.dirname, '..');

await runScript(() => {
  const folder = path.join(root, 'test/soak');
  if (!existsSync(folder) || !readdirSync(folder).some((name) => name.endsWith('.test.ts'))) {
    console.log('There are no soak tests.');
    return 0;
  }
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'soak', ...process.argv.slice(2)];
  const env = { ...process.env, SOAK: '1' };
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
});
