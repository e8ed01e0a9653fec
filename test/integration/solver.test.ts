import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createSolver } from '../../electron/adapters/solver/in-process.ts';
import { createWorkerSolver, type WorkerLimits } from '../../electron/adapters/solver/worker.ts';
import { escapeName } from '../../electron/core/feed/names.ts';
import { feedText, queryFor, uriOf } from '../helpers/memory-world.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const worker = new URL('../helpers/solve-worker.mjs', import.meta.url);
const endingWorker = new URL('../helpers/ending-worker.mjs', import.meta.url);
const archive = '<archive href="https://example.com/a.tgz" size="10"/>';

/** A home whose feed cache has a program with a library, and one whose selection takes very long. */
function createHome() {
  const paths = createPaths({ ZEROINSTALL_PORTABLE_BASE: tempDir() });
  const host = { ...createHost({ LANG: 'C' }), distribution: 'fallback' };
  const feeds = join(paths.cache[0]!, 'interfaces');
  mkdirSync(feeds, { recursive: true });
  const put = (name: string, body: string) => writeFileSync(join(feeds, escapeName(uriOf(name))), feedText(name, body));
  const needs = (names: readonly string[]) => names.map((name) => `<requires interface="${uriOf(name)}"/>`).join('');
  const program = (name: string, parts: readonly string[]) =>
    put(name, `<implementation id="sha1new=1" version="1" main="x">${needs(parts)}${archive}</implementation>`);
  program('app', ['lib']);
  put('lib', `<implementation id="sha1new=2" version="2">${archive}</implementation>`);

  const pigeons = Array.from({ length: 14 }, (_, pigeon) => `p${pigeon}`);
  program('endless', pigeons);
  for (const [index, name] of pigeons.entries()) {
    const holes = pigeons.slice(1).map((_, hole) => {
      const rules = pigeons
        .slice(index + 1)
        .map((other) => `<restricts interface="${uriOf(other)}" version="!${hole}"/>`);
      return `<implementation id="sha1new=${hole}" version="${hole}">${rules.join('')}${archive}</implementation>`;
    });
    put(name, holes.join(''));
  }
  return { paths, host, put };
}

function startWorker({ paths, host }: ReturnType<typeof createHome>, limits: WorkerLimits = {}, workerUrl = worker) {
  const solver = createWorkerSolver({ workerUrl, paths, host, limits });
  onTestFinished(() => solver.close());
  return solver;
}

describe('the solver in this thread', () => {
  it('gives up a search that takes too long', async () => {
    let looks = 0;
    const clock = { now: () => 1000 * looks++ };
    const solver = createSolver(createSelectWorld(createHome()), { time: { clock, limitMs: 5000 } });
    await expect(solver.select(queryFor('endless'))).rejects.toMatchObject({
      code: 'solve-timeout',
      params: { seconds: 5 },
    });
    expect(looks).toBe(6);
    expect(await solver.select(queryFor('app'))).toMatchObject({ status: 'solved' });
  });
});

