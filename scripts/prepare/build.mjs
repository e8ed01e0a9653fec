import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, tail } from './command.mjs';
import { Problem } from './step.mjs';

const sources = [
  'electron',
  'renderer',
  'shared',
  'assets',
  'electron.vite.config.ts',
  'vite.cli.config.ts',
  'vite.helper.config.ts',
  'renderer.config.ts',
  'bundle.config.ts',
  'scripts/cli-start.cjs',
  'scripts/record',
  'scripts/build.mjs',
  'package.json',
  'package-lock.json',
];

/** Files larger than this go into the hash by size and time only. */
const readLimitBytes = 1024 * 1024;

function addToHash(hash, file) {
  const info = statSync(file);
  if (info.isDirectory()) {
    for (const name of readdirSync(file).sort()) addToHash(hash, path.join(file, name));
  } else if (!/\.test\.tsx?$/.test(file)) {
    hash.update(`\n${file} ${info.size} `);
    hash.update(info.size > readLimitBytes ? String(info.mtimeMs) : readFileSync(file));
  }
}

/** A hash of everything that goes into `out/`. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const name of sources) {
    const file = path.join(root, name);
    if (existsSync(file)) addToHash(hash, file);
  }
  return hash.digest('hex');
}

const stampFile = (root) => path.join(root, 'out/.stamp');

/** Notes what `out/` was built from. */
export function writeStamp(root, hash) {
  mkdirSync(path.join(root, 'out'), { recursive: true });
  writeFileSync(stampFile(root), hash);
}

/** Builds when the sources are not those that `out/` was built from. */
export async function provideBuild(root) {
  const hash = sourceHash(root);
  if (existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === hash) return undefined;
  const { status, output } = await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
  if (status !== 0) throw new Problem(`The build failed:\n${tail(output, 40)}`);
  return 'built';
}
