import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';

/** `import FILE…`: a feed from a file, with all checks of a download. */
export const runImport: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal, ask, isOffline }) => {
    for (const name of context.args) {
      const path = resolve(name);
      const bytes = await readFile(path).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new AppError('file-missing', { path });
        throw new AppError('file-failed', { path, reason: (error as Error).message }, { cause: error });
      });
      await engine.feeds.importFeed(bytes, { signal, ask, isOffline });
    }
    return 0;
  });

/** `list [TEXT]`: URLs of the cached feeds that contain the text. */
export const runList: CommandRunner = async (context) =>
  withEngine(context, async ({ engine }) => {
    const { args, out } = context;
    const text = (args[0] ?? '').toLowerCase();
    const found = (await engine.feedCache.list()).filter((url) => url.toLowerCase().includes(text));
    if (out.isJson) out.print(`${JSON.stringify(found)}\n`);
    else for (const url of found) out.print(`${url}\n`);
    return 0;
  });
