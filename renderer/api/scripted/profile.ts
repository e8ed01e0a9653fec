import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { JobId, JobSnapshot, ProfileItem, ProfilePlan } from '../../../shared/model/index.ts';
import { uriOf } from './sample-data.ts';

type ProfileCall = `profile.${'open' | 'view' | 'apply' | 'export'}`;

interface Work {
  readonly begin: (job: Partial<JobSnapshot>) => JobId;
  readonly finish: (id: JobId, patch: Partial<JobSnapshot>) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

type Line = Pick<ProfileItem, 'kind' | 'subject' | 'wanted' | 'status'> & Partial<ProfileItem>;

const lines: readonly Line[] = [
  {
    kind: 'key',
    subject: 'apps.example.org',
    wanted: 'Grace Publisher <grace@example.org> 1A2B3C4D5E6F708192A3B4C5D6E7F8091A2B3C4D',
    status: 'add',
  },
  { kind: 'policy', subject: uriOf('python'), wanted: 'testing', status: 'conflict', present: 'stable' },
  { kind: 'rating', subject: `${uriOf('memo')} memo-1.9`, wanted: 'buggy', status: 'add' },
  { kind: 'app', subject: 'planner', wanted: 'https://apps.example.org/planner.xml ..!3', status: 'add' },
  { kind: 'app', subject: 'memo', wanted: `${uriOf('memo')} 1.9.1`, status: 'conflict', present: uriOf('memo') },
  {
    kind: 'app',
    subject: 'sudo',
    wanted: 'https://apps.example.org/helper.xml',
    status: 'refused',
    reason: 'there is a command of this name: /usr/bin/sudo',
  },
  { kind: 'program', subject: 'Filer', wanted: uriOf('filer'), status: 'keep', present: uriOf('filer') },
  { kind: 'integration', subject: 'planner', wanted: 'menu', status: 'add' },
];

/** The calls about profiles, of which there is one to be opened. */
export function profileCalls({ begin, finish, sleep }: Work): {
  readonly [N in ProfileCall]: (input: Input<N>) => Output<N>;
} {
  const items = lines.map((line, index): ProfileItem => {
    return { id: String(index), present: null, reason: null, outcome: 'none', error: null, ...line };
  });
  let plan: ProfilePlan = { id: 'plan-1', name: 'office.json', isBundle: false, items };
  return {
    'profile.open': ({ isBundle }) => {
      plan = { ...plan, items, isBundle, name: isBundle ? 'office' : 'office.json' };
      return plan;
    },
    'profile.view': () => plan,
    'profile.apply': ({ items: taken }) => {
      const id = begin({ kind: 'profile-import', title: plan.name });
      void sleep(300).then(() => {
        const done = plan.items.map((item) => (taken.includes(item.id) ? { ...item, outcome: 'done' as const } : item));
        plan = { ...plan, items: done };
        finish(id, { state: 'done' });
      });
      return id;
    },
    'profile.export': ({ isBundle }) => {
      const id = begin({ kind: 'profile-export', title: isBundle ? 'zerodesk-bundle' : 'zerodesk-profile.json' });
      void sleep(300).then(() => finish(id, { state: 'done' }));
      return id;
    },
  };
}
