import * as fs from 'node:fs';
import {
  protocolVersion,
  type Reply,
  type Request,
  type ShareCleaning,
  type ShareStatus,
  type ShareUsage,
} from '../core/sharing/protocol.ts';
import { temporaryName } from '../adapters/store/temporary-owner.ts';
import { parseDigestName } from '../core/manifest/digest-name.ts';
import { checkStore, discard } from './add.ts';
import { readEvents, writeEvent } from './journal.ts';
import { Ledger } from './ledger.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Answers what is not about adding. @throws Refusal @see sharing.md 6 */
export async function answerAbout(request: Exclude<Request, { request: 'add' }>, world: World): Promise<Reply> {
  checkStore(world);
  const ledger = new Ledger(world);
  switch (request.request) {
    case 'claim':
      return { state: 'claimed', count: request.digests.filter((digest) => ledger.claim(digest)).length };
    case 'release':
      return { state: 'released', count: request.digests.filter((digest) => ledger.release(digest)).length };
    case 'status':
      return { state: 'status', status: statusOf(ledger, world) };
    case 'usage':
      return { state: 'usage', usage: stored(world).map((digest) => usageOf(digest, ledger, world)) };
    case 'log':
      return { state: 'log', events: readEvents(world) };
    case 'clean':
      if (!world.caller.isAdmin) throw new Refusal('denied', 'only the administrator may remove what is shared');
      return { state: 'cleaned', cleaning: await clean(request, ledger, world) };
  }
}

function statusOf(ledger: Ledger, world: World): ShareStatus {
  const { caller, policy } = world;
  const { bytes, count: items, addsLastHour, hasQuota, freeBytes, floorBytes } = ledger.standing();
  const { bytesPerUser, countPerUser, addsPerHour, graceDays } = policy;
  return {
    version: protocolVersion,
    user: { ...caller, bytes, count: items, addsLastHour },
    quota: hasQuota ? { bytes: bytesPerUser, count: countPerUser, addsPerHour } : null,
    freeBytes,
    floorBytes,
    graceDays,
  };
}

function usageOf(digest: string, ledger: Ledger, { caller }: World): ShareUsage {
  const account = ledger.account(digest);
  const claims = ledger.claims(digest);
  return {
    digest,
    users: claims.size,
    isMine: claims.has(caller.uid),
    addedAt: account === null ? null : new Date(account.addedMs).toISOString(),
    bytes: account?.bytes ?? null,
    isAddedByMe: account?.uid === caller.uid,
    usedAt: new Date(ledger.usedMs(digest)).toISOString(),
    ...(caller.isAdmin && { uids: [...claims.keys()].sort((a, b) => a - b) }),
  };
}

async function clean(
  { graceDays, isDryRun, inUse }: Extract<Request, { request: 'clean' }>,
  ledger: Ledger,
  world: World,
): Promise<ShareCleaning> {
  const used = new Set(inUse);
  const kept = { claimed: 0, inUse: 0 };
  const removed: ShareCleaning['removed'][number][] = [];
  for (const digest of stored(world)) {
    const { usedAt, bytes } = usageOf(digest, ledger, world);
    if (world.now() - Date.parse(usedAt) < graceDays * dayMs) kept.claimed++;
    else if (used.has(digest)) kept.inUse++;
    else {
      removed.push({ digest, bytes, usedAt });
      if (!isDryRun) await remove(digest, bytes, { ledger, world });
    }
  }
  return { removed, kept };
}

/** The name goes first, so that nobody finds half of it. */
async function remove(
  digest: string,
  bytes: number | null,
  { ledger, world }: { readonly ledger: Ledger; readonly world: World },
): Promise<void> {
  const away = `${world.store}/${temporaryName()}`;
  const place = `${world.store}/${digest}`;
  fs.renameSync(place, away);
  ledger.forget(digest);
  writeEvent(world, { action: 'removed', digest, bytes, reason: null });
  await discard(away);
}

function stored({ store }: World): readonly string[] {
  return fs.readdirSync(store).filter((name) => parseDigestName(name) !== null);
}
