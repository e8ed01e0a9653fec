// `npm run dist`: puts together the folder that is released (dist/), and says which runtime went into it. With `--deb` a
// Debian package is made of it, which needs nothing but dpkg-deb (`--deb=none`: quickly, without compression);
// with `--feed=https://…/` an archive and a feed of its own; with `--installers` electron-builder makes everything
// that electron-builder.yml names for this system, which fetches its tools from the network.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeDeb } from './package/deb.mjs';
import { makeFeed } from './package/feed.mjs';
import { licenceText } from './package/licences.mjs';
import { electronVersion } from './prepare/electron.mjs';
import { prepare, root } from './prepare/index.mjs';
import { runScript } from './prepare/step.mjs';

await runScript(async () => {
  await prepare({ display: false });
  const version = electronVersion(root);
  const words = process.argv.slice(2);
  const deb = words.find((word) => /^--deb(?:=|$)/.test(word));
  const feed = words.find((word) => /^--feed(?:=|$)/.test(word));
  const own = [deb, feed, '--installers', '--dir'];
  writeFileSync(path.join(root, 'out/THIRD-PARTY-LICENSES.txt'), licenceText(root));
  const { status } = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/electron-builder/cli.js'),
      ...(words.includes('--installers') ? [] : ['--dir']),
      '--publish=never',
      `-c.electronVersion=${version}`,
      ...words.filter((word) => !own.includes(word)),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (status !== 0) return status ?? 1;
  if (deb !== undefined) {
    const [, compression = 'xz'] = deb.split('=');
    console.log(`\nMade ${await makeDeb(root, path.join(root, 'dist/linux-unpacked'), compression)}`);
  }

  if (feed !== undefined) {
    const base = feed.slice('--feed='.length);
    console.log(`\nMade ${await makeFeed(root, path.join(root, 'dist/linux-unpacked'), base)}`);
  }

  const pinned = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')).version;
  console.log(`\nPacked with Electron ${version}.`);
  if (version !== pinned) {
    console.log(`This is not the pinned version ${pinned}: the package is for tests and must not be released.`);
  }
  return 0;
});
