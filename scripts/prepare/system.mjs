// What the operating system must provide: libraries that Electron is linked against, a display server when there is no
// display, and the tools that tests call. Found out before anything fails on them.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { findCommand, run, tail } from './command.mjs';
import { announce, Problem } from './step.mjs';

/** Debian package of each tool; a path stands for what is no command. */
const toolPackages = {
  '/usr/lib/python3/dist-packages/dbus': 'python3-dbus',
  '/usr/lib/python3/dist-packages/gi': 'python3-gi',
  appstreamcli: 'appstream',
  'dbus-daemon': 'dbus-daemon',
  'dpkg-deb': 'dpkg',
  'gtk-launch': 'libgtk-3-bin',
  xwininfo: 'x11-utils',
  '0install': '0install-core',
  '7z': 'p7zip-full',
  bwrap: 'bubblewrap',
  bzip2: 'bzip2',
  cabextract: 'cabextract',
  'desktop-file-validate': 'desktop-file-utils',
  'update-desktop-database': 'desktop-file-utils',
  'update-mime-database': 'shared-mime-info',
  genisoimage: 'genisoimage',
  gpg: 'gnupg',
  lzip: 'lzip',
  msiinfo: 'msitools',
  'notify-send': 'libnotify-bin',
  wixl: 'wixl',
  'xvfb-run': 'xvfb',
  Xvfb: 'xvfb',
  xauth: 'xauth',
  setpriv: 'util-linux',
  sudo: 'sudo',
  unshare: 'util-linux',
  unzip: 'unzip',
  useradd: 'passwd',
  xz: 'xz-utils',
  zip: 'zip',
  zstd: 'zstd',
};

/** Debian package of each library Electron needs; newer releases add `t64` to some of the names. */
export const libraryPackages = {
  'libX11.so.6': 'libx11-6',
  'libX11-xcb.so.1': 'libx11-xcb1',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libXss.so.1': 'libxss1',
  'libXtst.so.6': 'libxtst6',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgdk_pixbuf-2.0.so.0': 'libgdk-pixbuf-2.0-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libpangocairo-1.0.so.0': 'libpangocairo-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
};

/** The libraries that the dynamic linker cannot find, from what `ldd` prints. */
export function missingLibraries(lddOutput) {
  return [...new Set([...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]))];
}

/** Whether programs can open windows as things stand. */
export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

function isThere(name) {
  return name.startsWith('/') ? existsSync(name) : findCommand(name) !== undefined;
}

/** Sees to it that the named commands are there, installing their packages where that is possible. */
export async function provideTools(names) {
  if (process.platform !== 'linux') return undefined;
  const missing = names.filter((name) => !isThere(name));
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((name) => toolPackages[name] ?? name))];
  await install(packages, `these programs: ${missing.join(', ')}`);
  return `installed ${packages.join(', ')}`;
}

/** The same for commands that some tests can do without: they are skipped where it cannot be installed unasked. */
export async function provideOptionalTools(names) {
  try {
    if (names.every((name) => isThere(name)) || (await rootPrefix()) !== undefined) {
      return await provideTools(names);
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  return `without ${names.filter((name) => !isThere(name)).join(', ')}; tests that call it are skipped`;
}

/** Sees to it that every library the executable needs is there. */
export async function provideLibraries(executable) {
  if (process.platform !== 'linux' || findCommand('ldd') === undefined) return undefined;
  const find = async () => missingLibraries((await run('ldd', [executable])).output);
  const missing = await find();
  if (missing.length === 0) return undefined;
  const unknown = missing.filter((name) => libraryPackages[name] === undefined);
  if (unknown.length > 0) {
    throw new Problem(`Electron needs these libraries, which this system lacks: ${missing.join(', ')}.`);
  }
  const packages = [...new Set(missing.map((name) => libraryPackages[name]))];
  await install(packages, `these libraries, which Electron needs: ${missing.join(', ')}`);
  const left = await find();
  if (left.length > 0) throw new Problem(`Still missing after the installation: ${left.join(', ')}.`);
  return `installed ${packages.join(', ')}`;
}

/** How to become root without being asked anything: nothing to put before a command, `sudo -n`, or undefined for no way. */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (findCommand('sudo') === undefined) return undefined;
  return (await run('sudo', ['-n', 'true'], { timeoutMs: 5000 })).status === 0 ? ['sudo', '-n'] : undefined;
}

/** Runs a command as root, or says which command to type. */
export async function runAsRoot(command, why) {
  const prefix = await rootPrefix();
  if (prefix === undefined)
    throw new Problem(`${why}\nPlease run this, then try again:\n\n  sudo ${command.join(' ')}\n`);
  const [first, ...rest] = [...prefix, ...command];
  return run(first, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

async function install(packages, what) {
  const why = `This system lacks ${what}.`;
  if (findCommand('apt-get') === undefined) {
    throw new Problem(`${why}\nInstall them with your package manager; on Debian they are in: ${packages.join(' ')}.`);
  }
  const prefix = await rootPrefix();
  if (prefix === undefined) {
    const names = await newNames(packages);
    throw new Problem(
      `${why}\nPlease run this, then try again:\n\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}\n`,
    );
  }
  announce(`Installing ${packages.join(', ')} with apt-get …`);
  await runAsRoot(['apt-get', '-o', 'DPkg::Lock::Timeout=120', 'update', '-qq'], why);
  const names = await newNames(packages);
  const options = ['-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '-qq', '--no-install-recommends'];
  const { status, output } = await runAsRoot(['apt-get', ...options, ...names], why);
  if (status !== 0) throw new Problem(`${why}\nInstalling them failed:\n${tail(output)}`);
}

/** The names these packages have on this release: with `t64` where that is the one that can be installed. */
async function newNames(packages) {
  const { output } = await run('apt-cache', ['policy', ...packages, ...packages.map((name) => `${name}t64`)]);
  const candidates = new Map(
    [...output.matchAll(/^(\S+):\n(?: {2}.*\n)*? {2}Candidate: (.*)$/gm)].map((match) => [match[1], match[2]]),
  );
  const isThere = (name) => candidates.has(name) && candidates.get(name) !== '(none)';
  return packages.map((name) => (!isThere(name) && isThere(`${name}t64`) ? `${name}t64` : name));
}

/**
 * Chromium shuts its pages in by user namespaces, or else by a helper that belongs to root. Some systems forbid the first
 * and nobody set up the second: then Electron would stop with a message few can make sense of.
 */
export async function provideSandbox(executable) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return undefined;
  if ((await run('unshare', ['--user', '--map-root-user', 'true'], { timeoutMs: 5000 })).status === 0) return undefined;
  const helper = path.join(path.dirname(executable), 'chrome-sandbox');
  const { stat } = await import('node:fs/promises');
  const info = await stat(helper).catch(() => undefined);
  if (info?.uid === 0 && (info.mode & 0o4755) === 0o4755) return undefined;
  const why =
    'This system forbids the user namespaces that shut in web pages; their helper must belong to root instead.';
  const command = ['sh', '-c', `'chown root:root "${helper}" && chmod 4755 "${helper}"'`];
  if ((await rootPrefix()) === undefined) await runAsRoot(command, why);
  await runAsRoot(['chown', 'root:root', helper], why);
  await runAsRoot(['chmod', '4755', helper], why);
  return 'helper set up';
}
