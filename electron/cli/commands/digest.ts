import { resolve } from 'node:path';
import { realpath, stat } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import { guessMimeType } from '../../core/feed/mime-types.ts';
import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { withEngine } from '../session.ts';

/** `digest DIR | ARCHIVE [EXTRACT]`. @see store.md 7 */
export const runDigest: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { args, options, out } = context;
    const path = resolve(args[0] ?? '');
    const algorithm = lastValue(options, 'algorithm') ?? 'sha1new';
    const stats = await stat(path).catch(() => null);
    if (!stats) throw new AppError('file-missing', { path });
    let result: { readonly digest: string; readonly manifest: string };
    if (stats.isDirectory()) {
      if (args[1] !== undefined)
        throw new AppError('usage', {
          message: 'EXTRACT is for archives',
          hint: 'name an archive, or only a directory',
        });
      // A link that a person names stands for the directory.
      result = await engine.store.digest(await realpath(path), algorithm, signal);
    } else {
      const mimeType = guessMimeType(path);
      if (mimeType === null) throw new AppError('archive-unsupported', { name: path, type: 'unknown extension' });
      result = await engine.store.digestArchive({ file: path, mimeType, extract: args[1] ?? null, algorithm, signal });
    }
    if (out.isJson) {
      out.print(`${JSON.stringify(result)}\n`);
      return 0;
    }
    const showsManifest = options.has('manifest');
    if (showsManifest) out.print(result.manifest);
    if (options.has('digest') || !showsManifest) out.print(`${result.digest}\n`);
    return 0;
  });
