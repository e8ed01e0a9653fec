import { AppError } from '../../shared/errors/app-error.ts';
import type { JobId } from '../../shared/model/index.ts';
import type { JobService } from './job-service.ts';
import type { ShareService } from './share-service.ts';

/** What the window does with the shared store that takes long. */
export interface ShareJobs {
  /** Moves private copies to the shared store. A job that ends as `failed` if none could be moved. */
  move(digests: readonly string[]): JobId;
}

interface Deps {
  readonly sharing: Pick<ShareService, 'move'>;
  readonly jobs: Pick<JobService, 'start'>;
  readonly onChanged: () => void;
}

/** Creates them. */
export function createShareJobs({ sharing, jobs, onChanged }: Deps): ShareJobs {
  return {
    move: (digests) =>
      jobs.start(
        { kind: 'cache-share', interface: null, title: String(digests.length), phase: 'moving' },
        async (job) => {
          try {
            const moved = await sharing.move(digests, {
              signal: job.signal,
              onProgress: ({ done, count }) => {
                const progress = { phase: 'storing', receivedBytes: done, totalBytes: count } as const;
                job.update({ progress: { ...progress, bytesPerSecond: null, secondsLeft: null } });
              },
            });
            if (moved.length === 0) throw new AppError('share-failed', { reason: 'none of them was taken' });
          } finally {
            onChanged();
          }
        },
      ),
  };
}
