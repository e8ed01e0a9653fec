import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';

/** One entry of a tree described as data, as in the digest cases. */
export interface TreeCaseEntry {
  readonly path?: string;
  readonly pathBase64?: string;
  readonly type: 'file' | 'dir' | 'symlink' | 'hardlink' | 'fifo' | 'socket' | 'chardev' | 'blockdev';
  readonly contentUtf8?: string;
  readonly contentBase64?: string;
  readonly contentRepeat?: { readonly utf8: string; readonly times: number };
  readonly mode?: string;
  readonly mtime?: number;
  readonly mtimeNs?: string;
  readonly target?: string;
  readonly to?: string;
  readonly major?: number;
  readonly minor?: number;
}

/** Builds a tree in an empty directory. Returns false if the file system did not keep some time. */
export function buildTree(root: string, entries: readonly TreeCaseEntry[]): boolean {
  for (const entry of entries) make(root, entry);
  let isExact = true;
  // Making an entry changes its parent's time, and a read-only directory cannot be filled: deepest last listed, first set.
  for (const entry of [...entries].reverse()) {
    if (entry.type !== 'file' && entry.type !== 'dir') continue;
    const place = placeOf(root, entry);
    if (entry.mode !== undefined) fs.chmodSync(place, Number.parseInt(entry.mode, 8));
    isExact = setTime(place, entry) && isExact;
  }
  return isExact;
}

/** Removes a tree whatever its modes. */
export function removeTree(root: string): void {
  if (fs.lstatSync(root, { throwIfNoEntry: false }) === undefined) return;
  execFileSync('/bin/chmod', ['-R', 'u+rwX', root], { stdio: 'ignore' });
  fs.rmSync(root, { recursive: true, force: true });
}

/** Every path below a directory with type, mode, size, time and target, sorted: two equal trees give equal lists. */
export function describeTree(root: string): readonly string[] {
  const lines: string[] = [];
  const walk = (directory: string): void => {
    for (const name of fs.readdirSync(directory).sort()) {
      const place = path.join(directory, name);
      const stat = fs.lstatSync(place);
      const target = stat.isSymbolicLink() ? fs.readlinkSync(place) : '';
      const content = stat.isFile() ? fs.readFileSync(place).toString('base64').slice(0, 200) : '';
      const size = stat.isDirectory() ? 0 : stat.size;
      lines.push([path.relative(root, place), stat.mode.toString(8), size, target, content].join(' '));
      if (stat.isDirectory()) walk(place);
    }
  };
  walk(root);
  return lines;
}

function placeOf(root: string, entry: TreeCaseEntry): string | Buffer {
  if (entry.pathBase64 === undefined) return path.join(root, entry.path ?? '');
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(entry.pathBase64, 'base64')]);
}

function make(root: string, entry: TreeCaseEntry): void {
  const place = placeOf(root, entry);
  switch (entry.type) {
    case 'file':
      fs.writeFileSync(place, contentOf(entry), { flag: 'wx' });
      break;
    case 'dir':
      fs.mkdirSync(place);
      break;
    case 'symlink':
      fs.symlinkSync(entry.target!, place);
      break;
    case 'hardlink':
      fs.linkSync(path.join(root, entry.to!), place);
      break;
    case 'fifo':
      execFileSync('mkfifo', [place.toString()]);
      break;
    case 'socket':
      // Killed, since a server that ends in order takes its socket away again.
      spawnSync(process.execPath, [
        '-e',
        "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))",
        place.toString(),
      ]);
      break;
    case 'chardev':
    case 'blockdev':
      execFileSync('mknod', [
        place.toString(),
        entry.type === 'chardev' ? 'c' : 'b',
        String(entry.major),
        String(entry.minor),
      ]);
      break;
  }
}

function contentOf(entry: TreeCaseEntry): Buffer | string {
  if (entry.contentBase64 !== undefined) return Buffer.from(entry.contentBase64, 'base64');
  if (entry.contentRepeat !== undefined) return entry.contentRepeat.utf8.repeat(entry.contentRepeat.times);
  return entry.contentUtf8 ?? '';
}

function setTime(place: string | Buffer, entry: TreeCaseEntry): boolean {
  if (entry.mtimeNs !== undefined) {
    const ns = BigInt(entry.mtimeNs);
    const digits = String(ns < 0n ? -ns : ns).padStart(10, '0');
    const seconds = `${ns < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
    execFileSync('touch', ['-d', `@${seconds}`, place.toString()]);
    return fs.lstatSync(place, { bigint: true }).mtimeNs === ns;
  }
  if (entry.mtime === undefined) return true;
  // As a Date, since Node takes negative numbers for "now".
  const time = new Date(entry.mtime * 1000);
  fs.utimesSync(place, time, time);
  return fs.lstatSync(place, { bigint: true }).mtimeNs === BigInt(entry.mtime) * 1_000_000_000n;
}
