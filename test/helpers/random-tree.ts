import * as fs from 'node:fs';
import path from 'node:path';

/** Names that are easy to get wrong: signs of manifests, of shells and of other alphabets. */
const oddNames = [
  ' ',
  ' lead and trail ',
  'F 0 1 2 x',
  'D ',
  '-n',
  '--',
  '$(x)',
  'a\\b',
  "it's",
  '"',
  'a\tb',
  'bell\u0007',
  '\u001b[31m',
  '.hidden',
  '.manifest.old',
  '...',
  'ä',
  'a\u0308',
  '～',
  '😀',
  '\ufffd',
  '\ue000',
  'İi',
  'a b',
  'a-b',
  'a.b',
  'A',
  'x'.repeat(255),
];

const times = [-86_400, -1.5, -0.5, 0, 0.5, 1, 1_000_000_000.999, 1_234_567_890, 1_600_000_000.5, 2_000_000_000, 4e9];
const modes = [0o644, 0o600, 0o444, 0o755, 0o711, 0o654, 0o645, 0o500];
const targets = ['.', '..', '/etc/passwd', 'nowhere', 'a/b/c', ' ', 'ä\tb', '😀'.repeat(40), '../'.repeat(30)];

/** Numbers that are the same for the same seed, from 0 up to 1. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fills an empty directory with files, links, executables and directories, the same for the same seed. */
export function makeRandomTree(root: string, seed: number): void {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const name = (): string => (random() < 0.4 ? pick(oddNames) : `f${Math.floor(random() * 1e6).toString(36)}`);
  const directories: string[] = [];

  const fill = (directory: string, depth: number): void => {
    const count = Math.floor(random() * (depth === 0 ? 12 : 6));
    for (let index = 0; index < count; index++) {
      const place = path.join(directory, name());
      if (fs.lstatSync(place, { throwIfNoEntry: false }) !== undefined) continue;
      const kind = random();
      if (kind < 0.25 && depth < 6) makeDirectory(place, depth + 1);
      else if (kind < 0.4) fs.symlinkSync(pick(targets), place);
      else makeFile(place);
    }
  };
  const makeDirectory = (place: string, depth: number): void => {
    fs.mkdirSync(place);
    directories.push(place);
    fill(place, depth);
  };
  const makeFile = (place: string): void => {
    const size = random() < 0.2 ? 0 : Math.floor(random() ** 4 * (random() < 0.05 ? 3_000_000 : 20_000));
    fs.writeFileSync(place, Buffer.alloc(size, `${seed} ${random()} `));
    fs.chmodSync(place, pick(modes));
    setTime(place, pick(times));
  };

  fill(root, 0);
  if (seed % 10 === 0) {
    let deep = root;
    for (let level = 0; level < 60; level++) {
      deep = path.join(deep, `d${level}`);
      fs.mkdirSync(deep);
      directories.push(deep);
    }
    makeFile(path.join(deep, 'last'));
  }
  // Filling changes the time of a directory.
  for (const directory of directories.reverse()) setTime(directory, pick(times));
}

function setTime(place: string, seconds: number): void {
  // As a Date, since Node takes negative numbers for "now".
  const time = seconds < 0 ? new Date(seconds * 1000) : seconds;
  fs.utimesSync(place, time, time);
}
