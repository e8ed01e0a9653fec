import type { AppSummary, InterfaceUri, JobSnapshot, SolveView } from '../../../shared/model/index.ts';
import { isActive, isProgramRunning, selectJobOf } from '../../stores/jobs-store.ts';
import { loading, type Loadable } from '../../stores/loadable.ts';
import { useApps, useJobs, useSolve } from '../../stores/stores.tsx';
import { runStatus, shownSolve, type RunStatus } from './selectors.ts';

/** A program as its page shows it. */
export interface Program {
  readonly uri: InterfaceUri;
  readonly name: string;
  readonly app: AppSummary | undefined;
  /** Work on it, or its running program. */
  readonly job: JobSnapshot | undefined;
  readonly isWorking: boolean;
  readonly isProgram: boolean;
  /** The present selection. */
  readonly present: Loadable<SolveView>;
  readonly status: RunStatus;
  /** The selection to show; null while there is nothing to say about one. */
  readonly shown: SolveView | null;
}

/** What the stores know of the program in view. */
export function useProgram(uri: InterfaceUri): Program {
  const app = useApps(({ list }) =>
    list.status === 'ready' ? list.value.apps.find((one) => one.interface === uri) : undefined,
  );
  const job = useJobs((state) => selectJobOf(state, uri));
  const present = useSolve((state) => (state.root === uri ? state.view : loading));
  const status = runStatus(job, present);
  // A tree of problems would say that something is wrong when nothing was looked at yet.
  const shown = status.kind === 'unknown' ? null : shownSolve(job, present);
  return {
    uri,
    name: app?.name ?? shown?.name ?? lastSegment(uri),
    app,
    job,
    isWorking: job !== undefined && isActive(job),
    isProgram: job !== undefined && isProgramRunning(job),
    present,
    status,
    shown,
  };
}

function lastSegment(uri: string): string {
  return (
    uri
      .split('/')
      .findLast((part) => part !== '')
      ?.replace(/\.xml$/, '') ?? uri
  );
}
