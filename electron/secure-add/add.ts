import * as fs from 'node:fs';
import { hashOf, parseDigestName, type KnownDigest } from '../core/manifest/digest-name.ts';
import { parseManifest } from '../core/manifest/parse-manifest.ts';
import { printManifest } from '../core/manifest/print-manifest.ts';
import { contentBytes, manifestName, type TreeDirectory } from '../core/manifest/tree.ts';
import { deleteTree } from '../adapters/store/delete-tree.ts';
import { isLeftOver, temporaryName } from '../adapters/store/temporary-owner.ts';
import { digestOfManifest } from '../adapters/tree/hashing.ts';
import { Pace } from '../adapters/tree/pace.ts';
import { checkShape } from './check-shape.ts';
import type { Contents } from './contents.ts';
import { copyTree, flush, relist, sealTree } from './copy-tree.ts';
import { writeEvent } from './journal.ts';
import { isStored, Ledger, unless } from './ledger.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** What takes part in adding. */
export interface Adding {
  readonly world: World;
  /** As the caller gave it. */
  readonly digest: string;
  /** The manifest, once it is known that it is wanted. */
  readonly manifest: () => Buffer | Promise<Buffer>;
  /** What the caller said that the contents take; null if he said nothing. */
  readonly announcedBytes: number | null;
  /** The contents, once the manifest was accepted. */
  readonly contents: () => Contents | Promise<Contents>;
  /** Throws when the work is to end. */
  readonly check: () => void;
}

/** How it ended well. */
export type Added = 'have' | 'stored';

/**
 * Puts an implementation into the shared store.
 *
 * The order matters: nothing is read before the name is known to be a digest; nothing is written before the manifest has that
 * digest, is in the only form it may have, and there is room; nothing is visible before the copy has been compared.
 *
 * @throws Refusal; then nothing stays
 * @see sharing.md 3.5
 */
export async function addImplementation(adding: Adding): Promise<Added> {
  const { world } = adding;
  const digest = parseDigestName(adding.digest);
  if (digest === null) throw new Refusal('format', 'not the name of a digest');
  try {
    if (digest.algorithm === 'sha1') {
      throw new Refusal('algorithm', 'two trees can have one sha1 digest, so it proves nothing to other users');
    }
    checkStore(world);
    const ledger = new Ledger(world);
    await removeLeftovers(world, ledger);
    if (isStored(world, digest.directory)) {
      ledger.claim(digest.directory);
      return 'have';
    }
    return await addNew(adding, digest, ledger);
  } catch (error) {
    const refusal = asRefusal(error);
    logRefusal(world, digest, refusal);
    throw refusal;
  }
}

/** The store and what belongs to it must be the helper's alone. @throws Refusal `setup` */
export function checkStore({ store, usage }: Pick<World, 'store' | 'usage'>): void {
  for (const folder of [store, usage]) {
    const stat = unless('ENOENT', undefined, () => fs.lstatSync(folder));
    if (stat?.isDirectory() !== true) throw new Refusal('setup', 'a directory of the shared store is missing');
    if (stat.uid !== process.geteuid?.()) throw new Refusal('setup', 'the shared store belongs to somebody else');
    if ((stat.mode & 0o022) !== 0) throw new Refusal('setup', 'others may write to the shared store');
  }
}

async function addNew(adding: Adding, digest: KnownDigest, ledger: Ledger): Promise<Added> {
  const { world, check, announcedBytes } = adding;
  const manifest = await adding.manifest();
  const tree = readManifest(manifest, digest, world);
  if (announcedBytes !== null && announcedBytes !== contentBytes(tree)) {
    throw new Refusal('format', 'not as many bytes as the manifest lists');
  }
  const name = temporaryName();
  const bytes = bytesOnDisk(tree, manifest.length);
  ledger.reserve(name, digest.directory, bytes);
  const place = `${world.store}/${name}`;
  let isNew = false;
  try {
    fs.mkdirSync(place, 0o700);
    const contents = await adding.contents();
    try {
      await copyTree({ tree, hash: hashOf(digest.algorithm), contents, place, check });
    } finally {
      contents.close();
    }
    isNew = seal(place, { manifest, tree, digest, world });
    return isNew ? 'stored' : 'have';
  } finally {
    // Short and synchronous from here, but for what is only to be thrown away.
    ledger.settle(name, isNew ? { digest: digest.directory, bytes } : null);
    if (isNew) {
      writeEvent(world, { action: 'stored', digest: digest.directory, bytes, reason: null });
      ledger.claim(digest.directory);
    } else await discard(place);
  }
}

