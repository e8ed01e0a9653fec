// Builds everything that `out/` holds: the program with its page, and the command line.

import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sourceHash, writeStamp } from './prepare/build.mjs';
import { run, tail, withoutColours } from './prepare/command.mjs';
import { Problem, runScript } from './prepare/step.mjs';
import { recordCode } from './record/record-code.mjs';

const root = path.resolve(import.meta.dirname, '..');

async function vite(name, script, args) {
  const { status, output } = await run(process.execPath, [path.join('node_modules', script), ...args], { cwd: root });
  if (status !== 0) throw new Problem(`${name} failed:\n${tail(output, 60)}`);
  // Warnings are worth reading too.
  process.stdout.write(withoutColours(output));
}

await runScript(async () => {
  const hash = sourceHash(root);
  await Promise.all([
    vite('electron-vite', 'electron-vite/bin/electron-vite.js', ['build']),
    vite('The build of the command line', 'vite/bin/vite.js', ['build', '--config', 'vite.cli.config.ts']),
    vite('The build of the helper', 'vite/bin/vite.js', ['build', '--config', 'vite.helper.config.ts']),
  ]);
  copyFileSync(path.join(root, 'scripts/cli-start.cjs'), path.join(root, 'out/cli/0desk.js'));
  copyFileSync(path.join(root, 'out/helper/0store-secure-add.js'), path.join(root, 'out/cli/0store-secure-add.js'));
  writeFileSync(path.join(root, 'out/cli/package.json'), '{ "type": "commonjs" }\n');
  await recordCode(path.join(root, 'out/cli'));
  writeStamp(root, hash);
});
