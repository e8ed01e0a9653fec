import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** What the desktop was told. */
export type DesktopEvent =
  | { readonly event: 'ready' | 'item' }
  | { readonly event: 'notification'; readonly id: number; readonly title: string; readonly body: string }
  | { readonly event: 'tooltip' | 'error'; readonly text: string };

/** A desktop with a tray and notifications, on a message bus of its own. */
export interface DesktopBus {
  /** For the program: where the bus is. */
  readonly address: string;
  readonly events: readonly DesktopEvent[];
  ask(
    wish: { readonly do: 'click-item' | 'tooltip' } | { readonly do: 'click-notification'; readonly id: number },
  ): void;
  close(): Promise<void>;
}

/** Why there can be none here; null if there can. */
export function noDesktopBus(): string | null {
  const works = (command: string, args: readonly string[]): boolean => spawnSync(command, args).status === 0;
  if (!works('dbus-daemon', ['--version'])) return 'dbus-daemon is missing';
  if (!works('/usr/bin/python3', ['-c', 'import dbus, gi'])) return 'python3-dbus or python3-gi is missing';
  return works('sh', ['-c', 'ldconfig -p | grep -q libnotify.so.4']) ? null : 'libnotify4 is missing';
}

/** Starts it. */
export async function startDesktopBus(): Promise<DesktopBus> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(createInterface(daemon.stdout), 'line')) as [string];
  const address = line.trim();
  const desktop = spawn('/usr/bin/python3', [path.join(import.meta.dirname, 'desktop-bus.py')], {
    env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: address },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const events: DesktopEvent[] = [];
  const lines = createInterface(desktop.stdout);
  lines.on('line', (text) => events.push(JSON.parse(text) as DesktopEvent));
  await once(lines, 'line');
  return {
    address,
    events,
    ask(wish) {
      desktop.stdin.write(`${JSON.stringify(wish)}\n`);
    },
    async close() {
      await end(desktop);
      await end(daemon);
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
