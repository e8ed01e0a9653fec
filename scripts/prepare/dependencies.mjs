import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, tail } from './command.mjs';
import { announce, Problem } from './step.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether everything the lock file asks for is there in the right version, e.g. after `npm install` by hand. */
function isInstalled(root) {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = readJson(path.join(root, 'package-lock.json')).packages;
  const installed = readJson(installedFile).packages;
  return Object.entries(wanted).every(([name, { version, optional }]) => {
    if (name === '') return true;
    const there = installed[name];
    return there === undefined ? optional === true : there.version === version;
  });
}

/** Installs what package-lock.json names, unless exactly that is installed already. */
export async function installDependencies(root) {
  const lockHash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  const stampFile = path.join(root, 'node_modules/.cache/zerodesk/dependencies');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash) return undefined;

  let note;
  if (!isInstalled(root)) {
    announce('Installing the packages of package-lock.json with npm ci …');
    const npmScript = process.env.npm_execpath;
    const [command, first] = npmScript?.endsWith('.js') === true ? [process.execPath, [npmScript]] : ['npm', []];
    const { status, output } = await run(command, [...first, 'ci', '--no-audit', '--no-fund'], { cwd: root });
    if (status !== 0) {
      throw new Problem(
        `npm ci failed:\n${tail(output.replace(/^npm warn .*\n/gm, ''), 40)}\n\nCheck the network connection and the registry (npm config get registry), then try again.`,
      );
    }
    note = 'installed';
  }
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, lockHash);
  return note;
}
