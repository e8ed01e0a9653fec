import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { hostname } from 'node:os';

/**
 * Who made something temporary is part of its name, so that it is known from the moment it exists:
 * `tmp-0desk-MACHINE-BOOT-SPACE-PID-START-RANDOM`. A process number means something only on the machine, since the start
 * of the machine, and in the space of process numbers (a container has its own) where it was given; numbers are given
 * again, hence the time at which the process started.
 */
interface Owner {
  readonly machine: string;
  readonly boot: string;
  readonly space: string;
  readonly pid: number;
  readonly start: string;
}

/** Whether the process that made something temporary lives; `unknown` if that cannot be told from here. */
export type OwnerState = 'living' | 'gone' | 'unknown';

const pattern = /^tmp-0desk-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)-([1-9][0-9]{0,9})-([0-9]{1,20})-[0-9a-f]+$/;
/** After this time nobody works on what does not say whose it is, milliseconds. */
const leftoverAgeMs = 24 * 60 * 60 * 1000;
/** Stands for a fact that this system does not tell. */
const untold = '0';

let known: Owner | null = null;

/** A new name for something temporary of this process. */
export function temporaryName(): string {
  const { machine, boot, space, pid, start } = ownOwner();
  return `tmp-0desk-${machine}-${boot}-${space}-${pid}-${start}-${randomBytes(4).toString('hex')}`;
}

/** Whether a name was made by `temporaryName`, here or elsewhere. */
export function hasOwner(name: string): boolean {
  return pattern.test(name);
}

/** What has become of the process that a temporary name tells of. */
export function ownerState(name: string): OwnerState {
  const [, machine, boot, space, pid, start] = pattern.exec(name) ?? [];
  const own = ownOwner();
  // Where a system does not say when it was started, two of them could take each other for the same.
  if (pid === undefined || boot === untold || own.boot === untold || own.start === untold) return 'unknown';
  if (boot !== own.boot) return machine === own.machine && machine !== untold ? 'gone' : 'unknown';
  if (space !== own.space) return 'unknown';
  return startOf(Number(pid)) === start ? 'living' : 'gone';
}

/**
 * Whether something temporary may go: its process of ours has ended, or its maker is unknown and it is older than a day.
 * What a living process of ours made stays, however old it is.
 */
export function isLeftOver(name: string, ageMs: number): boolean {
  const state = ownerState(name);
  return state === 'gone' || (state === 'unknown' && ageMs >= leftoverAgeMs);
}

function ownOwner(): Owner {
  if (known?.pid === process.pid) return known;
  const machineId = readText('/etc/machine-id');
  return (known = {
    // Without its own number, a machine could have the name of another one.
    machine: machineId === '' ? untold : shortHash(`${machineId}\n${hostname()}`),
    boot: shortHash(readText('/proc/sys/kernel/random/boot_id')),
    space: shortHash(readLink('/proc/self/ns/pid')),
    pid: process.pid,
    start: startOf(process.pid) ?? untold,
  });
}

/** When a process started, in ticks since the machine did; null if there is none, or it has ended and is only not reaped. */
function startOf(pid: number): string | null {
  // The program's name, in brackets, may hold spaces and brackets.
  const stat = readText(`/proc/${pid}/stat`);
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const start = rest[18];
  return start === undefined || state === 'Z' || state === 'X' ? null : start;
}

function shortHash(text: string): string {
  return text === '' ? untold : createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function readText(path: string): string {
  try {
    return fs.readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function readLink(path: string): string {
  try {
    return fs.readlinkSync(path);
  } catch {
    return '';
  }
}
