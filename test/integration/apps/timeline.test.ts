import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { feedDomain } from '../../../electron/core/trust/domain.ts';
import { withTrust } from '../../../electron/core/trust/trust-db.ts';
import { createDesk, type Desk } from '../../../electron/desk.ts';
import { createHandlers } from '../../../electron/ipc/handlers.ts';
import { afterTrial, nextTrial } from '../../../shared/bisection.ts';
import { calls, type CallInput, type CallName, type Input, type Output } from '../../../shared/ipc/contract.ts';
import type { AppName, InterfaceUri, JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { publishHello, type HelloVersion } from '../../helpers/hello-updates.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { noShell } from '../../helpers/no-shell.ts';
import { sampleSiteDir, startSampleSite, type SampleSite } from '../../helpers/sample-site.ts';
import { createSigningHome } from '../../helpers/signing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const app = 'hello' as AppName;
let desk: Desk;
let site: SampleSite;
let uri: InterfaceUri;

/** A call as the page makes it: checked on the way in and out. */
async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Output<N>> {
  const handlers = createHandlers(desk, noShell);
  const value = await handlers[name](calls[name].input.parse(input) as Input<N>);
  return calls[name].output.parse(value) as Output<N>;
}

async function finish(id: JobId): Promise<JobSnapshot> {
  await desk.jobs.ended(id);
  return desk.jobs.get(id);
}

/** Publishes versions one by one, and takes each; the broken ones do not start. */
async function live(versions: readonly HelloVersion[]): Promise<void> {
  for (const [index] of versions.entries()) {
    await publishHello(site, versions.slice(0, index + 1));
    const job =
      index === 0
        ? await call('timeline.add', { interface: uri, name: app })
        : await call('apps.download', { interface: uri, refresh: true });
    expect((await finish(job)).error).toBeNull();
  }
}

const versions = async (): Promise<readonly string[]> =>
  (await call('timeline.view', { app })).entries.map(
    ({ number, cause, version, isPresent }) => `${number} ${cause} ${version}${isPresent ? ' now' : ''}`,
  );

/** Runs it as a tile does. */
const run = async (): Promise<JobSnapshot> => finish(await call('apps.run', { interface: uri }));

beforeEach(async () => {
  site = await startSampleSite();
  onTestFinished(() => site.close());
  const home = tempDir();
  mkdirSync(path.join(home, 'bin'));
  desk = createDesk({
    env: {
      HOME: home,
      GNUPGHOME: createSigningHome().home,
      PATH: `${home}/bin:/usr/bin:/bin`,
      LC_ALL: 'C.UTF-8',
      XDG_CONFIG_DIRS: '',
      XDG_CACHE_DIRS: '',
      XDG_DATA_DIRS: '',
    },
    version: '0.0.0',
    samplesDir: sampleSiteDir,
    workersDir: null,
    cliDir: path.resolve(import.meta.dirname, '../../../out/cli'),
    log: createMemoryLog(),
  });
  onTestFinished(() => desk.close());
  await desk.config.write({ keyInfoServer: null });
  uri = `${site.baseUrl}/hello.xml` as InterfaceUri;
  await desk.trustDb.update((db) => withTrust(db, site.key.fingerprint, feedDomain(uri)));
});

describe('an update that breaks the sample app', () => {
  it('is gone back from, without network, and undone', async () => {
    await live([{ version: '1.1' }, { version: '1.2', isBroken: true }]);
    expect(await versions()).toEqual(['2 update 1.2 now', '1 add 1.1']);
    expect((await run()).error?.code).toBe('program-missing');

    await call('settings.set', { networkUse: 'off-line' });
    const asked = site.requests.length;
    await call('timeline.rollback', { app, entry: 1 });
    const job = await run();
    expect([job.error, job.program?.output]).toEqual([null, expect.stringContaining('Hello')]);
    expect(site.requests.length).toBe(asked);
    expect((await call('solve.view', { root: uri })).components[0]?.version).toBe('1.1');
    expect(await call('timeline.view', { app })).toMatchObject({ hold: { until: null }, canUndo: true });

    await call('timeline.undo', { app });
    expect(await versions()).toEqual(['4 change 1.2 now', '3 rollback 1.1', '2 update 1.2', '1 add 1.1']);
    expect(await call('timeline.view', { app })).toMatchObject({ hold: null, canUndo: false });
    expect((await run()).error?.code).toBe('program-missing');
  });

  it('is skipped, and the next one is taken', async () => {
    const broken = [{ version: '1.1' }, { version: '1.2', isBroken: true }];
    await live(broken);
    await call('timeline.skip', { app, entry: 2, until: null });
    expect((await run()).error).toBeNull();
    const update = async () => finish(await call('apps.download', { interface: uri, refresh: true }));
    await update();
    expect((await versions())[0]).toBe('3 rollback 1.1 now');
    await publishHello(site, [...broken, { version: '1.3' }]);
    await update();
    expect((await versions())[0]).toBe('4 update 1.3 now');
    expect((await call('timeline.view', { app })).skips).toEqual([{ name: 'Hello', version: '1.2', until: null }]);
  });

  it('is found by the starts that it takes, and no more', async () => {
    await live(Array.from({ length: 9 }, (_, index) => ({ version: `1.${index + 1}`, isBroken: index >= 5 })));
    let range = { good: 0, bad: 8 };
    let trials = 0;
    for (let index = nextTrial(range); index !== null; index = nextTrial(range)) {
      trials += 1;
      const job = await finish(await call('timeline.run', { app, entry: index + 1 }));
      range = afterTrial(range, index, job.error === null);
    }
    expect([range.bad + 1, trials]).toEqual([6, 3]);
    expect((await versions())[0]).toBe('9 update 1.9 now');
  });
});

describe('the time line', () => {
  it('tells of a start out of the ordinary, and changes nothing by it', async () => {
    await live([{ version: '1.1' }, { version: '1.2' }]);
    const job = await finish(await call('timeline.run', { app, entry: 1 }));
    expect(job.program?.output).toContain('Hello');
    expect(await versions()).toEqual(['2 update 1.2 now', '1 add 1.1']);
  });

  it('lists an app that is damaged apart', async () => {
    await live([{ version: '1.1' }]);
    const config = desk.paths.config[0] ?? '';
    mkdirSync(path.join(config, 'apps/bad/requirements.json'), { recursive: true });
    const { apps, damaged } = await call('timeline.apps', {});
    expect(apps.map(({ name, title, version }) => [name, title, version])).toEqual([['hello', 'Hello', '1.1']]);
    expect(damaged.map(({ name }) => name)).toEqual(['bad']);
    expect((await run()).error).toBeNull();
  });

  it.each([
    ['timeline.view', { app: 'none' }, 'app-missing'],
    ['timeline.rollback', { app, entry: 7 }, 'no-such'],
    ['timeline.undo', { app }, 'not-allowed'],
    ['timeline.skip', { app, entry: 1, until: null }, 'not-allowed'],
    ['timeline.hold', { app, until: '2020-01-01T00:00:00Z' }, 'not-allowed'],
  ] as const)('%s %j is refused: %s', async (name, input, code) => {
    await live([{ version: '1.1' }]);
    await expect(call(name, input as never)).rejects.toMatchObject({ code });
    expect(await versions()).toEqual(['1 add 1.1 now']);
  });

  it('makes no app of a name that is taken or bad, and downloads nothing for it', async () => {
    await live([{ version: '1.1' }]);
    const asked = site.requests.length;
    for (const name of ['hello', '../x', 'a b', '-v', '0install', 'x'.repeat(65)]) {
      const { error } = await finish(await call('timeline.add', { interface: uri, name }));
      expect([name, error?.code]).toEqual([name, name === 'hello' ? 'app-exists' : 'bad-app-name']);
    }
    expect(site.requests.length).toBe(asked);
  });
});
