import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createDesk } from '../../../electron/desk.ts';
import { prettyName } from '../../../electron/core/feed/names.ts';
import { createHandlers } from '../../../electron/ipc/handlers.ts';
import { calls } from '../../../shared/ipc/contract.ts';
import { runCommand, runZerodesk, type CommandResult, type Env } from '../../helpers/desk-world.ts';
import { publishHello } from '../../helpers/hello-updates.ts';
import { hasReference } from '../../helpers/reference.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { noShell } from '../../helpers/no-shell.ts';
import { sampleSiteDir, startSampleSite, type SampleSite } from '../../helpers/sample-site.ts';
import { createSigningHome } from '../../helpers/signing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { describeTree } from '../../helpers/tree.ts';

let site: SampleSite;

/** A person with a home. */
function createPerson() {
  const home = tempDir();
  mkdirSync(path.join(home, 'bin'));
  mkdirSync(path.join(home, '.config/0install.net/injector'), { recursive: true });
  writeFileSync(
    path.join(home, '.config/0install.net/injector/global'),
    '[global]\nauto_approve_keys = False\nkey_info_server = \n',
  );
  const env: Env = {
    HOME: home,
    GNUPGHOME: createSigningHome().home,
    PATH: `${home}/bin:/usr/bin:/bin`,
    LC_ALL: 'C.UTF-8',
    XDG_CONFIG_DIRS: '',
    XDG_CACHE_DIRS: '',
    XDG_DATA_DIRS: '',
  };
  const run = (...args: readonly string[]): Promise<CommandResult> => runZerodesk(env, ['--console', ...args]);
  return { home, env, run, config: path.join(home, '.config/0install.net') };
}
type Person = ReturnType<typeof createPerson>;

const empty = {
  format: 'zerodesk-profile',
  version: 1,
  apps: [],
  programs: [],
  policies: [],
  feeds: [],
  ratings: [],
  keys: [],
};
const app = { name: 'hello', interface: 'https://a.test/x.xml', command: 'run', restrictions: {}, integrations: [] };

beforeEach(async () => {
  site = await startSampleSite();
  onTestFinished(() => site.close());
  await publishHello(site, [{ version: '1.0' }, { version: '1.1' }]);
});

/** Somebody with an app, a restriction, a rating and an entry in the menu. */
async function createOwner(): Promise<Person> {
  const owner = createPerson();
  const uri = `${site.baseUrl}/hello.xml`;
  const yes = (...args: readonly string[]) => runZerodesk(owner.env, ['--console', ...args], 'y\ny\n');
  expect((await yes('add', 'hello', uri, '--before=2')).stderr).not.toContain('could not');
  expect((await owner.run('integrate', 'hello', '--menu')).status).toBe(0);
  const feed = path.join(owner.config, 'injector/feeds');
  mkdirSync(feed, { recursive: true });
  writeFileSync(
    path.join(feed, prettyName(uri, 'posix')),
    `<?xml version="1.0"?><feed-preferences xmlns="http://zero-install.sourceforge.net/2004/injector/interface"><implementation id="hello-1.0" user-stability="buggy"/></feed-preferences>`,
  );
  return owner;
}

