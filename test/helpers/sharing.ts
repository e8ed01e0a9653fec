import * as fs from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { digestTree } from '../../electron/adapters/store/digest-tree.ts';
import { Pace } from '../../electron/adapters/tree/pace.ts';
import { digestOfManifest } from '../../electron/adapters/tree/hashing.ts';
import type { Algorithm } from '../../electron/core/manifest/digest-name.ts';
import { printRequest, type Reply, type Request } from '../../electron/core/sharing/protocol.ts';
import { answer } from '../../electron/secure-add/answer.ts';
import { Refusal } from '../../electron/secure-add/refusal.ts';
import { addDirectory } from '../../electron/secure-add/run-helper.ts';
import { defaultLimits, defaultPolicy, type World } from '../../electron/secure-add/world.ts';
import { buildTree, describeTree, type TreeCaseEntry } from './tree.ts';

/** Changes to the usual world of a helper. */
export interface WorldChanges {
  readonly uid?: number;
  readonly isAdmin?: boolean;
  readonly policy?: Partial<World['policy']>;
  readonly limits?: Partial<World['limits']>;
  readonly now?: () => number;
}

/** A shared store below a directory; its helper runs as whoever runs the test. */
export function makeShareWorld(base: string, changes: WorldChanges = {}): World {
  const store = path.join(base, 'implementations');
  const usage = path.join(base, 'usage');
  fs.mkdirSync(store, { recursive: true, mode: 0o755 });
  fs.mkdirSync(usage, { recursive: true, mode: 0o700 });
  return {
    store,
    usage,
    caller: { uid: changes.uid ?? 1001, isAdmin: changes.isAdmin ?? false },
    // The disks of test machines may be nearly full.
    policy: { ...defaultPolicy, freeBytes: 0, freePercent: 0, ...changes.policy },
    limits: { ...defaultLimits, ...changes.limits },
    now: changes.now ?? (() => Date.now()),
  };
}

/** A tree as a client hands it over: with its manifest. */
export interface HandedTree {
  readonly directory: string;
  readonly digest: string;
  readonly manifest: string;
}

/** A few entries of every kind. */
export const plainTree: readonly TreeCaseEntry[] = [
  { path: 'bin', type: 'dir' },
  { path: 'bin/run', type: 'file', contentUtf8: '#!/bin/sh\necho hello\n', mode: '0755', mtime: 1_000_000_000 },
  { path: 'bin/again', type: 'symlink', target: 'run' },
  { path: 'share', type: 'dir' },
  { path: 'share/empty', type: 'file', contentUtf8: '', mode: '0644', mtime: 1 },
  {
    path: 'share/ünï',
    type: 'file',
    contentRepeat: { utf8: 'text ', times: 50_000 },
    mode: '0644',
    mtime: 2_000_000_000,
  },
  { path: 'readme', type: 'file', contentUtf8: 'read me\n', mode: '0644', mtime: 1_700_000_000 },
];

/** Makes a tree with its manifest. */
export async function handOver(
  directory: string,
  entries: readonly TreeCaseEntry[] = plainTree,
  algorithm: Algorithm = 'sha256new',
): Promise<HandedTree> {
  fs.mkdirSync(directory, { recursive: true });
  buildTree(directory, entries);
  const { digest, manifest } = await digestTree({ path: directory, algorithm }, new Pace());
  fs.writeFileSync(path.join(directory, '.manifest'), manifest);
  return { directory, digest, manifest };
}

/** Puts another manifest into a tree and gives the digest that it then has. */
export function withManifest(tree: HandedTree, manifest: string): HandedTree {
  fs.writeFileSync(path.join(tree.directory, '.manifest'), manifest);
  return { ...tree, manifest, digest: digestOfManifest('sha256new', manifest) };
}

/** Adds a directory; a refusal is its code. */
export async function add(world: World, tree: Pick<HandedTree, 'directory' | 'digest'>): Promise<string> {
  try {
    return await addDirectory(tree.digest, world, { directory: tree.directory });
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** Everything in the store, with modes, times and contents. */
export function storeOf(world: World): readonly string[] {
  return describeTree(world.store);
}

/** Sends pieces to the streaming helper, ends the stream if asked to, and gives all answers. */
export async function converse(
  world: World,
  pieces: readonly (string | Uint8Array)[],
  { isEnded = true }: { readonly isEnded?: boolean } = {},
): Promise<readonly Reply[]> {
  const input = new PassThrough();
  const replies: Reply[] = [];
  for (const piece of pieces) input.write(piece);
  if (isEnded) input.end();
  const send = (reply: Reply): Promise<void> => {
    replies.push(reply);
    return Promise.resolve();
  };
  await answer({ input, send, check: () => {} }, world);
  return replies;
}

/** Asks the helper something that is no adding. */
export async function ask(world: World, request: Exclude<Request, { request: 'add' }>): Promise<Reply> {
  const [reply] = await converse(world, [printRequest(request)]);
  if (reply === undefined) throw new Error('no answer');
  return reply;
}

/** What a client sends for a tree: the first line with the manifest, then the contents. */
export function streamOf(tree: HandedTree): { readonly head: string; readonly body: Buffer } {
  const parts: Buffer[] = [];
  let folder = '';
  for (const line of tree.manifest.trimEnd().split('\n')) {
    if (line.startsWith('D ')) folder = line.slice(2);
    else {
      const name = line
        .split(' ')
        .slice(line.startsWith('S') ? 3 : 4)
        .join(' ');
      const place = `${tree.directory}${folder}/${name}`;
      parts.push(line.startsWith('S') ? fs.readlinkSync(place, 'buffer') : fs.readFileSync(place));
    }
  }
  const body = Buffer.concat(parts);
  const { digest, manifest } = tree;
  const request = {
    request: 'add',
    digest,
    manifestBytes: Buffer.byteLength(manifest),
    totalBytes: body.length,
  } as const;
  return { head: printRequest(request) + manifest, body };
}
