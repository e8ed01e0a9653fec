import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const limitMs = 60_000;
const needed = ['unshare', 'nsenter', 'setpriv', 'useradd', 'sudo', 'visudo', 'mount'];

/** What a command of somebody gave. */
export interface IslandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is started. */
export interface IslandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/**
 * This machine as it would be with other users, settings and a shared store of its own: the places where these are kept are
 * covered in a mount namespace, so that what happens there is real and nothing of it stays.
 */
export interface Island {
  /** Runs a command as a user, with that user's home and a clean environment. */
  run(user: string, command: readonly string[], options?: IslandOptions): Promise<IslandResult>;
  /** The same, still running. */
  start(user: string, command: readonly string[], options?: IslandOptions): ChildProcess;
  /** The words that start a command there as somebody, for who starts programs by himself. */
  commandLine(user: string, command: readonly string[], options?: IslandOptions): readonly string[];
  /** A path on the island, for this process. */
  outside(place: string): string;
  close(): void;
}

/** Where the program is on the island. */
export const islandProgram = '/opt/zerodesk';

/** Whether there can be islands here; says loudly if not. */
export function hasIslands(): boolean {
  const problem = whyNoIslands();
  if (problem !== null) process.stderr.write(`SKIPPED: tests with several real users: ${problem}\n`);
  return problem === null;
}

function whyNoIslands(): string | null {
  if (process.platform !== 'linux') return 'only on Linux';
  if (process.getuid?.() !== 0) return 'they must be run by root';
  const missing = needed.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
  if (missing.length > 0) return `missing: ${missing.join(', ')}`;
  if (spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/opt']).status !== 0)
    return 'nothing can be mounted';
  return null;
}

// Covers one folder with a copy that can be changed; where there are no overlays, with a real copy.
const prepare = `
set -eu
cover() {
  mkdir -p "$1" "/mnt/upper$1" "/mnt/work$1"
  mount -t overlay overlay -o "lowerdir=$1,upperdir=/mnt/upper$1,workdir=/mnt/work$1" "$1" 2>/dev/null && return
  cp -a "$1/." "/mnt/upper$1/"
  mount --bind "/mnt/upper$1" "$1"
}
mount -t tmpfs -o mode=755 none /mnt
for place in /etc /usr/local /var/log /var/mail /var/spool; do cover "$place"; done
for place in /home /opt /var/cache; do mount -t tmpfs -o mode=755 none "$place"; done
mkdir -p /opt/zerodesk
mount --bind "$REPOSITORY" /opt/zerodesk
touch /usr/local/bin/node
mount --bind "$NODE" /usr/local/bin/node
sed -i '/^zeroinst:/d' /etc/passwd /etc/shadow /etc/group /etc/gshadow
for user in "$@"; do
  useradd --create-home --home-dir "/home/$user" --shell /bin/sh "$user"
  chmod 0700 "/home/$user"
done
echo ready
exec cat
`;

/** Makes an island with these users; their homes are closed to others. */
export async function createIsland(users: readonly string[]): Promise<Island> {
  const keeper = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', prepare, 'sh', ...users], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', REPOSITORY: repository, NODE: fs.realpathSync(process.execPath) },
  });
  let problem = '';
  keeper.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
  const ready = once(keeper.stdout, 'data');
  const ended = once(keeper, 'exit').then(() => {
    throw new Error(`the island could not be made: ${problem}`);
  });
  await Promise.race([ready, ended]);
  ended.catch(() => {});
  const { pid } = keeper;
  if (pid === undefined) throw new Error('the island has no process');

  const commandLine = (user: string, command: readonly string[], { cwd, env }: IslandOptions): readonly string[] => {
    const home = user === 'root' ? '/root' : `/home/${user}`;
    const all = {
      HOME: home,
      USER: user,
      LOGNAME: user,
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
      LC_ALL: 'C.UTF-8',
      ...env,
    };
    return [
      ...[`--mount=/proc/${pid}/ns/mnt`, '--', 'setpriv'],
      ...(user === 'root' ? [] : ['--reuid', user, '--regid', user, '--init-groups']),
      ...['env', '-i', '-C', cwd ?? (user === 'root' ? '/' : home)],
      ...Object.entries(all).map(([name, value]) => `${name}=${value}`),
      ...command,
    ];
  };

  return {
    run: (user, command, options = {}) =>
      new Promise((resolve) => {
        const child = execFile(
          'nsenter',
          commandLine(user, command, options),
          { timeout: limitMs, maxBuffer: 2 ** 26 },
          (error, stdout, stderr) => {
            resolve({ status: error ? Number(error.code ?? 1) : 0, stdout, stderr });
          },
        );
        // It may end without reading.
        child.stdin?.on('error', () => {});
        child.stdin?.end(options.input ?? '');
      }),
    start: (user, command, options = {}) =>
      spawn('nsenter', commandLine(user, command, options), { stdio: ['pipe', 'pipe', 'pipe'] }),
    commandLine: (user, command, options = {}) => ['nsenter', ...commandLine(user, command, options)],
    outside: (place) => path.join(`/proc/${pid}/root`, place),
    close: () => {
      keeper.stdin.end();
      keeper.kill('SIGKILL');
    },
  };
}
