import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { parseDigestInput } from '../../core/manifest/digest-name.ts';
import type { StoreEntry, StorePort } from '../../core/ports/store.ts';
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

type Stores = Pick<StorePort, 'lookup' | 'directories'>;

async function findStored(digest: string, store: Stores): Promise<{ readonly path: string }> {
  const found = await store.lookup([digest]);
  if (found) return found;
  throw new AppError('not-stored', {
    digest,
    searched: store
      .directories()
      .map(({ path }) => path)
      .join(', '),
  });
}

/** `store verify DIGEST | DIR [DIGEST]`. */
export const runStoreVerify: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, args } = context;
    const [what = '', given] = args;
    const isPath = what.includes('/') || given !== undefined;
    const path = isPath ? resolve(what) : (await findStored(parseDigestInput(what).directory, engine.store)).path;
    const expected = given === undefined ? undefined : parseDigestInput(given).directory;
    if (!out.isJson) out.print(`Verifying ${isPath ? what : path}\n`);
    const result = await engine.store.verify(path, expected, signal);
    if (out.isJson) out.print(`${JSON.stringify({ path, ...result })}\n`);
    else if (result.isOk) out.print('OK\n');
    else out.complain(`${result.report}\n`);
    return result.isOk ? 0 : 1;
  });

/** `store audit [DIR…]`: verifies everything; status 1 if anything is damaged. */
export const runStoreAudit: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out, args } = context;
    const wanted = args.map((path) => resolve(path));
    const directories = engine.store.directories();
    const missing = wanted.find((path) => !directories.some((store) => store.path === path));
    if (missing !== undefined)
      throw new AppError('not-allowed', {
        reason: `'${missing}' is not one of the stores; add --with-store=${missing}`,
      });
    const bad: string[] = [];
    let checked = 0;
    let current = '';
    for (const entry of await engine.store.list()) {
      const store = directories[entry.storeIndex]?.path ?? '';
      if (wanted.length > 0 && !wanted.includes(store)) continue;
      if (store !== current) out.complain(`Scanning ${store}\n`);
      current = store;
      if (!isAudited(entry)) {
        out.complain(`Skipping non-implementation directory ${entry.path}\n`);
        continue;
      }
      checked += 1;
      out.showStatus(`Verifying ${entry.name}`);
      const result = await engine.store.verify(entry.path, undefined, signal);
      if (result.isOk) continue;
      bad.push(entry.path);
      out.complain(`${entry.path}\n${result.report}\n`);
    }
    if (out.isJson) out.print(`${JSON.stringify({ checked, damaged: bad })}\n`);
    else {
      out.print(`Checked ${checked} items\nSuccessfully verified implementations: ${checked - bad.length}\n`);
      out.print(`Corrupted or modified implementations: ${bad.length}\n`);
      if (bad.length > 0) out.print(bad.map((path) => `- ${path}\n`).join(''));
    }
    return bad.length === 0 ? 0 : 1;
  });

function isAudited(entry: StoreEntry): boolean {
  return entry.kind === 'implementation';
}
