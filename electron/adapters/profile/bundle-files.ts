import { lstat, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { create as createTar } from 'tar';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { BundlePort, OpenedBundle } from '../../core/ports/bundle.ts';
import { escapeName } from '../../core/feed/names.ts';
import { sha256Hex } from '../../core/sha256.ts';
import { toFileError } from '../file-error.ts';
import { isAbsence, writeFileAtomically } from '../files.ts';
import { readFileUpTo } from '../read-file.ts';

const maxProfileBytes = 4 * 1024 * 1024;
/** Of a feed or a key. */
const maxFileBytes = 32 * 1024 * 1024;
const maxFiles = 5000;

const profileName = 'profile.json';
const archive = /^((?:sha1new|sha256|sha256new)[=_][A-Za-z0-9]{32,64})\.tar\.gz$/;

/**
 * A bundle is a folder: `profile.json`, `feeds/` with the signed feeds and their keys as `0install import` wants them, and
 * `implementations/DIGEST.tar.gz`, since a stick may know neither links nor programs.
 */
export const bundleFiles: BundlePort = {
  async open(path) {
    const isFolder = await isDirectory(path);
    const file = isFolder ? join(path, profileName) : path;
    const text = new TextDecoder().decode(await readFileUpTo(file, maxProfileBytes));
    return { name: basename(path), text, bundle: isFolder ? await openBundle(path) : null };
  },
  writeProfile: (path, text) => writeFileAtomically(path, text, 0o644),
  async writeBundle(path, { profile, feeds, keys, implementations }, signal) {
    if ((await lstat(path).catch(() => null)) !== null) {
      throw new AppError('not-allowed', { reason: `${path} is there already` });
    }
    const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
    try {
      await mkdir(join(unfinished, 'feeds'), { recursive: true });
      await mkdir(join(unfinished, 'implementations'));
      await writeFile(join(unfinished, profileName), profile);
      for (const [url, bytes] of feeds) await writeFile(join(unfinished, 'feeds', fileNameOf(url)), bytes);
      for (const [id, bytes] of keys) await writeFile(join(unfinished, 'feeds', `${id}.gpg`), bytes);
      for (const [digest, directory] of implementations) {
        signal?.throwIfAborted();
        await pack(directory, join(unfinished, 'implementations', `${digest}.tar.gz`));
      }
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      throw toFileError(error, path);
    }
  },
};

/** Readable unless that is too long for a file system. */
function fileNameOf(url: string): string {
  const name = escapeName(url);
  return `${name.length > 200 ? sha256Hex(url) : name}.xml`;
}

/** All of an implementation but its manifest, which is made anew from what is unpacked. */
async function pack(directory: string, file: string): Promise<void> {
  await createTar(
    {
      gzip: true,
      cwd: directory,
      file,
      portable: false,
      filter: (name) => name !== './.manifest' && name !== '.manifest',
    },
    ['.'],
  );
}

async function openBundle(path: string): Promise<OpenedBundle> {
  const feedsDir = join(path, 'feeds');
  const feedFiles = await filesIn(feedsDir);
  const archivesDir = join(path, 'implementations');
  const archives = (await filesIn(archivesDir)).flatMap((name) => {
    const digest = archive.exec(name)?.[1];
    return digest === undefined ? [] : [{ path: join(archivesDir, name), digest }];
  });
  const inFeeds = (ending: RegExp): readonly string[] =>
    feedFiles.filter((name) => ending.test(name)).map((name) => join(feedsDir, name));
  return {
    feeds: inFeeds(/\.xml$/),
    keys: inFeeds(/^[0-9A-F]{16}\.gpg$/),
    archives,
    read: (file) => readFileUpTo(file, maxFileBytes),
  };
}

/** Plain files: a link or a device may lead anywhere. */
async function filesIn(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    if (entries.length > maxFiles) {
      throw new AppError('file-failed', { path: directory, reason: `it has more than ${maxFiles} files` });
    }
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw toFileError(error, directory);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw toFileError(error, path);
  }
}
