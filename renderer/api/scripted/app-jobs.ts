import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { AppName, InterfaceUri, JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { uriOf } from './sample-data.ts';
import { withoutUpdate } from './updates.ts';
import type { World } from './world.ts';

type AppJobCall = 'timeline.add' | 'timeline.run' | 'updates.look' | 'updates.take' | 'updates.fetch';

interface Work {
  readonly begin: (job: Partial<JobSnapshot>) => JobId;
  readonly finish: (id: JobId, patch: Partial<JobSnapshot>) => void;
  readonly fetchAll: (id: JobId, uri: InterfaceUri, isRun: boolean) => Promise<void>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly changed: (what: string) => void;
  readonly titleOf: (uri: InterfaceUri) => string;
}

/** The calls about apps that are jobs. */
export function appJobCalls(
  world: World,
  { begin, finish, fetchAll, sleep, changed, titleOf }: Work,
): { readonly [N in AppJobCall]: (input: Input<N>) => Output<N> } {
  const uriOfApp = (app: AppName): InterfaceUri =>
    world.timelines.find((one) => one.app.name === app)?.app.interface ?? uriOf(app);
  return {
    'timeline.add': ({ interface: uri, name }) => {
      const id = begin({ kind: 'app-add', interface: uri, title: name });
      const app = { name: name as AppName, interface: uri, title: titleOf(uri), version: '1.0' };
      const entry = { number: 1, at: '2026-11-22T10:00:00Z', cause: 'add' as const, version: '1.0', changes: [] };
      const timeline = { app, lost: [], hold: null, skips: [], canUndo: false };
      world.timelines = [...world.timelines, { ...timeline, entries: [{ ...entry, isHere: true, isPresent: true }] }];
      void fetchAll(id, uri, false).then(() => changed('timeline'));
      return id;
    },
    'timeline.run': ({ app }) => {
      const uri = uriOfApp(app);
      const id = begin({ kind: 'run', interface: uri, title: titleOf(uri), phase: 'starting' });
      void fetchAll(id, uri, true);
      return id;
    },
    'updates.look': () => {
      const id = begin({ kind: 'app-look', interface: null, title: '', phase: 'refreshing' });
      void sleep(600).then(() => {
        finish(id, { state: 'done' });
        changed('timeline');
      });
      return id;
    },
    'updates.take': ({ app }) => {
      const uri = uriOfApp(app);
      const id = begin({ kind: 'app-update', interface: uri, title: app });
      void fetchAll(id, uri, false).then(() => {
        withoutUpdate(world, app, true);
        changed('timeline');
      });
      return id;
    },
    'updates.fetch': ({ app }) => {
      const uri = uriOfApp(app);
      const id = begin({ kind: 'download', interface: uri, title: app });
      void fetchAll(id, uri, false);
      return id;
    },
  };
}
