import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AppHoldingPort } from '../../core/ports/app-holding.ts';
import { readAppFile, writeAppFile } from './app-file.ts';

const maxBytes = 256 * 1024;
const restrictions = z.record(z.string().max(4096), z.string().max(1024));
const holding = z.object({
  asked: restrictions,
  written: restrictions,
  hold: z.object({ versions: restrictions, until: z.iso.datetime().nullable() }).nullable(),
  skips: z
    .array(
      z.object({
        interface: z.string().max(4096),
        version: z.string().max(256),
        until: z.string().max(256).nullable(),
      }),
    )
    .max(1000),
});
const file = holding.extend({ previous: holding.nullable() });

/** A file of our own beside those of the app; what it means stands in the requirements too, where other programs read it. */
export const appHolding: AppHoldingPort = {
  async read({ directory }) {
    const path = pathIn(directory);
    const text = await readAppFile(path, maxBytes);
    if (text === null) return null;
    try {
      return file.parse(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof z.ZodError)) throw error;
      const reason = 'it does not say which updates are not wanted';
      throw new AppError('bad-settings', { path, reason }, { cause: error });
    }
  },
  write: ({ directory }, value) => writeAppFile(pathIn(directory), value),
};

function pathIn(directory: string): string {
  return join(directory, 'zerodesk-hold.json');
}
