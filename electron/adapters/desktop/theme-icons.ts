import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { iconSize } from '../../core/trust/png.ts';
import { writeFileAtomically } from '../files.ts';
import { namesIn, removeEmptyFolders, removeFile } from './entry-files.ts';

/** The folders that the theme `hicolor` lists: in others no desktop looks. */
const sizes = [16, 22, 24, 32, 36, 48, 64, 72, 96, 128, 192, 256, 512];

/**
 * Copies an icon into a theme, where the size it says has its place.
 *
 * @param name of the icon, without an ending
 * @throws AppError `not-allowed` if it is no PNG of bounded size
 */
export async function writeThemeIcon(theme: string, name: string, png: Uint8Array): Promise<void> {
  const size = iconSize(png);
  if (size === null) throw new AppError('not-allowed', { reason: 'the icon is no PNG image of bounded size' });
  const pixels = Math.max(size.width, size.height);
  const folder = sizes.findLast((each) => each <= pixels) ?? sizes[0] ?? 16;
  await writeFileAtomically(join(theme, `${folder}x${folder}`, 'apps', `${name}.png`), png, 0o644);
  await touch(theme);
}

/** Removes an icon in all its sizes. */
export async function removeThemeIcon(theme: string, name: string, roots: readonly string[]): Promise<void> {
  for (const size of await namesIn(theme)) {
    if (!/^\d+x\d+$/.test(size)) continue;
    const folder = join(theme, size, 'apps');
    if (!(await namesIn(folder)).includes(`${name}.png`)) continue;
    await removeFile(join(folder, `${name}.png`));
    await removeEmptyFolders(folder, roots);
  }
  if ((await namesIn(theme)).length > 0) await touch(theme);
}

/** Readers keep a cache of the theme until its folder is newer. */
async function touch(theme: string): Promise<void> {
  const now = new Date();
  await utimes(theme, now, now).catch(() => undefined);
}
