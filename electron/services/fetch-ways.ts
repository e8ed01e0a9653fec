import { AppError } from '../../shared/errors/app-error.ts';
import { guessMimeType } from '../core/feed/mime-types.ts';
import type { ArchiveStep, FileStep, RecipeStep, RetrievalMethod } from '../core/feed/model.ts';
import type { ChosenImplementation } from '../core/select/model.ts';
import { archiveMirrorUrl, implementationMirrorUrl } from '../core/trust/mirror.ts';
import { isRemote } from './solve-view.ts';

/** A step as it is done: what is to be fetched, from where, and what it is. */
export type FetchStep =
  | Exclude<RecipeStep, ArchiveStep | FileStep>
  | (FileStep & { readonly from: string })
  | (Omit<ArchiveStep, 'sizeBytes' | 'mimeType'> & {
      /** `null`: nobody says. */
      readonly sizeBytes: number | null;
      readonly mimeType: string;
      readonly name: string;
      /** The address that is asked: that of the archive, or of a mirror. */
      readonly from: string;
    });

export type UsableMethod = Exclude<RetrievalMethod, { readonly type: 'unusable' }>;

/** The methods that are understood, in order. @throws AppError `no-retrieval-method` @see store.md 5.1 */
export function usableMethods(implementation: ChosenImplementation, uri: string): readonly UsableMethod[] {
  const methods = implementation.retrievalMethods.filter((each): each is UsableMethod => each.type !== 'unusable');
  if (methods.length > 0) return methods;
  throw new AppError('no-retrieval-method', { interface: uri, version: implementation.version });
}

/**
 * What one method does, asking the addresses of the feed.
 *
 * @throws AppError `archive-unsupported` if nobody says what type of archive something is, `bad-feed` for a relative
 * address in a remote feed
 */
export function stepsOf(method: UsableMethod, feed: string): readonly FetchStep[] {
  return (method.type === 'recipe' ? method.steps : [method]).map((step) => {
    if (step.type !== 'archive' && step.type !== 'file') return step;
    if (isRemote(feed) && !hasScheme(step.href))
      throw new AppError('bad-feed', { feed, reason: `Relative URL '${step.href}' in non-local feed` });
    if (step.type === 'file') return { ...step, from: step.href };
    const mimeType = step.mimeType ?? guessMimeType(step.href);
    if (mimeType === null) throw new AppError('archive-unsupported', { name: step.href, type: '?' });
    return { ...step, mimeType, name: baseName(step.href), from: step.href };
  });
}

/**
 * The same steps with a mirror's copies of the archives that could not be had.
 *
 * @param failed addresses that could not be had
 * @returns null if a mirror cannot help: for a file, an address that strangers know nothing of, or nothing that failed
 * @see trust-and-download.md 7.2
 */
export function mirroredSteps(
  steps: readonly FetchStep[],
  mirror: string,
  failed: ReadonlySet<string>,
): readonly FetchStep[] | null {
  const mirrored: FetchStep[] = [];
  for (const step of steps) {
    const isFailed = (step.type === 'archive' || step.type === 'file') && failed.has(step.from);
    if (!isFailed) {
      mirrored.push(step);
      continue;
    }
    // A mirror's own failure has no further mirror.
    const from = step.type === 'archive' && step.from === step.href ? archiveMirrorUrl(mirror, step.href) : null;
    if (from === null) return null;
    mirrored.push({ ...step, from });
  }
  return mirrored.some((step, index) => step !== steps[index]) ? mirrored : null;
}

/** The whole implementation as the mirror packs it, in place of its recipe; null if there can be none. */
export function wholeFromMirror({ fromFeed, id }: ChosenImplementation, mirror: string): readonly FetchStep[] | null {
  const from = isRemote(fromFeed) ? implementationMirrorUrl(mirror, fromFeed, id) : null;
  if (from === null) return null;
  const mimeType = 'application/x-bzip-compressed-tar';
  const what = { href: from, from, sizeBytes: null, mimeType, name: `${id}.tar.bz2` };
  return [{ type: 'archive', extract: null, dest: null, startOffset: 0, ...what }];
}

/** Announced bytes of all that a way fetches; `null` if one of them is unknown. */
export function downloadBytes(steps: readonly FetchStep[]): number | null {
  let sum = 0;
  for (const step of steps) {
    if (step.type !== 'archive' && step.type !== 'file') continue;
    if (step.sizeBytes === null) return null;
    sum += step.sizeBytes;
  }
  return sum;
}

export function hasScheme(href: string): boolean {
  return /^[a-z]+:\/\//i.test(href);
}

function baseName(href: string): string {
  return href.slice(href.lastIndexOf('/') + 1) || href;
}
