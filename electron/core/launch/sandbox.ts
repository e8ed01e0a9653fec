import type { LaunchPlan } from './model.ts';

/** What a program may see and do besides what it is made of. */
export interface SandboxSettings {
  readonly allowsNetwork: boolean;
  /** Absolute folders it may change. */
  readonly writable: readonly string[];
  /** Absolute folders it may read. */
  readonly readable: readonly string[];
}

/** The machine a sandbox is made on. */
export interface SandboxPlace {
  /** The program bubblewrap. */
  readonly bwrap: string;
  /** The person's home: where the program finds the one of its own. */
  readonly home: string;
  /** The folder that is the program's home. */
  readonly ownHome: string;
  /** Where the caller is. */
  readonly cwd: string;
}

/** What every program needs of the system. Those that are links or missing on some systems are left to bubblewrap. */
const systemFolders = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc', '/opt', '/nix', '/gnu'];
/** `/etc/resolv.conf` is often a link into one of these. */
const nameServerFolders = ['/run/systemd/resolve', '/run/NetworkManager'];
/** They lead out of the sandbox, or to what is not in it. */
const outsideVariables = ['DBUS_SESSION_BUS_ADDRESS', 'SSH_AUTH_SOCK', 'SSH_AGENT_PID', 'GPG_AGENT_INFO'];

/**
 * Puts bubblewrap in front of a program: it sees the system, its own implementations and a home of its own, read-only but for the
 * home, and what it was allowed besides. It has no network unless allowed, and ends with us.
 *
 * @param needed directories of its implementations, absolute
 */
export function inSandbox(
  plan: LaunchPlan,
  {
    settings,
    place,
    needed,
  }: { readonly settings: SandboxSettings; readonly place: SandboxPlace; readonly needed: readonly string[] },
): LaunchPlan {
  const { bwrap, home, ownHome, cwd } = place;
  const env = Object.fromEntries(Object.entries(plan.env).filter(([name]) => !outsideVariables.includes(name)));
  const { writable, readable, allowsNetwork } = settings;
  const words = [
    bwrap,
    '--unshare-all',
    ...(allowsNetwork ? ['--share-net'] : []),
    '--die-with-parent',
    // Else it could type into our terminal.
    '--new-session',
    ...mount('--ro-bind-try', systemFolders),
    ...mount('--ro-bind-try', nameServerFolders),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    ...mount('--dev-bind-try', ['/dev/dri']),
    '--tmpfs',
    '/tmp',
    ...displayMounts(env),
    '--bind',
    ownHome,
    home,
    // Behind the home, because they may lie inside.
    ...mount('--ro-bind', needed),
    // They are written just before the start.
    ...mount('--ro-bind-try', [...new Set(plan.launchers.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))]),
    ...mount('--ro-bind', readable),
    ...mount('--bind', writable),
    '--chdir',
    [...writable, ...readable, home].some((folder) => isInside(cwd, folder)) ? cwd : home,
    '--',
  ];
  return { ...plan, argv: [...words, ...plan.argv], env };
}

function mount(option: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => [option, folder, folder]);
}

/** The sockets of the windows system that is in use. */
function displayMounts(env: Readonly<Record<string, string>>): readonly string[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  const wayland = env['WAYLAND_DISPLAY'];
  return [
    ...(env['DISPLAY']
      ? mount(
          '--ro-bind-try',
          ['/tmp/.X11-unix', env['XAUTHORITY'] ?? ''].filter((path) => path !== ''),
        )
      : []),
    ...(runtime && wayland ? mount('--ro-bind-try', [`${runtime}/${wayland}`]) : []),
  ];
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
