import { useEffect, useState } from 'react';
import type { CacheItem } from '../../../shared/model/index.ts';
import { useStores } from '../../stores/stores.tsx';
import { idsOf, leastFreed, shareFiles } from './selectors.ts';

/**
 * Bytes that deleting items together would free. Until files that they share have been measured, the least it can be.
 *
 * @param patienceMs to wait for the next change, where selecting goes quicker than measuring
 */
export function useFreed(items: readonly CacheItem[], patienceMs = 0): number {
  const { cache } = useStores();
  const ids = idsOf(items);
  const key = ids.join('\n');
  const isShared = shareFiles(items);
  const [measured, setMeasured] = useState<{ readonly key: string; readonly bytes: number } | null>(null);
  useEffect(() => {
    if (!isShared) return;
    let isLatest = true;
    const timer = setTimeout(() => {
      void cache.measure(key.split('\n') as (typeof ids)[number][]).then((bytes) => {
        if (isLatest && bytes !== null) setMeasured({ key, bytes });
      });
    }, patienceMs);
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [cache, isShared, key, patienceMs]);
  return isShared && measured?.key === key ? measured.bytes : leastFreed(items);
}
