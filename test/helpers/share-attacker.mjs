// A caller that changes the tree while the helper reads it, without a rest, until he is told to stop.

import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { workerData } from 'node:worker_threads';

const { directory, secret, seed, control } = workerData;
const flag = new Int32Array(control);
const files = ['readme', 'bin/run', 'share/large'];
const good = new Map(files.map((name) => [name, fs.readFileSync(path.join(directory, name))]));
const aside = `${directory}-aside`;
fs.mkdirSync(aside);

let state = seed;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

/** Whatever is there goes, and the file is as it should be. */
function restore(name) {
  const file = path.join(directory, name);
  const fresh = path.join(aside, 'fresh');
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.writeFileSync(fresh, good.get(name));
  fs.chmodSync(fresh, name === 'bin/run' ? 0o755 : 0o644);
  fs.renameSync(fresh, file);
}

const attacks = {
  // The same length, so that only the contents tell.
  swap: (file, bytes) => fs.writeFileSync(file, Buffer.alloc(bytes.length, 'x')),
  replace: (file, bytes) => {
    fs.writeFileSync(path.join(aside, 'other'), Buffer.alloc(bytes.length, 'y'));
    fs.renameSync(path.join(aside, 'other'), file);
  },
  link: (file) => {
    fs.rmSync(file, { force: true });
    fs.symlinkSync(secret, file);
  },
  hardLink: (file) => {
    fs.rmSync(file, { force: true });
    fs.linkSync(secret, file);
  },
  truncate: (file) => fs.truncateSync(file, 1),
  grow: (file) => fs.appendFileSync(file, Buffer.alloc(100_000, 'z')),
  remove: (file) => fs.rmSync(file, { force: true }),
  pipe: (file) => {
    fs.rmSync(file, { force: true });
    execFileSync('mkfifo', [file]);
  },
  directory: () => {
    const place = path.join(directory, 'share');
    fs.renameSync(place, path.join(aside, 'share'));
    fs.symlinkSync(path.join(aside, 'share'), place);
    fs.rmSync(place);
    fs.renameSync(path.join(aside, 'share'), place);
  },
  manifest: () => {
    const file = path.join(directory, '.manifest');
    const text = fs.readFileSync(file);
    fs.writeFileSync(file, Buffer.concat([text, Buffer.from('D /more\n')]));
    fs.writeFileSync(file, text);
  },
};
const names = Object.keys(attacks);

while (Atomics.load(flag, 0) === 0) {
  const name = files[random(files.length)];
  const which = names[random(names.length)];
  // Starting a program takes longer than ten other attacks.
  if (which !== 'pipe' || random(10) === 0) {
    attacks[which](path.join(directory, name), good.get(name));
    Atomics.add(flag, 1, 1);
  }
  restore(name);
  // Time for some tries to succeed.
  if (random(3) === 0) Atomics.wait(flag, 0, 0, random(6));
}
