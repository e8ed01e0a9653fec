import type { AppSummary, InterfaceUri, JobSnapshot } from '../../../shared/model/index.ts';
import { isActive, isProgramRunning, selectJobOf } from '../../stores/jobs-store.ts';
import type { Stores } from '../../stores/stores.tsx';

/** The program that actions are about: the one whose page is open, or the tile that has the focus. */
export interface Subject {
  readonly uri: InterfaceUri;
  readonly name: string;
  /** Null for one that no list knows. */
  readonly app: AppSummary | null;
  readonly job: JobSnapshot | undefined;
  readonly isWorking: boolean;
}

/** @param focused what has the focus */
export function subjectOf(stores: Stores, focused: Element | null): Subject | null {
  const { place } = stores.view.store.getState();
  const { list } = stores.apps.store.getState();
  const apps = list.status === 'ready' ? list.value.apps : [];
  const key = place.page === 'apps' ? focused?.closest('[role=row][data-key]')?.getAttribute('data-key') : undefined;
  const uri = place.page === 'run' ? place.interface : apps.find((app) => app.interface === key)?.interface;
  if (uri === undefined) return null;
  const app = apps.find((one) => one.interface === uri) ?? null;
  const job = selectJobOf(stores.jobs.store.getState(), uri);
  const isWorking = job !== undefined && (isActive(job) || isProgramRunning(job));
  return { uri, name: app?.name ?? uri, app, job, isWorking };
}