describe('a profile', () => {
  it('is taken to another computer, after a look, and is nothing new the second time', async () => {
    const owner = await createOwner();
    const file = path.join(owner.home, 'mine.json');
    expect((await owner.run('export-profile', file)).status).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toEqual({
      ...empty,
      apps: [
        {
          name: 'hello',
          interface: `${site.baseUrl}/hello.xml`,
          command: 'run',
          restrictions: { [`${site.baseUrl}/hello.xml`]: '..!2' },
          integrations: ['menu'],
        },
      ],
      ratings: [{ feed: `${site.baseUrl}/hello.xml`, id: 'hello-1.0', rating: 'buggy' }],
      keys: [
        expect.objectContaining({
          fingerprint: site.key.fingerprint,
          domains: [new URL(site.baseUrl).host],
        }) as unknown,
      ],
    });
    expect((await owner.run('export-profile', '-')).stdout).toBe(text);

    const other = createPerson();
    const before = describeTree(other.config);
    const { stdout } = await other.run('import-profile', '--dry-run', file);
    expect(stdout).toContain('* add       app          hello');
    expect(stdout).toContain('  add       key          ');
    expect(describeTree(other.config)).toEqual(before);
    // Nobody has said yes.
    expect((await other.run('import-profile', file)).status).toBe(1);
    expect(describeTree(other.config)).toEqual(before);

    const result = await other.run('import-profile', '--yes', '--trust', file);
    expect([result.status, result.stderr]).toEqual([0, '']);
    expect((await other.run('run', 'hello')).stdout).toContain('Hello');
    expect((await other.run('show', 'hello')).stdout).toContain('Version: 1.1');
    expect((await other.run('integrate', '--list')).stdout).toContain('menu');
    expect((await other.run('export-profile', '-')).stdout).toBe(text);
    const again = JSON.parse((await other.run('import-profile', '--json', '--yes', file)).stdout) as {
      readonly items: readonly { readonly status: string }[];
    };
    expect(new Set(again.items.map(({ status }) => status))).toEqual(new Set(['keep']));
  });

  it('replaces what is different only when asked', async () => {
    const owner = await createOwner();
    const file = path.join(owner.home, 'theirs.json');
    await owner.run('export-profile', file);
    writeFileSync(file, readFileSync(file, 'utf8').replace('..!2', '..!1.1').replace('"buggy"', '"insecure"'));
    const kept = await owner.run('import-profile', '--yes', file);
    expect(kept.stdout).toContain('  conflict  app          hello');
    expect((await owner.run('show', 'hello')).stdout).toContain('Version: 1.1');
    const { stdout } = await owner.run('import-profile', '--yes', '--replace', file);
    expect(stdout).toContain('(here: buggy)');
    // 1.0 is insecure by now, so the app has no version: that is told, and the app stays as it is.
    expect((await owner.run('show', 'hello')).stdout).toContain('Version: 1.1');
    expect((await owner.run('export-profile', '-')).stdout).toContain('"insecure"');
  });
});

