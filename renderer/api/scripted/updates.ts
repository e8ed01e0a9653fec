import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { AppName, UpdateList, UpdateNews } from '../../../shared/model/index.ts';
import { uriOf } from './sample-data.ts';

/** What the invented main process knows of updates. */
export interface UpdatesWorld {
  updates: UpdateList;
}

type UpdatesCall = `updates.${'list' | 'skip' | 'news'}`;
type Row = UpdateList['rows'][number];

const row = (name: string, from: string, rest: Partial<Row>): Row => {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const version = rest.version ?? from;
  const changes =
    version === from ? [] : [{ interface: uriOf(name), name: title, from, to: version }, ...(rest.changes ?? [])];
  return {
    app: { name: name as AppName, interface: uriOf(name), title, version: from },
    version,
    downloadBytes: 0,
    isHeld: false,
    error: null,
    ...rest,
    changes,
  };
};

/** Two updates, one app that is as new as can be, and one that has a problem. */
export function sampleUpdates(): UpdateList {
  const toolkit = { interface: uriOf('toolkit'), name: 'Toolkit', from: '3.1.4', to: '3.2' };
  return {
    rows: [
      row('edit', '1.9.6', { version: '1.9.7', changes: [toolkit], downloadBytes: 3_600_000 }),
      row('memo', '2.0', { version: '2.1' }),
      row('filer', '2.5', {}),
      row('listen', '1.1', {
        error: { code: 'no-solution', params: { interface: uriOf('listen'), report: '' }, causes: [] },
      }),
    ],
    isMetered: null,
    isOnBattery: null,
  };
}

const notes =
  '## 2.1 (2026-11-08)\n\n- Notes can be pinned to the top of the list.\n- Much quicker with thousands of notes.\n- Fixed: a note was lost when the disk was full.';

function newsOf(name: string): UpdateNews {
  const isHere = name !== 'edit';
  const files = {
    added: 2,
    removed: 1,
    changed: 14,
    bytesBefore: 1_240_000,
    bytesAfter: 1_310_000,
    runnable: ['bin/memo-import'],
  };
  const memo = { name: 'Memo', from: '2.0', to: '2.1', notes: { file: 'CHANGES.md', text: notes }, files };
  const edit = [
    { name: 'Edit', from: '1.9.6', to: '1.9.7', notes: null, files: null },
    { name: 'Toolkit', from: '3.1.4', to: '3.2', notes: null, files: { ...files, runnable: [] } },
  ];
  return { isHere, components: isHere ? [memo] : edit };
}

/** The calls about updates that are no jobs. */
export function updatesCalls(
  world: UpdatesWorld,
  changed: (what: string) => void,
): { readonly [N in UpdatesCall]: (input: Input<N>) => Output<N> } {
  return {
    'updates.list': () => world.updates,
    'updates.skip': ({ app }) => {
      withoutUpdate(world, app, false);
      changed('timeline');
      return {};
    },
    'updates.news': ({ app }) => newsOf(app),
  };
}

/** Makes an app one with nothing new. */
export function withoutUpdate(world: UpdatesWorld, app: AppName, isTaken: boolean): void {
  const rows = world.updates.rows.map((one) => {
    if (one.app.name !== app) return one;
    const version = isTaken ? one.version : one.app.version;
    return { ...one, app: { ...one.app, version }, version, changes: [], downloadBytes: 0 };
  });
  world.updates = { ...world.updates, rows };
}
