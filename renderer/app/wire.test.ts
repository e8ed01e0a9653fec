import { describe, expect, it } from 'vitest';
import type { JobId, PrivateNote } from '../../shared/model/index.ts';
import { newJob } from '../api/scripted/jobs.ts';
import { uriOf } from '../api/scripted/sample-data.ts';
import { createNotices } from '../components/Toasts.tsx';
import { createTestWorld, settle, translator } from '../test/render.tsx';
import { announcementFor, wire } from './wire.ts';

describe('announcements', () => {
  const job = newJob('job-1' as JobId, { title: 'Memo', phase: 'downloading' });

  it('say each step once, never each percent', () => {
    expect(announcementFor(translator, job, undefined)).toBe('Downloading Memo');
    expect(announcementFor(translator, { ...job, bytes: 5 }, job)).toBeNull();
    expect(announcementFor(translator, { ...job, phase: 'running' }, job)).toBe('Memo is running');
  });

  it('say why something failed', () => {
    const error = { code: 'host-unknown', params: { host: 'a.example' }, causes: [] } as const;
    expect(announcementFor(translator, { ...job, state: 'failed', error }, job)).toContain('a.example was not found');
  });
});

describe('wire', () => {
  it('follows the main process and says what was freed', async () => {
    const { client, stores } = createTestWorld();
    const notices = createNotices();
    const unwire = wire({ client, stores, translator, notices });
    await settle();
    expect(stores.apps.store.getState().list.status).toBe('ready');
    await stores.cache.clear();
    await settle();
    expect(stores.view.store.getState().announcement).toMatch(/MB freed$/);
    expect(notices.queue.visibleToasts.map(({ content }) => content.text)).toEqual([
      expect.stringMatching(/MB freed$/),
    ]);
    unwire();
  });

  it('tells why a download is this user’s alone', async () => {
    const { client, stores } = createTestWorld();
    const notices = createNotices();
    const listeners: ((why: PrivateNote) => void)[] = [];
    const listening: typeof client = {
      ...client,
      on: (name, listener) => {
        if (name !== 'sharing.private') return client.on(name, listener);
        listeners.push(listener as (why: PrivateNote) => void);
        return () => {};
      },
    };
    wire({ client: listening, stores, translator, notices });
    for (const tell of listeners) tell({ kind: 'refused', code: 'quota' });
    expect(notices.queue.visibleToasts.map(({ content }) => content)).toEqual([
      { tone: 'info', text: 'Stored for you alone: more than one user may store. The Sharing page tells more.' },
    ]);
    await settle();
  });

  it('tells of a failure that is not in view', async () => {
    const { client, stores } = createTestWorld();
    const notices = createNotices();
    wire({ client, stores, translator, notices });
    await settle();
    await stores.apps.run(uriOf('listen'));
    await settle();
    expect(notices.queue.visibleToasts[0]?.content).toMatchObject({ tone: 'danger' });
  });
});
