import * as fs from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { KnownDigest } from '../../core/manifest/digest-name.ts';
import { sortNames } from '../../core/manifest/entry-name.ts';
import { parseManifest } from '../../core/manifest/parse-manifest.ts';
import { contentBytes, manifestName, type TreeDirectory } from '../../core/manifest/tree.ts';
import type { ShareHelper } from '../../core/sharing/facts.ts';
import { printRequest, type RefusalCode } from '../../core/sharing/protocol.ts';
import type { Pace } from '../tree/pace.ts';
import { connectHelper, isServicePlace } from './helper-connection.ts';
import { failed, startHelper, type HelperProcess } from './helper-process.ts';
import { readReply } from './read-reply.ts';

/** What to hand to the helper. */
export interface ShareRequest {
  /** A finished tree with its manifest. */
  readonly place: string;
  readonly digest: KnownDigest;
  readonly helper: ShareHelper;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How it ended: `refused` with a reason of the helper's. */
export type Shared = { readonly state: 'stored' } | { readonly state: 'refused'; readonly code: RefusalCode };

/**
 * Asks the helper to put a tree into the shared store: by sending it everything if it can take that, else by letting it read
 * the directory, as the reference's client does.
 *
 * @throws AppError `share-failed` if the helper does not work, `cancelled`
 */
export async function shareTree(request: ShareRequest, pace: Pace): Promise<Shared> {
  const { digest, helper } = request;
  if (digest.algorithm === 'sha1') return { state: 'refused', code: 'algorithm' };
  return helper.streamPath === null ? byDirectory(request, pace) : byStream(request, helper.streamPath, pace);
}

async function byDirectory({ place, digest, helper, env }: ShareRequest, pace: Pace): Promise<Shared> {
  // Another user must be able to look into it. Above it are directories that are closed to him.
  fs.chmodSync(place, 0o755);
  const child = startHelper({
    program: helper.path,
    args: [digest.directory],
    cwd: place,
    env,
    isSpokenTo: false,
    signal: pace.signal,
  });
  try {
    const { status, message } = await child.ended();
    if (status === 0) return { state: 'stored' };
    throw failed(message === '' ? `exit status ${status ?? 'unknown'}` : message);
  } finally {
    child.close();
  }
}

async function byStream({ place, digest, env }: ShareRequest, program: string, pace: Pace): Promise<Shared> {
  const manifest = fs.readFileSync(`${place}/${manifestName}`);
  if (digest.algorithm === 'sha1') throw new Error('refused before');
  const tree = parseManifest(manifest, digest.algorithm, { source: manifestName });
  const child = isServicePlace(program)
    ? connectHelper(program, pace.signal)
    : startHelper({ program, args: [], env, isSpokenTo: true, signal: pace.signal });
  try {
    const head = printRequest({
      request: 'add',
      digest: digest.directory,
      manifestBytes: manifest.length,
      totalBytes: contentBytes(tree),
    });
    // Whether it took all of it or not: it may have answered, and gone, before.
    await child.write(Buffer.concat([Buffer.from(head), manifest]));
    const first = await nextReply(child);
    if (first !== 'send') return first;
    await sendContents(tree, place, { child, pace });
    const last = await nextReply(child);
    if (last !== 'send') return last;
    throw failed('its answer makes no sense');
  } finally {
    child.close();
  }
}

async function nextReply(child: HelperProcess): Promise<Shared | 'send'> {
  const line = await child.line();
  if (line === null) {
    const { status, message } = await child.ended();
    throw failed(message === '' ? `exit status ${status ?? 'unknown'}` : message);
  }
  const reply = readReply(line);
  switch (reply.state) {
    case 'send':
      return 'send';
    case 'have':
    case 'stored':
      return { state: 'stored' };
    case 'refused':
      return { state: 'refused', code: reply.code };
    default:
      throw failed('its answer makes no sense');
  }
}

interface Sending {
  readonly child: HelperProcess;
  readonly pace: Pace;
}

/** In the order of the manifest: what lies directly in a directory before what lies deeper. */
async function sendContents(directory: TreeDirectory, place: string, sending: Sending): Promise<void> {
  const names = sortNames([...directory.entries.keys()]);
  const { child, pace } = sending;
  for (const name of names) {
    const entry = directory.entries.get(name);
    if (entry?.type === 'link') await child.write(fs.readlinkSync(`${place}/${name}`, 'buffer'));
    else if (entry?.type === 'file') {
      for (const piece of piecesOf(`${place}/${name}`, entry.sizeBytes)) {
        pace.check();
        // Who has gone has said why.
        if (!(await child.write(piece))) return;
      }
    }
  }
  for (const name of names) {
    const entry = directory.entries.get(name);
    if (entry?.type === 'directory') await sendContents(entry, `${place}/${name}`, sending);
  }
}

const pieceBytes = 256 * 1024;

function* piecesOf(file: string, sizeBytes: number): Iterable<Uint8Array> {
  const descriptor = fs.openSync(file, 'r');
  try {
    for (let left = sizeBytes; left > 0;) {
      // A new one each time: the last may still wait to be written.
      const piece = Buffer.allocUnsafe(Math.min(left, pieceBytes));
      const count = fs.readSync(descriptor, piece);
      if (count === 0) throw new AppError('file-failed', { path: file, reason: 'it became shorter' });
      left -= count;
      yield piece.subarray(0, count);
    }
  } finally {
    fs.closeSync(descriptor);
  }
}
