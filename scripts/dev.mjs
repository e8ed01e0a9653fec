// `npm run dev`: the window with its page from a development server, both rebuilt when a source changes.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { withDisplay } from './display.mjs';
import { prepare, root } from './prepare/index.mjs';
import { runScript } from './prepare/step.mjs';

await runScript(async () => {
  await prepare({ build: false });
  const options = ['dev', '--watch', ...(process.getuid?.() === 0 ? ['--noSandbox'] : [])];
  const script = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const [command, args] = withDisplay(process.execPath, [script, ...options, ...process.argv.slice(2)]);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
});