/** @throws Refusal `digest`, `format` */
function readManifest(manifest: Buffer, digest: KnownDigest, { limits }: World): TreeDirectory {
  if (digestOfManifest(digest.algorithm, manifest) !== digest.directory) {
    throw new Refusal('digest', 'the manifest has another digest', manifestName);
  }
  checkShape(manifest, limits);
  if (digest.algorithm === 'sha1') throw new Error('refused before');
  try {
    return parseManifest(manifest, digest.algorithm, { source: manifestName });
  } catch {
    // Its message would quote the manifest.
    throw new Refusal('format', 'the manifest is not in the form it must have', manifestName);
  }
}

/** Compares the copy as it is on the disk, closes it, and makes it visible. @returns false if somebody was faster */
function seal(
  place: string,
  { manifest, tree, digest, world }: { manifest: Buffer; tree: TreeDirectory; digest: KnownDigest; world: World },
): boolean {
  if (!Buffer.from(printManifest(relist(place, tree), 'new')).equals(manifest)) {
    throw new Refusal('failed', 'the copy has another manifest');
  }
  const file = `${place}/${manifestName}`;
  fs.writeFileSync(file, manifest, { flag: 'wx', mode: 0o444 });
  fs.chmodSync(file, 0o444);
  flush(file);
  sealTree(tree, place);
  try {
    fs.renameSync(place, `${world.store}/${digest.directory}`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EEXIST', 'ENOTEMPTY'].includes(code) && isStored(world, digest.directory)) return false;
    throw error;
  }
  flush(world.store);
  return true;
}

/** What it takes with whole blocks, and a block for each entry: a million empty files are not nothing. */
function bytesOnDisk(directory: TreeDirectory, manifestBytes: number): number {
  const block = 4096;
  const rounded = (bytes: number): number => Math.ceil(bytes / block) * block;
  let total = rounded(manifestBytes) + block;
  for (const entry of directory.entries.values()) {
    if (entry.type === 'directory') total += bytesOnDisk(entry, 0);
    else total += entry.type === 'file' ? rounded(entry.sizeBytes) : block;
  }
  return total;
}

/** Deletes what helpers that were killed left. */
async function removeLeftovers(world: World, ledger: Ledger): Promise<void> {
  ledger.settleOfTheDead();
  for (const name of fs.readdirSync(world.store)) {
    if (!name.startsWith('tmp-')) continue;
    const stat = fs.lstatSync(`${world.store}/${name}`, { throwIfNoEntry: false });
    if (stat !== undefined && isLeftOver(name, world.now() - stat.mtimeMs)) await discard(`${world.store}/${name}`);
  }
}

/** What cannot be deleted stays for the next start; why the work ended is more important to tell. */
export async function discard(place: string): Promise<void> {
  await deleteTree({ path: place }, new Pace()).catch(() => undefined);
}

/** Failures of the disk become refusals that tell nothing of it; what is a mistake of ours stays one. */
function asRefusal(error: unknown): unknown {
  if (error instanceof Refusal || !(error instanceof Error) || !('syscall' in error)) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return new Refusal('space', 'the disk is full');
  if (code === 'EMFILE' || code === 'ENFILE') return new Refusal('busy', 'too many files are open');
  return new Refusal('failed', `the store could not be written (${code})`);
}

function logRefusal(world: World, digest: KnownDigest, refusal: unknown): void {
  if (!(refusal instanceof Refusal) || refusal.code === 'setup') return;
  try {
    writeEvent(world, { action: 'refused', digest: digest.directory, bytes: null, reason: refusal.code });
  } catch {
    // A full disk is the likeliest reason for both.
  }
}
