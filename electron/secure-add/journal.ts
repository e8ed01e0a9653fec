import * as fs from 'node:fs';
import { refusalCodes, type ShareEvent } from '../core/sharing/protocol.ts';
import { parseDigestName } from '../core/manifest/digest-name.ts';
import { unless } from './ledger.ts';
import type { StoreEvent, World } from './world.ts';

/** Of one user's file; then it becomes the old one, and the old one goes. */
const maxFileBytes = 2 * 2 ** 20;
/** Shown at most. */
const maxEvents = 500;

/**
 * Writes down what was done for the caller. Each user has a file, so that nobody can push the traces of others out by making
 * many of his own. A line is written by one call and so is whole or not there.
 */
export function writeEvent(world: World, entry: StoreEvent): void {
  const { usage, caller, now } = world;
  const file = `${usage}/log/${caller.uid}.jsonl`;
  const size = fs.lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxFileBytes) {
    unless('ENOENT', undefined, () => {
      fs.renameSync(file, `${file}.old`);
    });
  }
  const line = JSON.stringify({ at: new Date(now()).toISOString(), ...entry });
  fs.appendFileSync(file, `${line}\n`, { mode: 0o600 });
  world.onEvent?.(entry);
}

/** The latest events, the newest first. Who others are is told to the administrator only. */
export function readEvents({ usage, caller }: World): readonly ShareEvent[] {
  const events: ShareEvent[] = [];
  for (const name of fs.readdirSync(`${usage}/log`)) {
    const uid = Number(/^(\d{1,10})\.jsonl(?:\.old)?$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(uid)) continue;
    const text = unless('ENOENT', '', () => fs.readFileSync(`${usage}/log/${name}`, 'utf8'));
    for (const line of text.trimEnd().split('\n').slice(-maxEvents)) {
      const event = parseEvent(line);
      const isMine = uid === caller.uid;
      if (event !== null) events.push({ ...event, isMine, uid: isMine || caller.isAdmin ? uid : null });
    }
  }
  return events.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, maxEvents);
}

/** A line may be cut off by a full disk. */
function parseEvent(line: string): (StoreEvent & { readonly at: string }) | null {
  try {
    const { at, action, digest, bytes, reason } = JSON.parse(line) as Record<string, unknown>;
    const isAction = ['stored', 'refused', 'removed', 'claimed', 'released'].includes(String(action));
    if (typeof at !== 'string' || !isAction || typeof digest !== 'string') return null;
    return {
      at,
      action: action as StoreEvent['action'],
      digest: parseDigestName(digest) === null ? '' : digest,
      bytes: typeof bytes === 'number' ? bytes : null,
      reason: refusalCodes.find((code) => code === reason) ?? null,
    };
  } catch {
    return null;
  }
}