describe('in the window', () => {
  it('a file that was chosen is looked at, taken in parts, and named by nothing but its plan', async () => {
    const owner = await createOwner();
    const file = path.join(owner.home, 'mine.json');
    const other = createPerson();
    const desk = createDesk({
      env: other.env,
      version: '0',
      samplesDir: sampleSiteDir,
      workersDir: null,
      cliDir: path.resolve(import.meta.dirname, '../../../out/cli'),
      log: createMemoryLog(),
    });
    onTestFinished(() => desk.close());
    const chosen = [null, file];
    const handlers = createHandlers(desk, {
      ...noShell,
      chooseProfile: () => Promise.resolve(chosen.shift() ?? null),
      chooseTarget: () => Promise.resolve(path.join(other.home, 'again.json')),
    });
    await owner.run('export-profile', file);
    expect(await handlers['profile.open']({ isBundle: false })).toBeNull();
    const plan = calls['profile.open'].output.parse(await handlers['profile.open']({ isBundle: false }));
    const keys = (plan?.items ?? []).filter(({ kind }) => kind === 'key' || kind === 'app').map(({ id }) => id);
    const id = plan?.id ?? '';
    const job = await handlers['profile.apply']({ plan: id, items: keys });
    await desk.jobs.ended(job);
    expect(desk.jobs.get(job).error).toBeNull();
    const { items } = await handlers['profile.view']({ plan: id });
    expect(items.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual([
      'key done',
      'rating none',
      'app done',
      'integration none',
    ]);
    await expect(handlers['profile.apply']({ plan: 'plan-9', items: [] })).rejects.toMatchObject({ code: 'no-such' });
    const written = await handlers['profile.export']({ isBundle: false });
    if (written !== null) await desk.jobs.ended(written);
    expect(readFileSync(path.join(other.home, 'again.json'), 'utf8')).toContain('"name": "hello"');
  });
});

describe('an offline bundle', () => {
  it('brings all that is needed, without network', async () => {
    const owner = await createOwner();
    const bundle = path.join(owner.home, 'stick');
    expect((await owner.run('export-profile', '--bundle', bundle)).stderr).toBe('');
    expect((await owner.run('export-profile', '--bundle', bundle)).stderr).toContain('is there already');
    expect(readdirSync(owner.home).filter((name) => name.startsWith('.stick'))).toEqual([]);
    const asked = site.requests.length;
    const other = createPerson();
    const result = await other.run('import-profile', '--yes', '--trust', '--offline', bundle);
    expect([result.status, result.stderr]).toEqual([0, '']);
    expect((await other.run('run', '--offline', 'hello')).stdout).toContain('Hello');
    expect(site.requests.length).toBe(asked);
  });

  it.skipIf(!hasReference())('has feeds that the reference imports one by one', async () => {
    const owner = await createOwner();
    const bundle = path.join(owner.home, 'stick');
    await owner.run('export-profile', '--bundle', bundle);
    const other = createPerson();
    // It asks about the key, so it is trusted first, by ours.
    writeFileSync(
      path.join(other.config, 'injector/trustdb.xml'),
      `<?xml version="1.0"?><trusted-keys xmlns="http://zero-install.sourceforge.net/2007/injector/trust"><key fingerprint="${site.key.fingerprint}"><domain value="${new URL(site.baseUrl).host}"/></key></trusted-keys>`,
    );
    const [feed = ''] = readdirSync(path.join(bundle, 'feeds')).filter((name) => name.endsWith('.xml'));
    const { status, stderr } = await runCommand('0install', other.env, [
      '--console',
      'import',
      path.join(bundle, 'feeds', feed),
    ]);
    expect([status, stderr]).toEqual([0, '']);
    expect((await other.run('list')).stdout).toContain('hello.xml');
  });

  it('that was changed on the way brings nothing of what was changed', async () => {
    const owner = await createOwner();
    const bundle = path.join(owner.home, 'stick');
    await owner.run('export-profile', '--bundle', bundle);
    const [feed = ''] = readdirSync(path.join(bundle, 'feeds')).filter((name) => name.endsWith('.xml'));
    const file = path.join(bundle, 'feeds', feed);
    writeFileSync(file, readFileSync(file, 'utf8').replace('<name>Hello', '<name>Jello'));
    const archives = path.join(bundle, 'implementations');
    const [archive = ''] = readdirSync(archives);
    writeFileSync(
      path.join(archives, `sha256new_${'A'.repeat(52)}.tar.gz`),
      readFileSync(path.join(archives, archive)),
    );
    writeFileSync(path.join(archives, 'sha256new_..%2f.tar.gz'), 'x');
    const secret = path.join(owner.home, 'secret');
    writeFileSync(secret, 'mine');
    symlinkSync(secret, path.join(archives, `sha256new_${'B'.repeat(52)}.tar.gz`));
    const other = createPerson();
    const { status, stderr } = await other.run('import-profile', '--yes', '--trust', '--offline', bundle);
    expect(status).toBe(1);
    expect(stderr).toMatch(/changed after signing|does not match its signature/);
    expect(stderr).toContain('not what the feed promises');
    expect(existsSync(path.join(other.config, 'apps/hello'))).toBe(false);
    const store = path.join(other.home, '.cache/0install.net/implementations');
    expect(readdirSync(store)).toEqual([archive.replace('.tar.gz', '')]);
  });

  it('is asked about a key that was not taken over, and believes nothing without', async () => {
    const owner = await createOwner();
    const bundle = path.join(owner.home, 'stick');
    await owner.run('export-profile', '--bundle', bundle);
    const other = createPerson();
    const { status } = await other.run('import-profile', '--yes', '--offline', bundle);
    expect(status).toBe(1);
    expect(existsSync(path.join(other.config, 'injector/trustdb.xml'))).toBe(false);
    expect((await other.run('list')).stdout).toBe('');
  });
});

describe('a profile from an attacker', () => {
  const big = 'x'.repeat(5000);
  it.each([
    ['no JSON', 'hello', 'it is not JSON'],
    ['another format', '{"format":"other"}', 'format'],
    ['a newer version', JSON.stringify({ ...empty, version: 2 }), 'version'],
    ['something unknown', JSON.stringify({ ...empty, run: 'rm' }), 'run'],
    [
      'a program of this computer',
      JSON.stringify({ ...empty, apps: [{ ...app, interface: '/tmp/evil.xml' }] }),
      'interface',
    ],
    [
      'a script',
      JSON.stringify({ ...empty, programs: [{ interface: 'javascript:1', name: 'x', integrations: [] }] }),
      'interface',
    ],
    ['a path as a name', JSON.stringify({ ...empty, apps: [{ ...app, name: '../../bin/x' }] }), 'name'],
    ['an option as a name', JSON.stringify({ ...empty, apps: [{ ...app, name: '--help' }] }), 'name'],
    [
      'a line in a name',
      JSON.stringify({ ...empty, programs: [{ interface: app.interface, name: 'a\nb', integrations: [] }] }),
      'name',
    ],
    [
      'a feed of this computer',
      JSON.stringify({ ...empty, feeds: [{ interface: app.interface, feed: 'file:///x' }] }),
      'feed',
    ],
    [
      'a key that is none',
      JSON.stringify({ ...empty, keys: [{ fingerprint: 'AB', name: null, domains: ['a.test'] }] }),
      'fingerprint',
    ],
    [
      'a domain that is none',
      JSON.stringify({ ...empty, keys: [{ fingerprint: 'A'.repeat(40), name: null, domains: ['*'] }] }),
      'domains',
    ],
    ['an alias', JSON.stringify({ ...empty, apps: [{ ...app, integrations: ['alias'] }] }), 'integrations'],
    [
      'too long a name',
      JSON.stringify({ ...empty, programs: [{ interface: app.interface, name: big, integrations: [] }] }),
      'name',
    ],
    [
      'too many apps',
      JSON.stringify({ ...empty, apps: Array.from({ length: 501 }, (_, index) => ({ ...app, name: `a${index}` })) }),
      'apps',
    ],
    ['two apps of a name', JSON.stringify({ ...empty, apps: [app, app] }), 'two apps'],
    ['too much', ' '.repeat(5 * 1024 * 1024), 'larger than'],
  ])('%s is refused by name, and nothing is written', async (_what, text, word) => {
    const { home, run, config } = createPerson();
    const file = path.join(home, 'evil.json');
    writeFileSync(file, text);
    const before = describeTree(config);
    const { status, stdout, stderr } = await run('import-profile', '--yes', '--trust', '--replace', file);
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(word) as unknown]);
    expect(stderr).toContain('evil.json');
    expect(describeTree(config)).toEqual(before);
  });

  it('puts no program in the place of a command, and no restriction that is none', async () => {
    const { home, run, config } = createPerson();
    const file = path.join(home, 'evil.json');
    const restrictions = { 'https://a.test/x.xml': '1..2' };
    const apps = [
      { ...app, name: 'env' },
      { ...app, name: 'x', restrictions },
    ];
    writeFileSync(file, JSON.stringify({ ...empty, apps }));
    const { status, stdout } = await run('import-profile', '--yes', '--trust', '--replace', file);
    expect(status).toBe(0);
    expect(stdout).toContain('there is a command of this name: /usr/bin/env');
    expect(stdout).toContain('End of range must be exclusive');
    expect(existsSync(path.join(config, 'apps'))).toBe(false);
  });

  it('is no folder without a profile, nor anything else', async () => {
    const { home, run } = createPerson();
    mkdirSync(path.join(home, 'folder'));
    for (const name of ['folder', 'nowhere']) {
      expect((await run('import-profile', path.join(home, name))).stderr).toContain('does not exist');
    }
    rmSync(path.join(home, 'folder'), { recursive: true });
  });
});
