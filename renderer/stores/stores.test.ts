import { describe, expect, it } from 'vitest';
import type { FeedUrl, JobId, VersionRow } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { newJob, progressAt } from '../api/scripted/jobs.ts';
import { uriOf } from '../api/scripted/sample-data.ts';
import { createTestWorld, settle } from '../test/render.tsx';
import { createAppsStore } from './apps-store.ts';
import { createJobsStore, selectJobOf, selectQuestion, selectWorkload } from './jobs-store.ts';
import { valueOf } from './loadable.ts';
import { createViewStore } from './view-store.ts';

const memo = uriOf('memo');
const edit = uriOf('edit');

describe('apps', () => {
  it('load, run and end in My apps', async () => {
    const { stores, problems } = createTestWorld();
    stores.jobs.start();
    await stores.apps.refresh();
    expect(await stores.apps.run(edit)).toBe('job-1');
    await settle();
    await settle();
    await stores.apps.refresh();
    expect(valueOf(stores.apps.store.getState().list)?.apps.find((app) => app.interface === edit)).toMatchObject({
      isMine: true,
      state: 'ready',
    });
    expect(selectJobOf(stores.jobs.store.getState(), edit)?.state).toBe('done');
    expect(problems).toEqual([]);
  });

  it('keep a list that was there when a later request fails', async () => {
    const { client, stores, problems } = createTestWorld();
    await stores.apps.refresh();
    const failing: Client = {
      ...client,
      call: async () => ({ ok: false, error: { code: 'disk-full', params: { path: '/' }, causes: [] } }),
    };
    const store = createAppsStore(
      failing,
      (error) => problems.push(error),
      () => {},
    );
    store.store.setState({ list: stores.apps.store.getState().list });
    await store.refresh();
    expect(store.store.getState().list.status).toBe('ready');
    expect(problems.map(({ code }) => code)).toEqual(['disk-full']);
  });

  it('drop an answer that a later request overtook', async () => {
    const { client } = createTestWorld();
    const waiting: ((value: unknown) => void)[] = [];
    const slow: Client = { ...client, call: () => new Promise((resolve) => waiting.push(resolve as never)) };
    const { store, refresh } = createAppsStore(
      slow,
      () => {},
      () => {},
    );
    const both = [refresh(), refresh()];
    const answer = (name: string) => ({ ok: true, value: { apps: [], sources: [{ name }] } });
    waiting[1]!(answer('new'));
    waiting[0]!(answer('old'));
    await Promise.all(both);
    expect(valueOf(store.getState().list)?.sources[0]?.name).toBe('new');
  });

  it('report what could not begin', async () => {
    const { stores, problems } = createTestWorld();
    expect(await stores.apps.add('https://example.org/page' as typeof memo)).toBe(false);
    expect(problems.map(({ code }) => code)).toEqual(['feed-not-a-feed']);
  });
});

describe('jobs', () => {
  it('take over what was there and what came meanwhile, in order', async () => {
    const { client } = createTestWorld('history');
    const jobs = createJobsStore(client, () => {});
    const stop = jobs.start();
    await settle();
    expect(jobs.store.getState().jobs.map(({ id }) => id)).toEqual([
      'job-1',
      'job-2',
      'job-3',
      'job-4',
      'job-5',
      'job-6',
    ]);
    await jobs.dismiss('job-1' as JobId);
    expect(jobs.store.getState().jobs).toHaveLength(5);
    stop();
  });

  it('answer questions: trusted goes on, refused fails', async () => {
    const { stores } = createTestWorld('trust');
    stores.jobs.start();
    await settle();
    const question = selectQuestion(stores.jobs.store.getState());
    expect(question?.title).toBe('Edit');
    await stores.jobs.answer(question!.id, []);
    expect(selectQuestion(stores.jobs.store.getState())).toBeUndefined();
    expect(selectJobOf(stores.jobs.store.getState(), edit)?.error?.code).toBe('feed-untrusted');
  });

  it('sum up the transfers that go on [O10]', () => {
    const row = (share: number) => ({
      key: String(share),
      kind: 'feed' as const,
      title: '',
      detail: '',
      progress: progressAt(1_000_000, share),
    });
    const job = newJob('job-1' as JobId, { downloads: [row(0.5), row(2)], progress: progressAt(2_000_000, 0.5) });
    expect(selectWorkload({ jobs: [job] })).toEqual({
      count: 1,
      bytesPerSecond: 2_400_000,
      secondsLeft: 1_000_000 / 2_400_000,
    });
    expect(selectWorkload({ jobs: [{ ...job, state: 'done' }] })).toBeNull();
  });

  it('prefer the work going on over what is finished', () => {
    const job = (number: number, state: 'running' | 'done') =>
      newJob(`job-${number}` as JobId, { interface: memo, state });
    expect(selectJobOf({ jobs: [job(1, 'running'), job(2, 'done')] }, memo)?.id).toBe('job-1');
    expect(selectJobOf({ jobs: [job(1, 'done'), job(2, 'done')] }, memo)?.id).toBe('job-2');
  });
});

