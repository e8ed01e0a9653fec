import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { chromium, expect, test } from '@playwright/test';
import { DeskPage } from '../helpers/desk-page.ts';

const root = path.resolve(import.meta.dirname, '../..');
const user = 'zerodesk-tester';
/** A number of its own: all its programs are ended, and those of other tests may have the usual numbers. */
const uid = 54_871;
const home = `/home/${user}`;
const sample = 'https://samples.zerodesk.invalid/hello.xml';
const entry = '/usr/share/applications/net.zerodesk.Zerodesk.desktop';
const menuName = path.basename(entry, '.desktop');
const debuggingPort = 9371;

const lacks = [
  'dpkg-deb',
  'useradd',
  'runuser',
  'gtk-launch',
  'xwininfo',
  'appstreamcli',
  'desktop-file-validate',
].filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
const reason = process.getuid?.() !== 0 ? 'not root' : lacks.length > 0 ? `without ${lacks.join(', ')}` : null;
if (reason !== null) process.stderr.write(`SKIPPED: the Debian package is not installed and driven (${reason})\n`);

/** What an ordinary user of this computer gets. */
function asUser(...command: readonly string[]) {
  return spawnSync('runuser', ['-u', user, '--', 'env', '-i', ...environment(), ...command], {
    encoding: 'utf8',
    cwd: home,
    timeout: 30_000,
  });
}

/** A screen of its own: on that of the other tests are windows of the same name. */
let display = '';
let screen: ChildProcess | null = null;

async function startScreen(): Promise<void> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp', '-ac'];
  screen = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = (await once(screen.stdio[3] as Readable, 'data')) as [Buffer];
  display = `:${number.toString().trim()}`;
}

function environment(): readonly string[] {
  return [`HOME=${home}`, `PATH=${home}/bin:/usr/bin:/bin`, `DISPLAY=${display}`];
}

function makeUser(): void {
  spawnSync('userdel', ['-r', user]);
  execFileSync('useradd', ['-m', '-s', '/bin/sh', '-u', String(uid), user]);
}

const windows = () => spawnSync('xwininfo', ['-display', display, '-root', '-tree'], { encoding: 'utf8' }).stdout;
const endPrograms = () => spawnSync('pkill', ['-KILL', '-u', user]);

test.afterEach(() => {
  if (reason !== null) return;
  endPrograms();
  screen?.kill();
  spawnSync('dpkg', ['--purge', 'zerodesk']);
  spawnSync('userdel', ['-r', user]);
});

test('the Debian package is installed, used by an ordinary user, and removed', async ({}, info) => {
  test.skip(reason !== null, reason ?? '');
  test.setTimeout(400_000);
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly version: string };

  await startScreen();
  await test.step('make and install it', () => {
    execFileSync('npm', ['run', 'dist', '--', '--deb=none'], { cwd: root, stdio: 'pipe' });
    const architecture = execFileSync('dpkg', ['--print-architecture'], { encoding: 'utf8' }).trim();
    const installed = spawnSync('dpkg', ['-i', path.join(root, `dist/zerodesk_${version}_${architecture}.deb`)], {
      encoding: 'utf8',
    });
    expect(installed.status, installed.stderr).toBe(0);
    makeUser();
  });

  await test.step('its files are as the system wants them', () => {
    for (const [command, ...args] of [
      ['desktop-file-validate', entry],
      ['appstreamcli', 'validate', '--no-net', '/usr/share/metainfo/net.zerodesk.Zerodesk.metainfo.xml'],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
      expect(status, `${command}: ${stdout}${stderr}`).toBe(0);
    }
    expect(asUser('dpkg', '-V', 'zerodesk').stdout).toBe('');
    const page = spawnSync('sh', ['-c', 'gzip -dc /usr/share/man/man1/0desk.1.gz'], { encoding: 'utf8' }).stdout;
    expect(page).toContain('.SS "0desk run APP | URI [ARGS]"');
    expect(spawnSync('bash', ['-n', '/usr/share/bash-completion/completions/0desk']).status).toBe(0);
    expect(readFileSync('/opt/zerodesk/resources/THIRD-PARTY-LICENSES.txt', 'utf8')).toMatch(/^saxes [\d.]+ \(ISC\)$/m);
  });

  await test.step('the command line needs no Node.js, and programs do not take themselves for it', () => {
    expect(asUser('0desk', '--version').stdout).toBe(`0desk (zerodesk) ${version}\n`);
    expect(asUser('0desk', 'run', sample).stdout).toContain(`Hello, ${user}!`);
    expect(asUser('0desk', 'add', 'hi', sample).status).toBe(0);
    expect(asUser('hi').stdout).toContain(`Hello, ${user}!`);
    const plan = asUser('0desk', 'run', '--wrapper=env; true', sample).stdout;
    expect(plan).toContain(`HOME=${home}`);
    expect(plan).not.toContain('ELECTRON_RUN_AS_NODE');
  });

  await test.step('the menu entry opens the window', async () => {
    // The window keeps what it is started with open, so nobody may wait for that to end.
    const command = ['-u', user, '--', 'env', '-i', ...environment(), 'gtk-launch', menuName];
    expect(spawnSync('runuser', command, { stdio: 'ignore', cwd: home }).status).toBe(0);
    await expect.poll(windows, { timeout: 30_000 }).toContain('"Zerodesk"');
    endPrograms();
    await expect.poll(windows).not.toContain('"Zerodesk"');
  });

  await test.step('a program is run from the window', async () => {
    const command = ['-u', user, '--', 'env', '-i', ...environment(), 'zerodesk'];
    spawn('runuser', [...command, `--remote-debugging-port=${debuggingPort}`], { stdio: 'ignore', cwd: home }).unref();
    const address = `http://127.0.0.1:${debuggingPort}`;
    await expect
      .poll(
        () =>
          fetch(address).then(
            () => true,
            () => false,
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    const browser = await chromium.connectOverCDP(address);
    await expect.poll(() => browser.contexts()[0]?.pages().length).toBe(1);
    const [page] = browser.contexts()[0]!.pages();
    const desk = new DeskPage(page!);
    await desk.runTile('Hello');
    await expect(page!.getByText(`Hello, ${user}!`)).toBeVisible();
    expect(asUser('0desk', 'gui', 'https://example.com/some.xml').status).toBe(0);
    const question = page!.getByRole('dialog', { name: 'Add a program by its address' });
    await expect(question.getByRole('textbox')).toHaveValue('https://example.com/some.xml');
    await page!.screenshot({ path: info.outputPath('packed.png') });
    await browser.close();
    endPrograms();
  });

  await test.step('it goes without a trace', () => {
    expect(spawnSync('dpkg', ['--purge', 'zerodesk']).status).toBe(0);
    for (const gone of ['/opt/zerodesk', '/usr/bin/0desk', '/usr/bin/zerodesk', entry])
      expect(existsSync(gone)).toBe(false);
  });
});
