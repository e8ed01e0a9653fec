import { isAppError } from '../../../shared/errors/app-error.ts';
import type { StoreEntry, StorePort } from '../../core/ports/store.ts';
import type { CommandContext, CommandRunner } from '../context.ts';
import { withEngine } from '../session.ts';

/** One directory of implementations, named as the person did. */
interface Place {
  readonly name: string;
  readonly entries: readonly StoreEntry[];
}

/** `store audit [DIR…]`: verifies everything in all stores, or in some directories; status 1 if anything is damaged. */
export const runStoreAudit: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { out } = context;
    const places = await placesToAudit(context, engine.store);
    const count = places.reduce((sum, { entries }) => sum + entries.length, 0);
    const damaged: string[] = [];
    let verified = 0;
    let number = 0;
    const say = (text: string): void => {
      if (!out.isJson) out.print(`${text}\n`);
    };
    for (const place of places) {
      say(`Scanning ${place.name}`);
      for (const { kind, name } of place.entries) {
        number += 1;
        const path = `${place.name.replace(/(?<=.)\/+$/, '')}/${name}`;
        if (kind !== 'implementation') {
          say(`Skipping non-implementation directory ${path}`);
          continue;
        }
        const title = `[${number} / ${count}] Verifying ${name}`;
        out.showStatus(title);
        const result = await engine.store.verify(path, undefined, signal);
        if (result.isOk) verified += 1;
        else {
          damaged.unshift(path);
          say(`${title}\n${result.report}`);
        }
      }
    }
    if (out.isJson) out.print(`${JSON.stringify({ checked: verified + damaged.length, damaged })}\n`);
    else {
      if (damaged.length > 0) {
        say(['', 'List of corrupted or modified implementations:', ...damaged, ''].join('\n'));
      }
      say(`Checked ${count} items`);
      say(`Successfully verified implementations: ${verified}`);
      say(`Corrupted or modified implementations: ${damaged.length}`);
    }
    return damaged.length === 0 ? 0 : 1;
  });

async function placesToAudit({ args }: CommandContext, store: StorePort): Promise<readonly Place[]> {
  if (args.length > 0) {
    return Promise.all(args.map(async (name) => ({ name, entries: await store.listDirectory(name) })));
  }
  const places: Place[] = [];
  for (const { path: name } of store.directories()) {
    const entries = await store.listDirectory(name).catch((error: unknown) => {
      // Stores are made when they are needed.
      if (isAppError(error, 'file-missing')) return null;
      throw error;
    });
    if (entries !== null) places.push({ name, entries });
  }
  return places;
}
