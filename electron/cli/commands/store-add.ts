import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { guessMimeType } from '../../core/feed/mime-types.ts';
import { parseDigestInput } from '../../core/manifest/digest-name.ts';
import type { PreparedStep } from '../../core/ports/store.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';

/** `store add DIGEST (DIR | ARCHIVE [EXTRACT])`: quiet on success, also if it was there already. */
export const runStoreAdd: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { args, options, out } = context;
    const [wanted = '', source = '', extract] = args;
    const digest = parseDigestInput(wanted).directory;
    const step = await stepFor(resolve(source), extract ?? null);
    if (options.has('dry-run')) {
      out.print(`[dry-run] would store implementation as ${digest}\n`);
      return 0;
    }
    const { path } = await engine.store.add({ digests: [digest], steps: [step], signal });
    if (out.isJson) out.print(`${JSON.stringify({ path })}\n`);
    return 0;
  });

/** `store copy SOURCE [TARGET]`: an implementation of another store, checked while it is copied. */
export const runStoreCopy: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { args, options, out } = context;
    const [source = '', target] = args;
    if (options.has('dry-run')) {
      out.print(`[dry-run] would copy ${source} to ${target ?? engine.store.directories()[0]?.path ?? ''}\n`);
      return 0;
    }
    const { path } = await engine.store.copy(source, target ?? null, signal);
    if (out.isJson) out.print(`${JSON.stringify({ path })}\n`);
    return 0;
  });

async function stepFor(path: string, extract: string | null): Promise<PreparedStep> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw new AppError('file-missing', { path });
  if (stats.isDirectory()) {
    if (extract === null) return { type: 'copy-from', directory: path, source: null, dest: null };
    throw new AppError('usage', { message: 'EXTRACT is for archives', hint: 'name an archive, or only a directory' });
  }
  const mimeType = guessMimeType(path);
  if (mimeType === null) throw new AppError('archive-unsupported', { name: path, type: 'unknown extension' });
  return { type: 'archive', file: path, name: basename(path), mimeType, extract, dest: null, startOffset: 0 };
}