describe('solve', () => {
  const python = { root: memo, interface: uriOf('python'), isSource: false };

  it('a rating changes what is chosen', async () => {
    const { stores } = createTestWorld();
    await stores.solve.open(memo);
    await stores.solve.inspect(python);
    const chosen = () => valueOf(stores.solve.store.getState().versions)?.rows.find((row) => row.isSelected);
    expect(chosen()?.version).toBe('3.13.9');
    await stores.solve.rate(chosen()!, 'buggy');
    expect(chosen()?.version).toBe('3.12.12');
    const view = valueOf(stores.solve.store.getState().view);
    expect(view?.components.find((row) => row.interface === python.interface)?.version).toBe('3.12.12');
  });

  it('keeps what is in view while it is asked for again, and begins anew for another program', async () => {
    const { stores } = createTestWorld();
    await stores.solve.open(memo);
    const again = stores.solve.open(memo);
    expect(stores.solve.store.getState().view.status).toBe('ready');
    await again;
    const other = stores.solve.open(edit);
    expect(stores.solve.store.getState().view.status).toBe('loading');
    await other;
  });

  it('hands a problem with a new feed to the form', async () => {
    const { stores, problems } = createTestWorld();
    await stores.solve.inspect(python);
    expect((await stores.solve.addFeed(python.interface, 'nonsense'))?.code).toBe('bad-url');
    expect(await stores.solve.addFeed(python.interface, '/home/ada/python.xml')).toBeNull();
    expect(valueOf(stores.solve.store.getState().feeds)?.map(({ url }) => url)).toContain(
      '/home/ada/python.xml' as FeedUrl,
    );
    expect(problems).toEqual([]);
  });

  it('reports a rating that could not be kept', async () => {
    const { client } = createTestWorld();
    const problems: string[] = [];
    const { createSolveStore } = await import('./solve-store.ts');
    const failing: Client = {
      ...client,
      call: async () => ({ ok: false, error: { code: 'disk-full', params: { path: '/' }, causes: [] } }),
    };
    await createSolveStore(
      failing,
      (error) => problems.push(error.code),
      () => {},
    ).rate({ fromFeed: '', id: '' } as unknown as VersionRow, null);
    expect(problems).toEqual(['disk-full']);
  });
});

describe('settings', () => {
  it('show a change at once and go back when it is refused [O22]', async () => {
    const { client, stores, problems } = createTestWorld();
    await stores.settings.refresh();
    const theme = () => valueOf(stores.settings.store.getState().settings)?.theme;
    const change = stores.settings.change({ theme: 'dark' });
    expect(theme()).toBe('dark');
    await change;
    const { createSettingsStore } = await import('./settings-store.ts');
    const failing: Client = {
      ...client,
      call: async () => ({ ok: false, error: { code: 'disk-full', params: { path: '/' }, causes: [] } }),
    };
    const broken = createSettingsStore(failing, (error) => problems.push(error));
    broken.store.setState({ settings: stores.settings.store.getState().settings });
    await broken.change({ theme: 'light' });
    expect(valueOf(broken.store.getState().settings)?.theme).toBe('dark');
    expect(problems).toHaveLength(1);
  });
});

