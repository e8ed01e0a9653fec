import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { assertNever } from '../../../shared/errors/never.ts';
import { parseDigestName } from '../../core/manifest/digest-name.ts';
import type { PreparedStep, UnpackLimits } from '../../core/ports/store.ts';
import { unpackArchive } from '../archive/unpack-archive.ts';
import { untilWhole } from '../growth.ts';
import { copyFile, copyTree } from './copy-tree.ts';
import type { Pace } from '../tree/pace.ts';
import { resolveRecipePath } from './recipe-path.ts';
import { TreeProblem, type TreeWriter } from '../tree/tree-writer.ts';

/** The work of one recipe. */
export interface RecipeRequest {
  readonly steps: readonly PreparedStep[];
  readonly limits?: Partial<UnpackLimits> | undefined;
}

/**
 * Applies the steps of a recipe to a tree, strictly in order.
 *
 * @throws AppError `recipe-failed` for a path or state that a step may not have, what `unpackArchive` throws, and errors
 *   of files
 * @see store.md 5.3-5.5
 */
export async function runRecipe({ steps, limits }: RecipeRequest, tree: TreeWriter, pace: Pace): Promise<void> {
  for (const step of steps) {
    try {
      await runStep(step, { tree, pace, limits });
    } catch (error) {
      if (!(error instanceof TreeProblem)) throw error;
      const reason = `‘${error.path}’ ${error.reason}`;
      throw new AppError('recipe-failed', { step: describe(step), reason }, { cause: error });
    }
    pace.check();
  }
}

interface StepContext {
  readonly tree: TreeWriter;
  readonly pace: Pace;
  readonly limits: Partial<UnpackLimits> | undefined;
}

async function runStep(step: PreparedStep, { tree, pace, limits }: StepContext): Promise<void> {
  if (step.type !== 'archive') tree.beginStep(false);
  switch (step.type) {
    case 'archive':
      await unpackArchive({ ...step, target: targetOf(tree, step.dest), limits }, tree, pace);
      return;
    case 'file':
      if (step.growth !== undefined) await untilWhole(step.growth, pace);
      await copyFile(
        {
          source: step.file,
          target: resolveRecipePath(tree, step.dest),
          // A file on its own has no time, so all have the same.
          facts: { mtime: 0, isExecutable: step.executable },
        },
        tree,
        pace,
      );
      break;
    case 'rename':
      tree.rename(resolveRecipePath(tree, step.source), resolveRecipePath(tree, step.dest));
      break;
    case 'remove':
      tree.remove(resolveRecipePath(tree, step.path));
      break;
    case 'copy-from':
      await copyTree(
        { ...step, target: copyTarget(tree, step), leavesOutManifest: isImplementation(step) },
        tree,
        pace,
      );
      break;
    default:
      assertNever(step);
  }
  tree.endStep();
}

/** The directory that takes an archive; made if missing. */
function targetOf(tree: TreeWriter, dest: string | null): string {
  if (dest === null || dest === '') return '';
  const target = resolveRecipePath(tree, dest);
  tree.beginStep(false);
  tree.directory(target, null);
  return target;
}

/** By default a part keeps its name, and the whole goes to the top. */
function copyTarget(tree: TreeWriter, step: Extract<PreparedStep, { type: 'copy-from' }>): string {
  const dest = step.dest ?? step.source;
  return dest === null || dest === '' ? '' : resolveRecipePath(tree, dest);
}

/** A stored implementation, taken as a whole, has a manifest that is not part of it. */
function isImplementation({ directory, source }: Extract<PreparedStep, { type: 'copy-from' }>): boolean {
  return source === null && parseDigestName(basename(directory)) !== null;
}

function describe(step: PreparedStep): string {
  switch (step.type) {
    case 'archive':
      return `archive ${step.name}`;
    case 'file':
      return `file ${step.dest}`;
    case 'rename':
      return `rename ${step.source} to ${step.dest}`;
    case 'remove':
      return `remove ${step.path}`;
    case 'copy-from':
      return `copy-from ${step.source ?? ''}`.trim();
    default:
      return assertNever(step);
  }
}
