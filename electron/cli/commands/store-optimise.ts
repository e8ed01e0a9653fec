import type { OptimiseProblem, OptimiseResult } from '../../core/ports/store.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';
import { sizeText } from '../size-text.ts';
import { realpathOf } from './store.ts';

/** `store optimise [DIR]`: joins equal files of the user's store, or of another one. @see store.md 8 */
export const runStoreOptimise: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { args, options, out } = context;
    const store = await realpathOf(args[0] ?? engine.store.directories()[0]?.path ?? '');
    const count = (await engine.store.listDirectory(store)).length;
    const isDryRun = options.has('dry-run');
    const result = await engine.store.optimise(store, {
      isDryRun,
      signal,
      onProgress: (done) => {
        out.showStatus(`[${done} / ${count}] Reading manifests...`);
      },
    });
    if (out.isJson) out.print(`${JSON.stringify({ store, isDryRun, ...result })}\n`);
    else {
      out.complain(result.problems.map((problem) => `${problemText(problem)}\n`).join(''));
      out.print([`Optimising ${store}`, ...reportLines(result, isDryRun), ''].join('\n'));
    }
    return 0;
  });

function reportLines(result: OptimiseResult, isDryRun: boolean): readonly string[] {
  const { originalBytes, savedBytes, freedBytes, manifestBytes } = result;
  const lines = [
    `Original size  : ${sizeText(originalBytes)} (excluding the ${sizeText(manifestBytes)} of manifests)`,
    `Already saved  : ${sizeText(savedBytes)}`,
  ];
  if (freedBytes === 0) lines.push('No duplicates found; no changes made.');
  else {
    const percent = ((freedBytes / originalBytes) * 100).toFixed(2);
    lines.push(
      `Optimised size : ${sizeText(originalBytes - freedBytes)}`,
      `Space freed up : ${sizeText(freedBytes)} (${percent}%)`,
    );
    if (isDryRun) lines.push('[dry-run] nothing was changed');
  }
  return [...lines, 'Optimisation complete.'];
}

function problemText(problem: OptimiseProblem): string {
  if (problem.kind === 'skipped') return `warning: Skipping '${problem.path}': ${problem.reason}`;
  return `warning: Files should be identical, but they're not!\n${problem.other}\n${problem.path}`;
}