describe('cache', () => {
  it('deletes what was picked', async () => {
    const { stores } = createTestWorld();
    stores.jobs.start();
    await stores.cache.refresh();
    const [item] = valueOf(stores.cache.store.getState().listing)!.items;
    await stores.cache.remove([item!.id]);
    await settle();
    await stores.cache.refresh();
    expect(valueOf(stores.cache.store.getState().listing)?.items.some(({ id }) => id === item!.id)).toBe(false);
    expect(stores.jobs.store.getState().jobs.at(-1)).toMatchObject({ state: 'done', bytes: item!.sizeBytes });
  });

  it('measures what items free together, and cleans up what a plan shows', async () => {
    const { stores } = createTestWorld();
    await stores.cache.refresh();
    const { items } = valueOf(stores.cache.store.getState().listing)!;
    const pythons = items.filter(({ name }) => name === 'Python');
    const alone = await Promise.all(pythons.map(({ id }) => stores.cache.measure([id])));
    expect(alone).toEqual(pythons.map(({ freedBytes }) => freedBytes));
    const together = await stores.cache.measure(pythons.map(({ id }) => id));
    expect(together).toBeGreaterThan(alone[0]! + alone[1]!);

    const plan = valueOf(await stores.cache.plan(0))!;
    await stores.cache.cleanUp(
      plan.items.map(({ id }) => id),
      0,
    );
    await settle();
    await stores.cache.refresh();
    const left = valueOf(stores.cache.store.getState().listing)!.items.map(({ id }) => id);
    expect(left).toHaveLength(items.length - plan.items.length);
  });
});

describe('the view', () => {
  it('goes places and back', () => {
    const view = createViewStore();
    view.go({ page: 'storage' });
    view.go({ page: 'run', interface: memo });
    view.go({ page: 'run', interface: memo });
    expect(view.store.getState().past).toHaveLength(2);
    view.back();
    expect(view.store.getState().place).toEqual({ page: 'storage' });
  });

  it('shows the programs when one searches [W3]', () => {
    const view = createViewStore();
    view.go({ page: 'storage' });
    view.search('ed');
    expect(view.store.getState()).toMatchObject({ search: 'ed', place: { page: 'apps' } });
  });
});

describe('the speed of the last minute', () => {
  const loading = (bytesPerSecond: number) => {
    const progress = { ...progressAt(10_000_000, 0.4), bytesPerSecond };
    return newJob('job-1' as JobId, {
      downloads: [{ key: 'a', kind: 'implementation', title: '', detail: '', progress }],
    });
  };

  it('is noted once a second, goes back sixty seconds, and is forgotten after a minute of rest', () => {
    const { jobs } = createTestWorld().stores;
    jobs.noteRate();
    expect(jobs.store.getState().rates).toEqual([]);
    jobs.store.setState({ jobs: [loading(1000)] });
    jobs.noteRate();
    jobs.store.setState({ jobs: [{ ...loading(2000), isPaused: true }] });
    jobs.noteRate();
    expect(jobs.store.getState().rates).toEqual([1000, 0]);
    for (let second = 0; second < 58; second += 1) jobs.noteRate();
    expect(jobs.store.getState().rates).toHaveLength(60);
    jobs.noteRate();
    expect(jobs.store.getState().rates).toEqual([]);
  });
});

describe('trying again', () => {
  it('puts the new job in the place of the one that failed', async () => {
    const { stores, client } = createTestWorld('queue');
    stores.jobs.start();
    await settle();
    await stores.jobs.retry('job-5' as JobId);
    const { jobs } = stores.jobs.store.getState();
    expect(jobs.some(({ id }) => id === 'job-5')).toBe(false);
    expect(jobs.at(-1)).toMatchObject({ id: 'job-8', title: 'Sketch', error: null });
    expect(client.log).toContain('jobs.retry {"job":"job-5"}');
  });
});

describe('trusted keys', () => {
  it('are rehearsed, removed and restored, and only the last question is answered', async () => {
    const { trust } = createTestWorld().stores;
    await trust.refresh();
    const { domains } = trust.store.getState();
    const [first, second] = domains.status === 'ready' ? domains.value : [];
    const subjectOf = ({ domain, keys }: NonNullable<typeof first>) =>
      ({ domain, key: keys[0]!, change: 'remove' }) as const;
    const [old, latest] = [subjectOf(first!), subjectOf(second!)];
    await Promise.all([trust.rehearse(old), trust.rehearse(latest)]);
    expect(trust.store.getState().rehearsal?.subject).toBe(latest);
    trust.endRehearsal();

    await trust.remove(latest.domain, latest.key);
    expect(trust.store.getState().removed).toEqual({ domain: latest.domain, key: latest.key });
    await trust.restore();
    expect(trust.store.getState()).toMatchObject({ removed: null, domains });
  });
});
