// Makes Zerodesk a program of its own kind: an archive of the packed folder and a feed that names it. Signed and published, it is
// added, updated and rolled back like any other app (`0desk add zerodesk FEED`): that is how Zerodesk updates itself.

import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, tail } from '../prepare/command.mjs';
import { Problem } from '../prepare/step.mjs';

const machines = { x64: 'x86_64', arm64: 'aarch64' };

/**
 * @param root the folder of the checkout
 * @param packed the folder that electron-builder has put together
 * @param base address of the folder where both files will be published, with a slash at the end; empty for a feed that is
 *   used where it lies
 * @returns path of the feed, which is not signed yet
 */
export async function makeFeed(root, packed, base) {
  const { version, description } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const machine = machines[process.arch];
  if (machine === undefined) throw new Problem(`There is no name of Zero Install for ${process.arch}.`);
  if (base !== '' && !/^https:\/\/[^\s"<>&]+\/$/.test(base))
    throw new Problem(`Not the https address of a folder: ${base}`);
  const name = `zerodesk-${version}`;
  const archive = path.join(root, `dist/${name}-linux-${machine}.tar.gz`);
  // The same folder gives the same archive.
  const owner = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
  await must('tar', [...owner, `--transform=s,^\\.,${name},`, '-I', 'gzip -n -6', '-cf', archive, '-C', packed, '.']);
  const printed = await must(path.join(packed, 'resources/bin/0desk'), [
    'digest',
    '--algorithm=sha256new',
    archive,
    name,
  ]);
  const digest = /sha256new_([A-Z2-7]+)/.exec(printed)?.[1];
  if (digest === undefined) throw new Problem(`0desk digest printed no digest:\n${tail(printed)}`);
  const file = path.join(root, 'dist/zerodesk.xml');
  writeFileSync(file, feedText({ version, description, machine, digest, base, name, archive }));
  return file;
}

function feedText({ version, description, machine, digest, base, name, archive }) {
  const uri = base === '' ? '' : ` uri="${base}zerodesk.xml"`;
  const released = new Date().toISOString().slice(0, 10);
  return `<?xml version="1.0" encoding="UTF-8"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"${uri}>
  <name>Zerodesk</name>
  <summary>${description}</summary>
  <category>Utility</category>
  <group license="LGPL-2.1-or-later" arch="Linux-${machine}">
    <command name="run" path="zerodesk"/>
    <command name="cli" path="resources/bin/0desk"/>
    <implementation id="zerodesk-${version}-linux-${machine}" version="${version}" released="${released}" stability="testing">
      <manifest-digest sha256new="${digest}"/>
      <archive href="${base}${path.basename(archive)}" extract="${name}" size="${statSync(archive).size}"/>
    </implementation>
  </group>
</interface>
`;
}

async function must(command, args) {
  const { status, output } = await run(command, args);
  if (status !== 0) throw new Problem(`${command} failed:\n${tail(output)}`);
  return output;
}
