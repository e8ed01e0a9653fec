import { existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createConditions } from '../../../electron/adapters/conditions/conditions.ts';
import { releaseNotes } from '../../../electron/adapters/notes.ts';
import { createDesk, type Desk } from '../../../electron/desk.ts';
import type { AppName, JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { sampleSiteDir } from '../../helpers/sample-site.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const named = (name: string): AppName => name as AppName;
let home: string;
let env: Env;
let desk: Desk;
const ours = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);

/** Publishes versions of a program, each in a folder of its own that tells what is new. */
function publish(name: string, versions: readonly string[]): void {
  const rows = versions.map((version) => {
    const folder = path.join(home, `${name}-${version}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'run'), `#!/bin/sh\necho ${name} ${version}\n`, { mode: 0o755 });
    writeFileSync(
      path.join(folder, 'NEWS'),
      versions
        .map((each) => `${each}\n  about ${each}\n`)
        .reverse()
        .join('\n'),
    );
    return `<implementation id="i${version}" local-path="${name}-${version}" version="${version}" stability="stable"/>`;
  });
  writeFileSync(
    path.join(home, `${name}.xml`),
    `<?xml version="1.0"?>\n<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><name>${name}</name><summary>x</summary><group main="run">${rows.join('')}</group></interface>\n`,
  );
}

/** A program of that name in `PATH`. */
function tool(name: string, script: string): void {
  writeFileSync(path.join(home, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

async function finish(id: JobId): Promise<JobSnapshot> {
  await desk.jobs.ended(id);
  return desk.jobs.get(id);
}

const versions = async (): Promise<readonly string[]> =>
  (await desk.timeline.apps()).apps.map(({ name, version }) => `${name} ${version}`);

beforeEach(async () => {
  home = tempDir();
  mkdirSync(path.join(home, 'bin'));
  env = {
    HOME: home,
    PATH: `${home}/bin:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  // Whatever this computer is connected and powered by must not matter.
  tool('nmcli', 'exit 1');
  tool('upower', 'exit 1');
  desk = createDesk({
    env,
    version: '0.0.0',
    samplesDir: sampleSiteDir,
    workersDir: null,
    cliDir: path.resolve(import.meta.dirname, '../../../out/cli'),
    log: createMemoryLog(),
  });
  onTestFinished(() => desk.close());
  for (const name of ['one', 'two', 'three']) {
    publish(name, ['1']);
    const { error } = await finish(desk.appJobs.add(name, path.join(home, `${name}.xml`)));
    expect(error).toBeNull();
  }
});

describe('update all', () => {
  it('lists what is new, and one app that fails stops none of the others', async () => {
    publish('one', ['1', '2']);
    publish('three', ['1', '1.5']);
    writeFileSync(path.join(home, 'two.xml'), 'no feed');
    const { rows } = await desk.updates.list();
    const told = rows.map(({ app, version, changes, error }) => [
      app.name,
      version,
      changes.length,
      error?.code ?? null,
    ]);
    expect(told).toEqual([
      ['one', '2', 1, null],
      ['three', '1.5', 1, null],
      ['two', '1', 0, expect.any(String)],
    ]);
    const jobs = await Promise.all(['one', 'two', 'three'].map((name) => desk.updates.take(named(name))));
    const ends = await Promise.all(jobs.map(finish));
    expect(ends.map(({ state }) => state)).toEqual(['done', 'failed', 'done']);
    expect(await versions()).toEqual(['one 2', 'three 1.5', 'two 1']);
  });

  it('tells what is new by the files', async () => {
    publish('one', ['1', '1.1', '2']);
    expect(await desk.updates.news('one')).toEqual({
      isHere: true,
      components: [
        {
          name: 'one',
          from: '1',
          to: '2',
          notes: { file: 'NEWS', text: '2\n  about 2\n\n1.1\n  about 1.1' },
          files: expect.objectContaining({ added: 0, removed: 0, changed: 1 }) as unknown,
        },
      ],
    });
  });

  it('skips an update until there is another', async () => {
    publish('one', ['1', '2']);
    await desk.updates.skip('one');
    expect((await desk.updates.list()).rows[0]?.changes).toEqual([]);
    publish('one', ['1', '2', '3']);
    expect((await desk.updates.list()).rows[0]?.version).toBe('3');
  });

  it('says which apps are held', async () => {
    await desk.timeline.hold('one', null);
    publish('one', ['1', '2']);
    expect((await desk.updates.list()).rows[0]).toMatchObject({ isHeld: true, changes: [] });
  });

  it('goes on when the files of an app are damaged', async () => {
    const file = path.join(home, '.config/0install.net/apps/one/requirements.json');
    writeFileSync(file, '[]');
    publish('two', ['1', '2']);
    const { rows } = await desk.updates.list();
    expect(rows.map(({ app, error }) => [app.name, error?.code ?? null])).toEqual([
      ['one', 'bad-settings'],
      ['three', null],
      ['two', null],
    ]);
    expect((await finish(desk.updates.look())).state).toBe('done');
  });
});

describe('unasked', () => {
  const attempt = (name: string): string => path.join(home, `.config/0install.net/apps/${name}/last-check-attempt`);
  /** As if nothing had been looked at for a year. */
  const age = (): void => {
    for (const name of ['one', 'two', 'three']) {
      const long = Date.now() / 1000 - 365 * 24 * 3600;
      utimesSync(path.join(home, `.config/0install.net/apps/${name}/last-checked`), long, long);
    }
  };
  const look = (): Promise<CommandResult> => ours('update', '--all', '--dry-run', '--background');

  it('looks only for what is due, takes nothing and says nothing', async () => {
    await look();
    expect(existsSync(attempt('one'))).toBe(false);
    age();
    publish('one', ['1', '2']);
    expect(await look()).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(existsSync(attempt('one'))).toBe(true);
    expect(await versions()).toEqual(['one 1', 'three 1', 'two 1']);
  });

  it.each([
    ['nmcli', "printf '100 (connected)\\nyes (guessed)\\n'"],
    ['upower', "printf '  daemon-version: 1\\n  on-battery: yes\\n'"],
  ])('waits where %s says so', async (name, script) => {
    age();
    tool(name, script);
    await look();
    expect(existsSync(attempt('one'))).toBe(false);
    await desk.settings.set({ updatesWhenMetered: true, updatesOnBattery: true });
    await look();
    expect(existsSync(attempt('one'))).toBe(true);
  });
});

describe('how the computer is connected and powered', () => {
  it.each([
    ['100 (connected)\nyes\n\n30 (disconnected)\nno', 'on-battery: no', true, false],
    ['30 (disconnected)\nyes\n\n100 (connected)\nno (guessed)', '  on-battery:   yes', false, true],
    ['100 (connected)\nunknown', 'Daemon:', null, null],
    ['', '', null, null],
  ])('%j, %j', async (network, power, isMetered, isOnBattery) => {
    writeFileSync(path.join(home, 'network'), network);
    writeFileSync(path.join(home, 'power'), power);
    tool('nmcli', 'cat "$HOME/network"');
    tool('upower', 'cat "$HOME/power"');
    expect(await createConditions(env).read()).toEqual({ isMetered, isOnBattery });
  });

  it('is not known where the programs are missing', async () => {
    const conditions = createConditions({ ...env, PATH: path.join(home, 'nowhere') });
    expect(await conditions.read()).toEqual({ isMetered: null, isOnBattery: null });
  });
});

describe('release notes of a stranger', () => {
  it('are read from its own files alone', async () => {
    const directory = path.join(home, 'strange');
    mkdirSync(path.join(directory, 'doc'), { recursive: true });
    writeFileSync(path.join(home, 'NEWS'), 'secret');
    symlinkSync(path.join(home, 'NEWS'), path.join(directory, 'NEWS'));
    expect(await releaseNotes.read(directory, '..')).toBeNull();
    writeFileSync(path.join(directory, 'doc/CHANGES'), Buffer.from([0x31, 0xff, 0xfe]));
    expect(await releaseNotes.read(directory, null)).toBeNull();
    writeFileSync(path.join(directory, 'doc/CHANGES'), '1\n');
    expect(await releaseNotes.read(directory, 'none')).toEqual({ file: 'CHANGES', text: '1\n' });
    expect(readFileSync(path.join(home, 'NEWS'), 'utf8')).toBe('secret');
  });
});
