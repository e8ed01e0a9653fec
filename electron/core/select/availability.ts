import type { FileStep, ArchiveStep, RetrievalMethod } from '../feed/model.ts';
import type { Selectable } from './candidate.ts';
import type { Availability } from './model.ts';
import { SelectFailure } from './select-failure.ts';
import type { SelectWorld } from './world.ts';

/** Where implementations are. Directories of local feeds are the same for many versions, so each is looked at once. */
export class AvailabilityCheck {
  readonly #world: SelectWorld;
  readonly #paths = new Map<string, boolean>();

  constructor(world: SelectWorld) {
    this.#world = world;
  }

  /** Whether it could be used without getting anything. @see selection.md 7.3 */
  isAvailable(implementation: Selectable): boolean {
    switch (implementation.kind) {
      case 'local':
        return implementation.localPath !== null && this.#exists(implementation.localPath);
      case 'stored':
        return implementation.digests.length > 0 && this.#stored(implementation) !== null;
      case 'package':
        return implementation.native?.isInstalled === true;
      case 'compile':
        return implementation.source !== undefined && this.isAvailable(implementation.source);
    }
  }

  describe(implementation: Selectable): Availability {
    switch (implementation.kind) {
      case 'local': {
        const path = implementation.localPath;
        return path !== null && this.#exists(path) ? { kind: 'local', path } : { kind: 'none' };
      }
      case 'package':
        return implementation.native?.isInstalled === true
          ? { kind: 'package' }
          : { kind: 'install', sizeBytes: implementation.native?.sizeBytes ?? null };
      case 'compile':
        return { kind: 'compile' };
      case 'stored': {
        const found = implementation.digests.length > 0 ? this.#stored(implementation) : null;
        if (found !== null) return { kind: 'cached', ...found };
        const method = implementation.retrievalMethods.find(({ type }) => type !== 'unusable');
        return method === undefined ? { kind: 'none' } : { kind: 'download', sizeBytes: downloadBytes(method) };
      }
    }
  }

  #stored({ digests }: Selectable): { readonly path: string; readonly store: string } | null {
    return this.#world.stored(digests.map(({ directory }) => directory));
  }

  #exists(path: string): boolean {
    const known = this.#paths.get(path);
    if (known !== undefined) return known;
    const exists = this.#world.exists(path);
    this.#paths.set(path, exists);
    return exists;
  }
}

/**
 * Whether some method gets everything from files next to the feed.
 *
 * @throws SelectFailure at a malformed method, which the reference also only notices here
 * @see feeds.md 6.3
 */
export function worksOffline(methods: readonly RetrievalMethod[]): boolean {
  return methods.some((method) => {
    if (method.type === 'unusable' && method.isFatal) throw new SelectFailure(method.reason);
    return method.type !== 'unusable' && downloads(method).every(({ href }) => !href.includes('://'));
  });
}

function downloadBytes(method: RetrievalMethod): number {
  return downloads(method).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function downloads(method: RetrievalMethod): readonly (ArchiveStep | FileStep)[] {
  if (method.type === 'archive' || method.type === 'file') return [method];
  if (method.type === 'unusable') return [];
  return method.steps.filter((step) => step.type === 'archive' || step.type === 'file');
}
