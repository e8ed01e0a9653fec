// `npm run dist`: puts together the folder that is released (dist/), and says which runtime went into it.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { electronVersion } from './prepare/electron.mjs';
import { prepare, root } from './prepare/index.mjs';
import { runScript } from './prepare/step.mjs';

await runScript(async () => {
  await prepare({ display: false });
  const version = electronVersion(root);
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      '--dir',
      '--publish=never',
      `-c.electronVersion=${version}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) return status ?? 1;

  const pinned = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')).version;
  console.log(`\nPacked with Electron ${version}.`);
  if (version !== pinned) {
    console.log(`This is not the pinned version ${pinned}: the package is for tests and must not be released.`);
  }
  return 0;
});
