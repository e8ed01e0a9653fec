import type { StorePort } from '../core/ports/store.ts';
import type { Selections } from '../core/selections/model.ts';

/** Whether selections can be started without fetching anything. */
export interface AppAvailability {
  isHere(selections: Selections): Promise<boolean>;
}

interface Deps {
  readonly store: Pick<StorePort, 'lookup'>;
  /** Whether a file is there, and when it changed; milliseconds since 1970. */
  readonly changedAt: (path: string) => Promise<number | null>;
}

/** Looks for the implementations in the stores, and for the files of native packages. */
export function createAppAvailability({ store, changedAt }: Deps): AppAvailability {
  /** Without a file to look at it is not known, and selecting finds out. */
  const isStillInstalled = async (attributes: Readonly<Record<string, string>>): Promise<boolean> => {
    const file = attributes['quick-test-file'];
    if (file === undefined) return false;
    const changedMs = await changedAt(file);
    const wanted = attributes['quick-test-mtime'];
    return changedMs !== null && (wanted === undefined || Math.floor(changedMs / 1000) === Number(wanted));
  };
  return {
    async isHere({ selections }) {
      for (const { kind, digests, attributes } of selections) {
        if (kind === 'stored' && (await store.lookup(digests)) === null) return false;
        if (kind === 'package' && !(await isStillInstalled(attributes))) return false;
      }
      return true;
    },
  };
}
