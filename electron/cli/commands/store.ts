import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { parseDigestInput, parseDigestName } from '../../core/manifest/digest-name.ts';
import type { StorePort } from '../../core/ports/store.ts';
import type { CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';

/** `store list`: the stores, the user's first. */
export const runStoreList: CommandRunner = async (context) =>
  withEngine(context, ({ engine }) => {
    const { out } = context;
    const stores = engine.store.directories();
    if (out.isJson) out.print(`${JSON.stringify(stores)}\n`);
    else {
      for (const { name, path } of stores) {
        const label = name === 'user' ? 'User store (writable)' : 'System store';
        out.print(`${label.padEnd(21)} : ${path}\n`);
      }
      if (stores.every(({ name }) => name === 'user')) out.print('No system stores.\n');
    }
    return Promise.resolve(0);
  });

/** `store find DIGEST`: the directory, or where it was looked for. */
export const runStoreFind: CommandRunner = async (context) =>
  withEngine(context, async ({ engine }) => {
    const digest = parseDigestInput(context.args[0] ?? '').directory;
    const { path } = await findStored(digest, engine.store);
    context.out.print(context.out.isJson ? `${JSON.stringify({ path })}\n` : `${path}\n`);
    return 0;
  });

/** `store verify DIGEST | DIR [DIGEST]`. */
export const runStoreVerify: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, args } = context;
    const [what = '', given] = args;
    const isPath = what.includes('/') || given !== undefined;
    const path = isPath ? resolve(what) : (await findStored(parseDigestInput(what).directory, engine.store)).path;
    const expected = parseDigestInput(given ?? basename(path)).directory;
    if (!out.isJson) out.print(`Verifying ${isPath ? what : path}\n`);
    const result = await engine.store.verify(await realpathOf(path), expected, signal);
    if (out.isJson) out.print(`${JSON.stringify({ path, ...result })}\n`);
    else if (result.isOk) out.print('OK\n');
    else out.complain(`${result.report}\n`);
    return result.isOk ? 0 : 1;
  });

/** `store manifest DIR [ALG]`: the manifest, then the digest. */
export const runStoreManifest: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, args } = context;
    const path = resolve(args[0] ?? '');
    const algorithm = args[1] ?? parseDigestName(basename(path))?.algorithm ?? 'sha1new';
    const result = await engine.store.digest(await realpathOf(path), algorithm, signal);
    out.print(out.isJson ? `${JSON.stringify(result)}\n` : `${result.manifest}${result.digest}\n`);
    return 0;
  });

/** Where a digest is stored. @throws AppError `not-stored` with the stores that were searched */
export async function findStored(
  digest: string,
  store: Pick<StorePort, 'lookup' | 'directories'>,
): Promise<{ readonly path: string }> {
  const found = await store.lookup([digest]);
  if (found) return found;
  const searched = store.directories().map(({ path }) => path);
  throw new AppError('not-stored', { digest, searched: searched.join(', ') });
}

/** A directory that a person named may be a link to it. What is not there is found out by who reads it. */
export async function realpathOf(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