describe('the solver in a worker', () => {
  it('answers like the one in this thread', async () => {
    const home = createHome();
    const here = createSolver(createSelectWorld(home));
    const there = startWorker(home);
    const query = queryFor('app');
    const versions = { ...query, role: { interface: uriOf('lib'), isSource: false } };
    const answer = await there.select(query);
    expect(answer).toMatchObject({ status: 'solved', tree: [{ name: 'app' }, { name: 'lib' }] });
    expect(answer).toEqual(await here.select(query));
    expect(await there.versions(versions)).toEqual(await here.versions(versions));
    const explained = { ...versions, which: { text: '2' } };
    expect(await there.explain(explained)).toMatchObject([{ kind: 'selected' }]);
    expect(await there.explain(explained)).toEqual(await here.explain(explained));
    const impossible = { ...query, overrides: { restrictions: { [uriOf('lib')]: '3..' } } };
    expect(await there.conflict(impossible)).toMatchObject({ status: 'conflict', isMinimal: true });
    expect(await there.conflict(impossible)).toEqual(await here.conflict(impossible));
    const compared = { ...query, draft: impossible.overrides };
    expect(await there.compare(compared)).toMatchObject({ changes: [{ from: { version: '2' }, to: null }] });
    expect(await there.compare(compared)).toEqual(await here.compare(compared));
    expect(await there.find(uriOf('lib'), 'sha1new=2')).toMatchObject({ version: '2' });
    expect(await there.owners([uriOf('lib')], ['sha1new=2', 'other'])).toEqual({
      'sha1new=2': { interface: uriOf('lib'), id: 'sha1new=2', name: 'lib', version: '2' },
    });
  });

  it('answers like MiniSat', async () => {
    const home = createHome();
    const second = createSolver(createSelectWorld(home), { sat: 'logic-solver' });
    expect(await second.select(queryFor('app'))).toEqual(await startWorker(home).select(queryFor('app')));
  });

  it('sees changed files', async () => {
    const home = createHome();
    const solver = startWorker(home);
    await solver.select(queryFor('app'));
    home.put('lib', `<implementation id="sha1new=3" version="3">${archive}</implementation>`);
    expect((await solver.select(queryFor('app'))).tree[1]?.implementation?.version).toBe('3');
  });

  it('passes mistakes on', async () => {
    const home = createHome();
    home.put('lib', '<implementation id="a"/>');
    const solver = startWorker(home);
    expect(await solver.select(queryFor('app'))).toMatchObject({ status: 'failed' });
    const versions = { ...queryFor('app'), role: { interface: uriOf('lib'), isSource: false } };
    await expect(solver.versions(versions)).rejects.toMatchObject({ code: 'solve-failed' });
  });

  it('gives up a long selection at once and goes on with the next', async () => {
    const solver = startWorker(createHome());
    const controller = new AbortController();
    const long = solver.select(queryFor('endless'), controller.signal);
    const next = solver.select(queryFor('app'));
    controller.abort();
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
    expect(await next).toMatchObject({ status: 'solved' });
  });

  it('forgets a request that was given up while it waited', async () => {
    const solver = startWorker(createHome());
    const controller = new AbortController();
    const first = solver.select(queryFor('app'));
    const waiting = solver.select(queryFor('endless'), controller.signal);
    const next = solver.select(queryFor('app'));
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await Promise.all([first, next])).toMatchObject([{ status: 'solved' }, { status: 'solved' }]);
    await expect(solver.select(queryFor('app'), controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends a thread that does not stop, and starts another', async () => {
    const solver = startWorker(createHome(), { patienceMs: 0 });
    const controller = new AbortController();
    const long = solver.select(queryFor('endless'), controller.signal);
    controller.abort();
    await expect(long).rejects.toMatchObject({ code: 'cancelled' });
    expect(await solver.select(queryFor('app'))).toMatchObject({ status: 'solved' });
  });

  it('gives up a search that takes too long, and goes on with the next', async () => {
    const solver = startWorker(createHome(), { timeMs: 1, patienceMs: 60_000 });
    const late = solver.select(queryFor('endless'));
    const next = solver.select(queryFor('app'));
    await expect(late).rejects.toMatchObject({ code: 'solve-timeout', params: { seconds: 1 } });
    expect(await next).toMatchObject({ status: 'solved' });
  });

  it('ends a thread that does not look at the clock', async () => {
    const { paths, host } = createHome();
    const options = {
      workerUrl: worker,
      paths,
      host,
      sat: 'logic-solver',
      limits: { timeMs: 1, patienceMs: 0 },
    } as const;
    const solver = createWorkerSolver(options);
    onTestFinished(() => solver.close());
    await expect(solver.select(queryFor('endless'))).rejects.toMatchObject({ code: 'solve-timeout' });
  });

  it('tells when its thread has ended by itself', async () => {
    const solver = startWorker(createHome(), {}, endingWorker);
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(solver.select(queryFor('app'))).rejects.toMatchObject({
        code: 'solver-ended',
        params: { reason: 'it exited with status 3' },
      });
    }
  });

  it('cancels everything when it is closed', async () => {
    const solver = startWorker(createHome());
    const requests = [solver.select(queryFor('endless')), solver.select(queryFor('app'))];
    const outcomes = Promise.allSettled(requests);
    await solver.close();
    expect(await outcomes).toMatchObject([{ reason: { code: 'cancelled' } }, { reason: { code: 'cancelled' } }]);
    await expect(solver.select(queryFor('app'))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
