import { spawn } from 'node:child_process';
import type { EventLogPort } from '../../core/ports/event-log.ts';

/** Longer texts are cut, as the store service of 0install for Windows does. @see sharing.md 4 */
const maxText = 16_000;
/** Under the name of the service. */
const source = 'Zerodesk Store Service';
const eventId = 1;
/** More that have not been written yet are lost: a caller must not be able to start any number of processes. */
const maxPending = 50;

/** The command that writes one event. */
export function eventCommand(
  platform: NodeJS.Platform,
  level: 'information' | 'warning',
  text: string,
): readonly [string, ...string[]] {
  const shown = text.replace(/\p{Cc}+/gu, ' ').slice(0, maxText);
  if (platform !== 'win32') {
    return ['logger', '-t', 'zerodesk-store', '-p', `daemon.${level === 'warning' ? 'warning' : 'info'}`, '--', shown];
  }
  const words = ['/L', 'APPLICATION', '/SO', source, '/T', level.toUpperCase(), '/ID', String(eventId), '/D', shown];
  return ['eventcreate.exe', ...words];
}

/** Writes by the program that the system has for it. */
export function createEventLog(env: NodeJS.ProcessEnv, platform = process.platform): EventLogPort {
  let pending = 0;
  return {
    note(level, text) {
      if (pending >= maxPending) return;
      pending += 1;
      const [program, ...args] = eventCommand(platform, level, text);
      const child = spawn(program, args, { env, stdio: 'ignore' });
      child.once('error', () => (pending -= 1));
      child.once('exit', () => (pending -= 1));
    },
  };
}
