import { AppError } from '../../../shared/errors/app-error.ts';
import { findWindowProgram, hasDisplay, openWindowAt } from '../../adapters/process/window-program.ts';
import { createCleanUp } from '../../clean-up.ts';
import type { StoredItem } from '../../services/clean-up-service.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';
import { sizeText } from '../size-text.ts';

/** In the listing, how many of the latest runs count as needing what they used. */
const listedRuns = 10;

/** `store manage`: the window's Storage page; where there is no display, the same as a list, the largest first. */
export const runStoreManage: CommandRunner = async (context) => {
  const { options, out, program } = context;
  if (!options.has('console') && !out.isJson) {
    const window = hasDisplay(process.env) ? findWindowProgram(program.cliDir) : null;
    if (window !== null && (await openWindowAt(window, 'storage'))) return 0;
    const reason = window === null ? 'There is no display to open the window on' : 'The window could not be started';
    if (options.has('gui')) throw new AppError('usage', { message: `${reason}.`, hint: '' });
    out.complain(`${reason}; this is what is stored:\n`);
  }
  return withEngine(context, async ({ engine, signal }) => {
    const { items, measure } = await createCleanUp(engine).survey({ historyCount: listedRuns, signal });
    const sorted = items.toSorted((a, b) => b.sizeBytes - a.sizeBytes);
    if (out.isJson) out.print(`${JSON.stringify({ totalBytes: measure.totalBytes, items: sorted.map(toJson) })}\n`);
    else {
      out.print(sorted.map((item) => `${itemLine(item)}\n`).join(''));
      out.print(`${items.length} items, ${sizeText(measure.totalBytes)}\n`);
    }
    return 0;
  });
};

function itemLine({ entry, owner, needs, sizeBytes }: StoredItem): string {
  const unnamed = entry.kind === 'temporary' ? '(temporary)' : '(unowned)';
  const title = owner === null ? unnamed : `${owner.name} ${owner.version}`;
  const names = [...new Set(needs.map(({ name }) => name))];
  const users = names.length === 0 ? '' : ` needed by ${names.join(', ')}`;
  return `${sizeText(sizeBytes).padStart(12)}  ${title}  ${entry.path}${users}`.replace(/\p{Cc}/gu, '\ufffd');
}

function toJson({ entry, owner, ...rest }: StoredItem): unknown {
  const { name, path, kind } = entry;
  return { digest: name, path, kind, owner, ...rest };
}
