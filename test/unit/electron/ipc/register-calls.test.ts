import type { IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { AppError, type Result } from '../../../../shared/errors/app-error.ts';
import { calls, events, type CallName, type Handlers } from '../../../../shared/ipc/contract.ts';
import { registerCalls } from '../../../../electron/ipc/register-calls.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

type Listener = (event: IpcMainInvokeEvent, name: unknown, input: unknown) => Promise<Result<unknown>>;

function setup(handlers: Partial<Handlers>, isTrusted = true) {
  let listener: Listener | null = null;
  const log = createMemoryLog();
  registerCalls(handlers as Handlers, {
    ipcMain: {
      handle: (_channel, given) => {
        listener = given as Listener;
      },
    },
    isTrusted: () => isTrusted,
    log,
    checksOutputs: true,
  });
  const send = (name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!listener) throw new Error('nothing registered');
    return listener({ senderFrame: null } as IpcMainInvokeEvent, name, input);
  };
  return { send, log };
}

describe('the one entry of all calls', () => {
  it('answers with a value', async () => {
    const { send } = setup({ 'jobs.list': () => Promise.resolve([]) });
    expect(await send('jobs.list', {})).toEqual({ ok: true, value: [] });
  });

  it('drops calls of other pages before anything else', async () => {
    let wasCalled = false;
    const { send, log } = setup(
      {
        'jobs.list': () => {
          wasCalled = true;
          return Promise.resolve([]);
        },
      },
      false,
    );
    expect(await send('jobs.list', {})).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
    expect(wasCalled).toBe(false);
    expect(log.lines).toHaveLength(1);
  });

  it.each(['', 'apps', 'apps.nothing', 'toString', '__proto__', 42, null, { name: 'jobs.list' }])(
    'knows no call %o',
    async (name) => {
      const { send } = setup({});
      expect(await send(name, {})).toMatchObject({ ok: false, error: { code: 'no-such' } });
    },
  );

  it.each([
    ['jobs.cancel', { job: '../etc' }],
    ['jobs.cancel', null],
    ['jobs.pause', {}],
    ['jobs.move', { job: 'job-1' }],
    ['jobs.move', { job: 'job-1', before: 3 }],
    ['jobs.retry', { job: '' }],
    ['trust.rehearse', { domain: 'a.example', fingerprint: 'A', change: 'perhaps' }],
    ['trust.restore', { domain: 'a.example', fingerprint: 'A'.repeat(65) }],
    ['settings.set', { maxBytesPerSecond: 0 }],
    ['cache.delete', { items: ['/etc/passwd'] }],
    ['cache.delete', { items: ['0:../../x/y'] }],
    ['link.open', { url: 'file:///etc/passwd' }],
    ['link.open', { url: 'javascript:alert(1)' }],
    ['ratings.set', { fromFeed: 'x', id: 'y', rating: 'best' }],
    ['apps.run', { interface: '', refresh: false }],
    ['solve.explain', { root: 'https://a.example/x', interface: 'https://a.example/x', fromFeed: '', id: 'y' }],
    ['solve.compare', { root: 'https://a.example/x', draft: { ratings: { f: { id: 'best' } } } }],
    ['solve.compare', { root: 'https://a.example/x', draft: { networkUse: 'much' } }],
  ])('refuses bad input for %s: %o', async (name, input) => {
    const { send } = setup({});
    expect(await send(name, input)).toMatchObject({ ok: false, error: { code: 'not-allowed' } });
  });

  it('passes a draft on as it is', async () => {
    const draft = { ratings: { f: { id: null } }, feeds: { i: { added: ['g'] } }, restrictions: { i: '..!2' } };
    const nothing = {
      before: { status: 'solved' },
      after: { status: 'solved' },
      changes: [],
      missingFeeds: [],
      untrustedDomains: [],
    } as const;
    let given: unknown = null;
    const { send } = setup({
      'solve.compare': (input) => {
        given = input.draft;
        return Promise.resolve({ ...nothing, fetchBytes: { before: 0, after: 0 } });
      },
    });
    expect(await send('solve.compare', { root: 'https://a.example/x', draft })).toMatchObject({ ok: true });
    expect(given).toEqual(draft);
  });

  it('turns a problem into data, with its causes', async () => {
    const { send } = setup({
      'cache.list': () => Promise.reject(new AppError('disk-full', { path: '/x' }, { cause: new Error('ENOSPC') })),
    });
    expect(await send('cache.list', {})).toMatchObject({
      ok: false,
      error: { code: 'disk-full', params: { path: '/x' }, causes: [{ code: 'bug', params: { message: 'ENOSPC' } }] },
    });
  });

  it('logs our own mistakes and reports them as a bug', async () => {
    const { send, log } = setup({ 'cache.list': () => Promise.reject(new TypeError('oops')) });
    expect(await send('cache.list', {})).toMatchObject({ ok: false, error: { code: 'bug' } });
    expect(log.lines).toEqual(['error: call failed']);
  });

  it('finds an output that is not what the contract promises', async () => {
    const { send } = setup({ 'jobs.list': () => Promise.resolve([{ id: 'x' }] as never) });
    expect(await send('jobs.list', {})).toMatchObject({ ok: false, error: { code: 'bug' } });
  });
});

describe('the contract', () => {
  it('names every call domain.verb', () => {
    for (const name of [...Object.keys(calls), ...Object.keys(events)]) expect(name).toMatch(/^[a-z]+\.[a-z]+$/);
  });

  it('takes one object as the input of every call', () => {
    for (const name of Object.keys(calls) as CallName[])
      expect(calls[name].input.safeParse('text').success).toBe(false);
  });
});
