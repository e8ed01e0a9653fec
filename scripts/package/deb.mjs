// Makes a Debian package of the packed folder: the files where the system looks for them, and what dpkg wants to know.

import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { run, tail } from '../prepare/command.mjs';
import { Problem } from '../prepare/step.mjs';
import { libraryPackages } from '../prepare/system.mjs';

const place = 'opt/zerodesk';
const architectures = { x64: 'amd64', arm64: 'arm64' };

/**
 * @param root the folder of the checkout
 * @param packed the folder that electron-builder has put together
 * @param compression as `dpkg-deb -Z` takes it; `none` is quick
 * @returns path of the package
 */
export async function makeDeb(root, packed, compression = 'xz') {
  const { version, description, license } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const architecture = architectures[process.arch];
  if (architecture === undefined) throw new Problem(`There is no Debian package for ${process.arch}.`);
  const staging = path.join(root, 'dist/deb');
  const file = path.join(root, `dist/zerodesk_${version}_${architecture}.deb`);
  rmSync(staging, { recursive: true, force: true });
  const put = (to, data, mode = 0o644) => {
    const target = path.join(staging, to);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, data);
    chmodSync(target, mode);
  };

  cpSync(packed, path.join(staging, place), { recursive: true });
  // Where user namespaces are forbidden, Chromium shuts its pages in by this helper.
  chmodSync(path.join(staging, place, 'chrome-sandbox'), 0o4755);
  mkdirSync(path.join(staging, 'usr/bin'), { recursive: true });
  symlinkSync(`/${place}/zerodesk`, path.join(staging, 'usr/bin/zerodesk'));
  symlinkSync(`/${place}/resources/bin/0desk`, path.join(staging, 'usr/bin/0desk'));

  const cli = (args, env = {}) => runCli(path.join(staging, place), args, env);
  await addDesktopFiles(staging, cli);
  put(
    'usr/share/metainfo/net.zerodesk.Zerodesk.metainfo.xml',
    readFileSync(path.join(root, 'assets/linux/net.zerodesk.Zerodesk.metainfo.xml')),
  );
  put('usr/share/man/man1/0desk.1.gz', gzipSync(await cli(['man', '--self']), { level: 9 }));
  put('usr/share/bash-completion/completions/0desk', await cli(['completion', 'bash']));
  put('usr/share/zsh/vendor-completions/_0desk', await cli(['completion', 'zsh']));
  put('usr/share/fish/vendor_completions.d/0desk.fish', await cli(['completion', 'fish']));
  put('usr/share/doc/zerodesk/copyright', copyright(license, readFileSync(path.join(root, 'LICENSE'), 'utf8')));
  put('usr/share/doc/zerodesk/changelog.gz', gzipSync(readFileSync(path.join(root, 'CHANGELOG.md')), { level: 9 }));

  openDirectories(path.join(staging, 'usr'));
  const depends = [...new Set(Object.values(libraryPackages))].sort().map((name) => `${name} | ${name}t64`);
  put(
    'DEBIAN/control',
    [
      'Package: zerodesk',
      `Version: ${version}`,
      `Architecture: ${architecture}`,
      'Maintainer: The Zerodesk authors <packages@zerodesk.invalid>',
      'Section: admin',
      'Priority: optional',
      `Installed-Size: ${Math.ceil(sizeOf(staging) / 1024)}`,
      `Depends: ${depends.join(', ')}`,
      'Recommends: gnupg, xz-utils, unzip, bubblewrap',
      'Suggests: 0install-core, sudo',
      `Description: ${description}`,
      ' A program is named by the address of its feed. Its versions are chosen by your',
      ' policy, downloaded, verified, stored under the digest of their content, and',
      ' started with everything they need.',
      '',
    ].join('\n'),
  );
  const options = ['--build', '--root-owner-group', `-Z${compression}`, staging, file];
  const { status, output } = await run('dpkg-deb', options);
  if (status !== 0) throw new Problem(`dpkg-deb failed:\n${tail(output)}`);
  rmSync(staging, { recursive: true });
  return file;
}

/** Runs the packed command line where it stands now. @returns what it prints */
async function runCli(folder, args, env) {
  const command = [path.join(folder, 'resources/bin/0desk'), ...args];
  const { status, output } = await run('env', [
    ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
    ...command,
  ]);
  if (status !== 0) throw new Problem(`0desk ${args.join(' ')} failed:\n${tail(output)}`);
  return output;
}

/** The menu entry, the types and the icons, as `0desk integrate --self` writes them for one user. */
async function addDesktopFiles(staging, cli) {
  const share = path.join(staging, 'usr/share');
  const home = path.join(staging, 'home');
  mkdirSync(share, { recursive: true });
  await cli(['integrate', '--self'], { HOME: home, XDG_DATA_HOME: share, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home });
  const entry = path.join(share, 'applications/net.zerodesk.Zerodesk.desktop');
  writeFileSync(entry, readFileSync(entry, 'utf8').replaceAll(`${staging}/${place}/zerodesk`, `/${place}/zerodesk`));
  // Their indexes are the system's to make.
  for (const index of ['applications/mimeinfo.cache', ...mimeIndexes(share)])
    rmSync(path.join(share, index), { recursive: true, force: true });
  rmSync(home, { recursive: true, force: true });
}

function mimeIndexes(share) {
  return readdirSync(path.join(share, 'mime'))
    .filter((name) => name !== 'packages')
    .map((name) => `mime/${name}`);
}

/** What was written for one user alone is for all of them here. */
function openDirectories(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openDirectories(path.join(folder, entry.name));
  }
}

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

function copyright(license, text) {
  const body = text
    .trimEnd()
    .split('\n')
    .map((line) => (line.trim() === '' ? ' .' : ` ${line}`));
  return [
    'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/',
    'Upstream-Name: Zerodesk',
    'Comment: Works of others are listed in /opt/zerodesk/resources/THIRD-PARTY-LICENSES.txt and beside it.',
    '',
    'Files: *',
    'Copyright: The Zerodesk authors',
    `License: ${license}`,
    ...body,
    '',
  ].join('\n');
}
