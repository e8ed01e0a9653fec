import { describe, expect, it } from 'vitest';
import type { GetOptions, HttpBody } from '../../../../electron/core/ports/http.ts';
import { fetchDocument } from '../../../../electron/services/fetch-document.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const site = 'http://feeds.example.com/a/b.xml';
const mirror = 'https://mirror.example.com';
const copy = `${mirror}/feeds/http/feeds.example.com/a%23b.xml/latest.xml`;

const unreachable = new AppError('network-unreachable', { host: 'feeds.example.com', reason: 'there is no network' });
const older = new AppError('feed-replayed', { feed: site, newTime: 'a', oldTime: 'b' });
const untrusted = new AppError('feed-untrusted', { feed: site, domain: 'feeds.example.com' });

/** Lets promises that are settled have their say. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

interface Pending {
  readonly options: GetOptions;
  answer(text: string): void;
  fail(error: Error): void;
}

function setUp(url = site) {
  const clock = createFakeClock();
  const log = createMemoryLog();
  const asked: string[] = [];
  const pending = new Map<string, Pending>();
  const taken: string[] = [];
  const refusals = new Map<string, Error>();
  const get = (target: string, options: GetOptions): Promise<HttpBody> => {
    asked.push(target);
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new AppError('cancelled', {})));
      options.onProgress?.({ phase: 'waiting', receivedBytes: 0, totalBytes: null });
      pending.set(target, {
        options,
        answer: (text) =>
          resolve({
            url: target,
            bytes: new TextEncoder().encode(text),
            contentType: null,
            validators: null,
            isSame: false,
          }),
        fail: reject,
      });
    });
  };
  const controller = new AbortController();
  const done = fetchDocument(
    { http: { get }, clock, log, mirror },
    {
      url,
      signal: controller.signal,
      take: async (bytes, from) => {
        const text = `${new TextDecoder().decode(bytes)} from ${from}`;
        taken.push(text);
        const refusal = refusals.get(text);
        if (refusal !== undefined) throw refusal;
        return text;
      },
    },
  );
  done.catch(() => {});
  return {
    clock,
    log,
    asked,
    taken,
    refusals,
    done,
    controller,
    begin: (target = url) =>
      pending.get(target)!.options.onProgress?.({ phase: 'connecting', receivedBytes: 0, totalBytes: null }),
    answer: (target: string, text: string) => pending.get(target)!.answer(text),
    fail: (target: string, error: Error) => pending.get(target)!.fail(error),
    isStopped: (target: string) => pending.get(target)!.options.signal!.aborted,
  };
}

describe('fetchDocument', () => {
  it('never asks the mirror when the site answers', async () => {
    const world = setUp();
    world.begin();
    world.clock.advance(4999);
    world.answer(site, 'new');
    expect(await world.done).toEqual({ value: 'new from site', later: null });
    world.clock.advance(60_000);
    await settle();
    expect(world.asked).toEqual([site]);
  });

  it('asks the mirror when the site cannot be reached [O42]', async () => {
    const world = setUp();
    world.fail(site, unreachable);
    await settle();
    expect(world.asked).toEqual([site, copy]);
    world.answer(copy, 'copy');
    expect(await world.done).toEqual({ value: 'copy from mirror', later: null });
    expect(world.log.lines).toEqual(['warn: site not reached, asking the mirror']);
  });

  it('says what is wrong with the site when the mirror does not help either', async () => {
    for (const problem of ['mirror fails', 'mirror is older'] as const) {
      const world = setUp();
      world.refusals.set('copy from mirror', older);
      world.fail(site, unreachable);
      await settle();
      if (problem === 'mirror fails') world.fail(copy, new AppError('http-status', { url: copy, status: 404 }));
      else world.answer(copy, 'copy');
      await expect(world.done).rejects.toBe(unreachable);
    }
  });

  it('takes a no of the person for an answer', async () => {
    const world = setUp();
    world.refusals.set('copy from mirror', untrusted);
    world.fail(site, unreachable);
    await settle();
    world.answer(copy, 'copy');
    await expect(world.done).rejects.toBe(untrusted);
  });

  it.each(['older', 'untrusted'])(
    'does not ask the mirror when the answer of the site is refused (%s)',
    async (kind) => {
      const world = setUp();
      world.refusals.set('new from site', kind === 'older' ? older : untrusted);
      world.answer(site, 'new');
      await expect(world.done).rejects.toBe(kind === 'older' ? older : untrusted);
      expect(world.asked).toEqual([site]);
    },
  );

  it.each([
    'http://127.0.0.1:8080/a.xml',
    'https://samples.zerodesk.invalid/a.xml',
    'http://user:pw@example.com/a.xml',
  ])('has no mirror for %s', async (url) => {
    const world = setUp(url);
    world.begin();
    world.clock.advance(60_000);
    await settle();
    world.fail(url, unreachable);
    await expect(world.done).rejects.toBe(unreachable);
    expect(world.asked).toEqual([url]);
  });

  describe('when the site is slow', () => {
    async function setUpSlow() {
      const world = setUp();
      world.clock.advance(60_000);
      await settle();
      // Waiting for a turn does not count.
      expect(world.asked).toEqual([site]);
      world.begin();
      world.clock.advance(5000);
      await settle();
      expect(world.asked).toEqual([site, copy]);
      return world;
    }

    it('uses the copy of the mirror, and takes the answer of the site when it comes', async () => {
      const world = await setUpSlow();
      world.answer(copy, 'copy');
      const { value, later } = await world.done;
      expect(value).toBe('copy from mirror');
      world.answer(site, 'new');
      expect(await later).toBe('new from site');
      expect(world.taken).toEqual(['copy from mirror', 'new from site']);
    });

    it('only warns when the site fails afterwards', async () => {
      const world = await setUpSlow();
      world.answer(copy, 'copy');
      const { later } = await world.done;
      world.fail(site, unreachable);
      expect(await later).toBeNull();
      expect(world.log.lines.at(-1)).toBe('warn: site answered late, and its answer was not taken');
    });

    it('stops the mirror when the site is first', async () => {
      const world = await setUpSlow();
      world.answer(site, 'new');
      expect(await world.done).toEqual({ value: 'new from site', later: null });
      expect(world.isStopped(copy)).toBe(true);
      expect(world.taken).toEqual(['new from site']);
    });

    it('waits for the mirror when the site fails, and for the site when the mirror fails', async () => {
      const one = await setUpSlow();
      one.fail(site, unreachable);
      await settle();
      one.answer(copy, 'copy');
      expect((await one.done).value).toBe('copy from mirror');

      const two = await setUpSlow();
      two.fail(copy, unreachable);
      await settle();
      two.answer(site, 'new');
      expect((await two.done).value).toBe('new from site');

      const both = await setUpSlow();
      both.fail(copy, new AppError('host-unknown', { host: 'mirror.example.com' }));
      both.fail(site, unreachable);
      await expect(both.done).rejects.toBe(unreachable);
    });

    it('waits for the site when the copy of the mirror is older', async () => {
      const world = await setUpSlow();
      world.refusals.set('copy from mirror', older);
      world.answer(copy, 'copy');
      await settle();
      world.answer(site, 'new');
      expect((await world.done).value).toBe('new from site');
    });

    it('stops both when nobody wants it any more', async () => {
      const world = await setUpSlow();
      world.controller.abort();
      await expect(world.done).rejects.toThrow('cancelled');
      expect(world.isStopped(site) && world.isStopped(copy)).toBe(true);
    });
  });
});
