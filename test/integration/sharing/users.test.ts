import * as fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIsland, hasIslands, islandProgram, type Island, type IslandResult } from '../../helpers/island.ts';
import { hasReference } from '../../helpers/reference.ts';
import { makeTarGz } from '../../helpers/make-tar.ts';
import { handOver, type HandedTree } from '../../helpers/sharing.ts';

const store = '/var/cache/0install.net/implementations';
const usage = '/var/cache/0install.net/usage';

describe.skipIf(!hasIslands())('users who do not trust each other', () => {
  let island: Island;
  const desk = (user: string, ...args: readonly string[]): Promise<IslandResult> =>
    island.run(user, [`${islandProgram}/bin/0desk`, ...args]);
  const helper = (user: string, cwd: string, args: readonly string[], env = {}): Promise<IslandResult> =>
    island.run(user, ['0store-secure-add-helper', ...args], { cwd, env });

  /** Makes a tree in somebody's home, with its manifest. */
  const treeOf = async (user: string, name: string, text = name): Promise<HandedTree & { readonly place: string }> => {
    const place = `/home/${user}/${name}`;
    const made = await handOver(island.outside(place), [
      { path: 'run', type: 'file', contentUtf8: `#!/bin/sh\necho ${text}\n`, mode: '0755', mtime: 1_600_000_000 },
      { path: 'data', type: 'dir' },
      { path: 'data/more', type: 'file', contentUtf8: text, mode: '0644', mtime: 1_600_000_000 },
    ]);
    const { stdout } = await island.run('root', ['id', '-u', user]);
    const uid = Number(stdout);
    for (const file of ['', 'run', 'data', 'data/more', '.manifest']) {
      fs.lchownSync(island.outside(path.posix.join(place, file)), uid, uid);
    }
    return { ...made, place };
  };
  /** The same without a manifest, as a publisher has it. */
  const plainTreeOf: typeof treeOf = async (user, name) => {
    const tree = await treeOf(user, name);
    fs.rmSync(island.outside(`${tree.place}/.manifest`));
    return tree;
  };
  const stored = (): readonly string[] => fs.readdirSync(island.outside(store)).sort();
  const good = { status: 0, stdout: '', stderr: '' };

  beforeAll(async () => {
    island = await createIsland(['alice', 'bob', 'charlie']);
  });
  afterAll(() => {
    island.close();
  });

  it('is set up in the steps that status tells, and is ready then', async () => {
    const before = await desk('alice', 'share', 'status', '--json');
    expect(JSON.parse(before.stdout)).toMatchObject({ health: { state: 'not-set-up', helperPath: null } });
    expect(await desk('alice', 'share', 'setup', '--apply')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('only root') as string,
    });
    const printed = await desk('alice', 'share', 'setup');
    expect(printed.stdout).toContain('useradd --system');
    expect(printed.stdout).toContain('NOPASSWD: /usr/local/lib/zerodesk/0store-secure-add');

    const setup = await desk('root', 'share', 'setup', '--apply');
    expect(setup.stderr).toBe('');
    expect(setup.stdout).toContain('Sharing: ready');
    expect(setup.status).toBe(0);
    for (const user of ['alice', 'root']) {
      const after = JSON.parse((await desk(user, 'share', 'status', '--json')).stdout) as { health: unknown };
      expect(after.health).toMatchObject({ state: 'ready', isOwnHelper: true });
    }
  });

  it('the helper takes the working directory of a closed home, and keeps what is there', async () => {
    const tree = await treeOf('alice', 'first');
    expect(await helper('alice', tree.place, [tree.digest], { ENV_NOT_CLEARED: 'Unclean', HOME: 'Unclean' })).toEqual(
      good,
    );
    expect(stored()).toEqual([tree.digest]);
    const owner = (file: string): string => {
      const { uid, mode } = fs.lstatSync(island.outside(path.posix.join(store, tree.digest, file)));
      return `${uid === fs.lstatSync(island.outside(store)).uid ? 'helper' : uid} ${(mode & 0o7777).toString(8)}`;
    };
    expect(['', 'run', 'data', 'data/more', '.manifest'].map(owner)).toEqual([
      'helper 555',
      'helper 555',
      'helper 555',
      'helper 444',
      'helper 444',
    ]);
    expect(await helper('bob', '/', [tree.digest])).toEqual(good);
    const run = await island.run('bob', [`${store}/${tree.digest}/run`]);
    expect(run).toEqual({ status: 0, stdout: 'first\n', stderr: '' });
  });

  it('neither umask nor environment of the caller reach it', async () => {
    const tree = await treeOf('alice', 'umask');
    const added = await island.run('alice', ['sh', '-c', `umask 0777; exec 0store-secure-add-helper ${tree.digest}`], {
      cwd: tree.place,
      env: { NODE_OPTIONS: '--require=/home/alice/evil.js', LD_PRELOAD: '', ENV: '/home/alice/evil.sh' },
    });
    expect(added).toEqual(good);
    expect(fs.lstatSync(island.outside(`${store}/${tree.digest}/run`)).mode & 0o7777).toBe(0o555);
    // What a wrong rule of sudo would let through.
    const program = '/usr/local/lib/zerodesk/0store-secure-add';
    const marks = [{ ENV_NOT_CLEARED: 'Unclean' }, { HOME: 'Unclean' }];
    for (const env of marks) {
      const refused = await island.run('zeroinst', [program, tree.digest], { cwd: '/', env });
      expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('env_reset') as string });
    }
  });

  it('Charlie can store what he changed under its own digest only', async () => {
    const genuine = await treeOf('charlie', 'genuine');
    const file = island.outside(`${genuine.place}/run`);
    fs.writeFileSync(file, '#!/bin/sh\necho EVIL___\n');
    const refused = await helper('charlie', genuine.place, [genuine.digest]);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('(digest)') as string });
    const own = await treeOf('charlie', 'evil', 'genuine but evil');
    const before = stored();
    expect(await helper('charlie', own.place, [own.digest])).toEqual(good);
    expect(stored()).toEqual([...before, own.digest].sort());
    const touched = await island.run('charlie', [
      'sh',
      '-c',
      `echo x >> ${store}/${own.digest}/run; rm -rf ${store}/*; touch ${store}/x`,
    ]);
    expect(touched.status).not.toBe(0);
    expect(stored()).toEqual([...before, own.digest].sort());
    // He cannot speak for others or see what they do.
    expect((await island.run('charlie', ['ls', usage])).status).not.toBe(0);
    const claim = `{"v":1,"request":"claim","digests":["${own.digest}"],"uid":0}\n`;
    const spoken = await island.run('charlie', ['0store-secure-add-stream'], { input: claim, env: { SUDO_UID: '0' } });
    expect(JSON.parse(spoken.stdout)).toEqual({ state: 'claimed', count: 1 });
    const clean = '{"v":1,"request":"clean","graceDays":0,"isDryRun":false,"inUse":[]}\n';
    const denied = await island.run('charlie', ['0store-secure-add-stream'], { input: clean, env: { SUDO_UID: '0' } });
    expect(JSON.parse(denied.stdout)).toMatchObject({ state: 'refused', code: 'denied' });
    const log = JSON.parse((await desk('root', 'share', 'log', '--json')).stdout) as {
      action: string;
      uid: number;
      reason: string;
    }[];
    const { stdout } = await island.run('root', ['id', '-u', 'charlie']);
    expect(log.filter(({ uid }) => uid === Number(stdout)).map(({ action, reason }) => [action, reason])).toEqual([
      ['stored', null],
      ['refused', 'digest'],
    ]);
  });

  it('everything Alice stores by the command line Bob has, and the other way round', async () => {
    for (const [one, other] of [
      ['alice', 'bob'],
      ['bob', 'alice'],
    ] as const) {
      const tree = await plainTreeOf(one, `by-${one}`);
      expect(await desk(one, 'store', 'add', tree.digest, tree.place)).toEqual(good);
      expect(await desk(other, 'store', 'find', tree.digest)).toEqual({
        status: 0,
        stdout: `${store}/${tree.digest}\n`,
        stderr: '',
      });
      expect(fs.existsSync(island.outside(`/home/${one}/.cache/0install.net/implementations/${tree.digest}`))).toBe(
        false,
      );
    }
  });

  it('what root stores belongs to the helper too, so that it can be removed', async () => {
    const tree = await plainTreeOf('alice', 'by-root');
    expect(await desk('root', 'store', 'add', tree.digest, tree.place)).toEqual(good);
    const owner = (place: string): number => fs.lstatSync(island.outside(place)).uid;
    expect(owner(`${store}/${tree.digest}/run`)).toBe(owner(store));
  });

  it.skipIf(!hasReference())('the reference stores by our helper, and finds what we stored', async () => {
    const tree = await plainTreeOf('bob', 'by-reference');
    const added = await island.run('bob', ['0install', 'store', 'add', tree.digest, tree.place]);
    expect(added).toMatchObject({ status: 0, stderr: '' });
    expect(stored()).toContain(tree.digest);
    expect((await desk('alice', 'store', 'find', tree.digest)).stdout).toBe(`${store}/${tree.digest}\n`);
    for (const digest of stored()) {
      expect((await island.run('charlie', ['0install', 'store', 'verify', `${store}/${digest}`])).status).toBe(0);
    }
  });

  it.skipIf(!hasReference())(
    'one downloads, the other runs it without: Zerodesk and the reference, both ways',
    async () => {
      const say = async (
        name: string,
      ): Promise<{ readonly feed: string; readonly archive: string; readonly digest: string }> => {
        const folder = island.outside('/opt');
        const text = `#!/bin/sh\necho hello from ${name}\n`;
        const tree = await handOver(path.join(folder, `${name}-tree`), [
          { path: 'run', type: 'file', contentUtf8: text, mode: '0755', mtime: 1_600_000_000 },
        ]);
        const archive = makeTarGz({ name: 'run', data: text, mode: 0o755, mtime: 1_600_000_000 });
        fs.writeFileSync(path.join(folder, `${name}.tar.gz`), archive);
        const feed = `<?xml version="1.0"?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface">
  <name>${name}</name><summary>says hello</summary>
  <implementation id="${tree.digest}" version="1" released="2020-01-01" main="run">
    <manifest-digest sha256new="${tree.digest.replace('sha256new_', '')}"/>
    <archive href="${name}.tar.gz" size="${archive.length}"/>
  </implementation>
</interface>`;
        fs.writeFileSync(path.join(folder, `${name}.xml`), feed);
        return { feed: `/opt/${name}.xml`, archive: path.join(folder, `${name}.tar.gz`), digest: tree.digest };
      };
      const run = (user: string, program: string, feed: string): Promise<IslandResult> =>
        island.run(user, [program === '0desk' ? `${islandProgram}/bin/0desk` : program, 'run', '--console', feed]);
      for (const [first, second] of [
        ['0desk', '0desk'],
        ['0desk', '0install'],
        ['0install', '0desk'],
      ] as const) {
        const { feed, archive, digest } = await say(`${first}-${second}`);
        const expected = { status: 0, stdout: `hello from ${first}-${second}\n` };
        expect(await run('alice', first, feed)).toMatchObject(expected);
        expect(stored()).toContain(digest);
        // There is nothing left to get it from.
        fs.rmSync(archive);
        expect(await run('bob', second, feed)).toMatchObject(expected);
        expect(fs.existsSync(island.outside(`/home/bob/.cache/0install.net/implementations/${digest}`))).toBe(false);
      }
    },
  );

  it('needs of two users are kept apart, and what neither needs is removed by root alone', async () => {
    const digest = stored()[0]!;
    const as = (user: string, request: object): Promise<IslandResult> =>
      island.run(user, ['0store-secure-add-stream'], { input: `${JSON.stringify({ v: 1, ...request })}\n` });
    const users = async (): Promise<unknown> => {
      const { usage: all } = JSON.parse((await as('alice', { request: 'usage' })).stdout) as {
        usage: { digest: string; users: number; isMine: boolean }[];
      };
      return all.filter((one) => one.digest === digest).map(({ users: count, isMine }) => [count, isMine]);
    };
    for (const user of ['alice', 'bob', 'charlie']) await as(user, { request: 'release', digests: [digest] });
    for (const user of ['alice', 'bob']) await as(user, { request: 'claim', digests: [digest] });
    expect(await users()).toEqual([[2, true]]);
    // Nothing of Alice's needs it, which is what her register says.
    const registered = await desk('alice', 'share', 'register');
    expect(registered.stdout).toContain('no longer needed');
    expect(await users()).toEqual([[1, false]]);

    const backdate = async (): Promise<void> => {
      const old = new Date(Date.now() - 100 * 86_400_000);
      const folder = island.outside(`${usage}/${digest}`);
      for (const name of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, name), old, old);
      fs.utimesSync(folder, old, old);
    };
    const clean = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout, stderr } = await desk('root', 'share', 'clean', '--json', ...args);
      expect(stderr).toBe('');
      return (JSON.parse(stdout) as { removed: { digest: string }[] }).removed.map((one) => one.digest);
    };
    expect(await clean('--days=1')).toEqual([]);
    expect((await desk('bob', 'share', 'clean')).stderr).toContain('only root');
    await as('bob', { request: 'release', digests: [digest] });
    await backdate();
    // A program that runs from there keeps it.
    const running = island.start('bob', ['sleep', '60'], { cwd: `${store}/${digest}` });
    try {
      await expect.poll(() => clean('--dry-run'), { timeout: 10_000 }).toEqual([]);
    } finally {
      running.kill('SIGKILL');
    }
    await expect.poll(() => clean('--dry-run'), { timeout: 10_000 }).toEqual([digest]);
    expect(stored()).toContain(digest);
    expect(await clean()).toEqual([digest]);
    expect(stored()).not.toContain(digest);
    expect((await desk('root', 'share', 'list')).stdout).toMatch(/users: \d{4}/);
    expect((await desk('alice', 'share', 'list')).stdout).toMatch(/users: \d(?:, you among them)?  last/);
    const log = await desk('alice', 'share', 'log');
    expect(log.stdout).toMatch(new RegExp(`removed  .*${digest}`));
  });

  it('the timer removes as the helper, but only where it can see what others run', async () => {
    const digest = stored()[0]!;
    for (const user of ['root', 'alice', 'bob', 'charlie']) {
      const input = `${JSON.stringify({ v: 1, request: 'release', digests: [digest] })}\n`;
      await island.run(user, ['0store-secure-add-stream'], { input });
    }
    const old = new Date(Date.now() - 100 * 86_400_000);
    const folder = island.outside(`${usage}/${digest}`);
    for (const name of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, name), old, old);
    fs.utimesSync(folder, old, old);
    const program = '/usr/local/lib/zerodesk/0store-secure-add';
    expect(await island.run('zeroinst', [program, '--clean'], { cwd: '/' })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(denied)') as string,
    });
    expect((await island.run('alice', ['sudo', '-n', '-u', 'zeroinst', program, '--clean'])).status).toBe(1);
    expect(stored()).toContain(digest);
    const asTimer = [
      '--reuid=zeroinst',
      '--regid=zeroinst',
      '--clear-groups',
      '--inh-caps=+sys_ptrace,+dac_read_search',
      '--ambient-caps=+sys_ptrace,+dac_read_search',
    ];
    const timer = async (): Promise<unknown> => {
      const clean = await island.run('root', ['setpriv', ...asTimer, program, '--clean'], { env: { HOME: '/' } });
      expect(clean.stderr).toBe('');
      const { cleaning } = JSON.parse(clean.stdout) as { cleaning: { removed: { digest: string }[] } };
      return cleaning.removed.map((one) => one.digest);
    };
    const running = island.start('bob', ['sleep', '60'], { env: { USES: `${store}/${digest}` } });
    try {
      await expect.poll(() => fs.readFileSync(`/proc/${running.pid}/cmdline`, 'utf8')).toContain('sleep');
      expect(await timer()).toEqual([]);
    } finally {
      running.kill('SIGKILL');
    }
    await expect.poll(timer, { timeout: 10_000 }).toEqual([digest]);
    expect(stored()).not.toContain(digest);
  });

  it('the limits of the administrator hold, and what is over them is stored for the user alone', async () => {
    const file = island.outside('/etc/zerodesk/sharing.json');
    fs.mkdirSync(path.dirname(file));
    const stores = async (name: string, limits: object): Promise<IslandResult> => {
      fs.writeFileSync(file, JSON.stringify(limits));
      const tree = await plainTreeOf('charlie', name);
      const added = await desk('charlie', 'store', 'add', tree.digest, tree.place);
      expect(added.status).toBe(0);
      return added;
    };
    expect((await stores('quota', { countPerUser: 1 })).stderr).toContain('refused it: quota');
    expect((await stores('space', { freeBytes: 2 ** 50 })).stderr).toContain('refused it: space');
    expect((await stores('limits', { addsPerHour: 'many' })).stderr).toContain('file of limits');
    fs.writeFileSync(file, '{}');
    fs.chmodSync(file, 0o666);
    const loose = await plainTreeOf('charlie', 'loose');
    expect((await desk('charlie', 'store', 'add', loose.digest, loose.place)).stderr).toContain('file of limits');
    fs.rmSync(file);
    expect((await stores('none', {})).stderr).toBe('');
    fs.rmSync(file);
  });

  it('falls back to the user with one line when the helper is broken, asks, hangs or lies', async () => {
    const own = island.outside('/home/alice/bin');
    fs.mkdirSync(own);
    const helpers: readonly (readonly [string, string, RegExp])[] = [
      ['broken', '#!/bin/sh\necho "no such thing" >&2\nexit 3\n', /no such thing/],
      ['asks', '#!/bin/sh\nexec sudo -k -u root true </dev/tty\n', /sudo|tty/],
      ['asks for a password', '#!/bin/sh\nexec sudo -k -u root true\n', /password|terminal/],
      ['lies', '#!/bin/sh\nexit 0\n', /nothing was stored/],
      ['is no program', '', /./],
    ];
    for (const [name, text, line] of helpers) {
      fs.writeFileSync(path.join(own, '0store-secure-add-helper'), text, { mode: 0o755 });
      const tree = await plainTreeOf('alice', name.replaceAll(' ', '-'));
      const added = await island.run('alice', [`${islandProgram}/bin/0desk`, 'store', 'add', tree.digest, tree.place], {
        env: { PATH: '/home/alice/bin:/usr/local/bin:/usr/bin:/bin' },
      });
      expect([name, added.status, added.stdout]).toEqual([name, 0, '']);
      expect(added.stderr).toMatch(line);
      expect(added.stderr.trim().split('\n')).toHaveLength(1);
      const found = await desk('alice', 'store', 'find', tree.digest);
      expect(found.stdout).toBe(`/home/alice/.cache/0install.net/implementations/${tree.digest}\n`);
    }
    const tree = await plainTreeOf('alice', 'without');
    const env = { PATH: '/usr/bin:/bin', ZERODESK_NODE: '/usr/local/bin/node' };
    const added = await island.run('alice', [`${islandProgram}/bin/0desk`, 'store', 'add', tree.digest, tree.place], {
      env,
    });
    expect(added).toMatchObject({
      status: 0,
      stdout: '',
      stderr: expect.stringMatching(/^warn: .*not set up.*\n$/) as string,
    });
    // Then they are moved, once they can be.
    const moved = await desk('alice', 'share', 'move');
    expect(moved.stdout).toContain(`${helpers.length + 1} of ${helpers.length + 1} moved`);
    expect(stored()).toContain(tree.digest);
  });

  it('status names what is broken, and undo leaves what was shared', async () => {
    fs.chmodSync(island.outside(store), 0o777);
    const broken = await desk('alice', 'share', 'status');
    expect(broken.status).toBe(1);
    expect(broken.stdout).toContain(`${store} has the wrong permissions (777).`);
    expect(broken.stdout).toContain(`# install -d -o zeroinst -g zeroinst -m 0755 ${store}`);
    fs.chmodSync(island.outside(store), 0o755);
    const before = stored();
    expect((await desk('root', 'share', 'undo', '--apply')).status).toBe(0);
    for (const file of [
      '/usr/local/bin/0store-secure-add-helper',
      '/etc/sudoers.d/zz-zerodesk-sharing',
      '/usr/local/lib/zerodesk',
    ]) {
      expect(fs.existsSync(island.outside(file))).toBe(false);
    }
    expect(stored()).toEqual(before);
    expect((await desk('alice', 'share', 'status')).stdout).toContain('Sharing: not set up');
  });
});
