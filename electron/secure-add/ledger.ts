import * as fs from 'node:fs';
import { parseDigestName } from '../core/manifest/digest-name.ts';
import { ownerState } from '../adapters/store/temporary-owner.ts';
import { Refusal } from './refusal.ts';
import { firstPersonUid, type World } from './world.ts';

/**
 * Who stored what, who needs what, and what is being stored, in files of which each is written at once and means something by
 * itself, so that a kill at any instant leaves nothing wrong:
 *
 * - `DIGEST/added` holds who stored it and its size, and its time says when;
 * - `DIGEST/UID`, empty, is the claim of a user; its time is the last use;
 * - `reserved/TEMPORARY` holds who is storing what, and its name which process does.
 */
export class Ledger {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    for (const folder of [this.#reservations, `${world.usage}/log`]) makeFolder(folder);
  }

  get #reservations(): string {
    return `${this.#world.usage}/reserved`;
  }

  /** All that is stored and was stored by somebody known. */
  accounts(): readonly Account[] {
    return fs.readdirSync(this.#world.usage).flatMap((digest) => this.account(digest) ?? []);
  }

  /** @returns null if it is not stored, or by nobody known */
  account(digest: string): Account | null {
    if (parseDigestName(digest) === null || !isStored(this.#world, digest)) return null;
    const file = `${this.#world.usage}/${digest}/added`;
    const [uid, bytes] = readNumbers(file);
    const stat = fs.lstatSync(file, { throwIfNoEntry: false });
    if (uid === undefined || bytes === undefined || stat === undefined) return null;
    return { digest, uid, bytes, addedMs: stat.mtimeMs };
  }

  /** Who needs an implementation, with the time of the last use. */
  claims(digest: string): ReadonlyMap<number, number> {
    const folder = `${this.#world.usage}/${digest}`;
    const names = unless('ENOENT', [], () => fs.readdirSync(folder)).filter((name) =>
      /^(?:0|[1-9]\d{0,9})$/.test(name),
    );
    return new Map(
      names.flatMap((name) => {
        const stat = fs.lstatSync(`${folder}/${name}`, { throwIfNoEntry: false });
        return stat === undefined ? [] : [[Number(name), stat.mtimeMs] as const];
      }),
    );
  }

  /**
   * When an implementation was last needed, milliseconds since 1970: the latest claim, or when the last one was taken back.
   * Stores that other programs filled have neither; then the time it was stored counts.
   */
  usedMs(digest: string): number {
    const { store, usage } = this.#world;
    const claims = [...this.claims(digest).values()];
    if (claims.length > 0) return Math.max(...claims);
    const releasedMs = fs.lstatSync(`${usage}/${digest}`, { throwIfNoEntry: false })?.mtimeMs;
    return releasedMs ?? fs.lstatSync(`${store}/${digest}`, { throwIfNoEntry: false })?.ctimeMs ?? 0;
  }

  /** Says that the caller needs it, from now. @returns false if it is not stored */
  claim(digest: string): boolean {
    const { usage, caller, now } = this.#world;
    if (parseDigestName(digest) === null || !isStored(this.#world, digest)) return false;
    makeFolder(`${usage}/${digest}`);
    const file = `${usage}/${digest}/${caller.uid}`;
    fs.closeSync(fs.openSync(file, 'a', 0o600));
    fs.utimesSync(file, now() / 1000, now() / 1000);
    return true;
  }

  /** Takes the caller's own claim back. @returns whether there was one */
  release(digest: string): boolean {
    const { usage, caller, now } = this.#world;
    if (parseDigestName(digest) === null) return false;
    return unless('ENOENT', false, () => {
      fs.unlinkSync(`${usage}/${digest}/${caller.uid}`);
      fs.utimesSync(`${usage}/${digest}`, now() / 1000, now() / 1000);
      return true;
    });
  }

  /**
   * Reserves room for something that is about to be stored. What others reserve at the same moment counts too, so that all
   * together cannot pass a limit.
   *
   * @param name of the temporary directory, which tells the process
   * @throws Refusal `busy`, `quota`, `space`; nothing is reserved then
   */
  reserve(name: string, digest: string, bytes: number): void {
    const file = `${this.#reservations}/${name}`;
    fs.writeFileSync(file, `${this.#world.caller.uid} ${bytes} ${digest}\n`, { flag: 'wx', mode: 0o600 });
    try {
      this.#checkRoom(bytes);
    } catch (error) {
      fs.unlinkSync(file);
      throw error;
    }
  }

  /** Ends a reservation; what was stored by it is put to its user's account. */
  settle(name: string, added: { readonly digest: string; readonly bytes: number } | null): void {
    if (added !== null) this.#putToAccount(added.digest, this.#world.caller.uid, added.bytes);
    unless('ENOENT', undefined, () => {
      fs.unlinkSync(`${this.#reservations}/${name}`);
    });
  }

  /** Ends the reservations of processes that were killed; one may have made its implementation visible just before. */
  settleOfTheDead(): void {
    for (const name of fs.readdirSync(this.#reservations)) {
      if (ownerState(name) === 'living') continue;
      const file = `${this.#reservations}/${name}`;
      const [uid, bytes] = readNumbers(file);
      const digest =
        unless('ENOENT', '', () => fs.readFileSync(file, 'utf8'))
          .trim()
          .split(' ')[2] ?? '';
      if (uid !== undefined && bytes !== undefined && parseDigestName(digest) !== null) {
        if (isStored(this.#world, digest) && this.account(digest) === null) this.#putToAccount(digest, uid, bytes);
      }
      this.settle(name, null);
    }
  }

  /** What the caller has and what is free. */
  standing(): Standing {
    const { caller, now, store, policy } = this.#world;
    const own = this.accounts().filter(({ uid }) => uid === caller.uid);
    const { bavail, bsize, blocks } = fs.statfsSync(store);
    return {
      bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
      count: own.length,
      addsLastHour: own.filter(({ addedMs }) => now() - addedMs < 3_600_000).length,
      hasQuota: caller.uid >= firstPersonUid,
      freeBytes: bavail * bsize,
      floorBytes: Math.max(policy.freeBytes, Math.floor((blocks * bsize * policy.freePercent) / 100)),
    };
  }

  /** Forgets an implementation that is no longer stored. */
  forget(digest: string): void {
    fs.rmSync(`${this.#world.usage}/${digest}`, { recursive: true, force: true });
  }

  #putToAccount(digest: string, uid: number, bytes: number): void {
    const { usage, now } = this.#world;
    makeFolder(`${usage}/${digest}`);
    const file = `${usage}/${digest}/added`;
    const temporary = `${file}.${process.pid}`;
    fs.writeFileSync(temporary, `${uid} ${bytes}\n`, { mode: 0o600 });
    fs.utimesSync(temporary, now() / 1000, now() / 1000);
    fs.renameSync(temporary, file);
  }

  #checkRoom(bytes: number): void {
    const { caller, policy, limits } = this.#world;
    const pending = fs.readdirSync(this.#reservations).flatMap((name) => {
      const [uid, size] = readNumbers(`${this.#reservations}/${name}`);
      return uid === undefined || size === undefined ? [] : [{ uid, size }];
    });
    const own = pending.filter(({ uid }) => uid === caller.uid);
    // The request itself is among them.
    if (own.length > limits.addsAtOnce || pending.length > limits.addsAtOnceForAll) {
      throw new Refusal('busy', 'too many are storing at once');
    }
    const standing = this.standing();
    if (standing.hasQuota) {
      const pendingBytes = own.reduce((sum, { size }) => sum + size, 0);
      if (standing.bytes + pendingBytes > policy.bytesPerUser)
        throw new Refusal('quota', 'more than your share of bytes');
      if (standing.count + own.length > policy.countPerUser)
        throw new Refusal('quota', 'more than your share of items');
      if (standing.addsLastHour + own.length > policy.addsPerHour)
        throw new Refusal('quota', 'too many within an hour');
    }
    const others = pending.reduce((sum, { size }) => sum + size, 0) - bytes;
    if (standing.freeBytes - others - bytes < standing.floorBytes)
      throw new Refusal('space', 'too little room is free');
  }
}

/** An implementation with the user who stored it. */
export interface Account {
  readonly digest: string;
  readonly uid: number;
  readonly bytes: number;
  readonly addedMs: number;
}

/** What one user has, and what is free. */
export interface Standing {
  readonly bytes: number;
  readonly count: number;
  readonly addsLastHour: number;
  readonly hasQuota: boolean;
  readonly freeBytes: number;
  readonly floorBytes: number;
}

/** Whether the store has an implementation. The name must be that of a digest. */
export function isStored({ store }: Pick<World, 'store'>, digest: string): boolean {
  return fs.lstatSync(`${store}/${digest}`, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Does something; a failure of the system with this code gives the other value. */
export function unless<T>(code: string, otherwise: T, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return otherwise;
    throw error;
  }
}

function makeFolder(path: string): void {
  unless('EEXIST', undefined, () => {
    fs.mkdirSync(path, 0o700);
  });
}

/** The numbers at the start of a file of ours. */
function readNumbers(file: string): readonly number[] {
  const text = unless('ENOENT', '', () => fs.readFileSync(file, 'utf8'));
  const [, uid, bytes] = /^(\d{1,10}) (\d{1,16})[ \n]/.exec(text) ?? [];
  return uid === undefined ? [] : [Number(uid), Number(bytes)];
}
