import { AppError } from '../../../shared/errors/app-error.ts';
import { createCleanUp } from '../../clean-up.ts';
import type { CleanUpPlan } from '../../services/clean-up-service.ts';
import type { CommandRunner } from '../context.ts';
import { lastValue } from '../options.ts';
import { registerNeeds } from '../register-needs.ts';
import { withEngine } from '../session.ts';
import { sizeText } from '../size-text.ts';

type PlannedItem = CleanUpPlan['items'][number];

/** `gc [--dry-run] [--keep N]`: deletes from the user's store what nothing needs, and says what and why. */
export const runGc: CommandRunner = async (context) =>
  withEngine(context, async ({ engine, signal }) => {
    const { options, out } = context;
    const isDryRun = options.has('dry-run');
    const historyCount = readCount(lastValue(options, 'keep') ?? '10');
    const cleanUp = createCleanUp(engine);
    const plan = await cleanUp.plan({ historyCount, signal });
    if (!out.isJson)
      out.print(
        planLines(plan)
          .map((line) => `${line}\n`)
          .join(''),
      );
    const only = new Set(plan.items.map(({ entry }) => entry.path));
    const freedBytes = isDryRun ? 0 : await cleanUp.run({ historyCount, signal, only });
    if (!isDryRun) await registerNeeds(engine, context, 'changed');
    if (out.isJson) out.print(`${JSON.stringify(toJson(plan, { isDryRun, freedBytes }))}\n`);
    else if (plan.items.length === 0) out.print('Nothing to delete.\n');
    else if (isDryRun) out.print(`[dry-run] ${sizeText(plan.freedBytes)} would be freed\n`);
    else out.print(`${sizeText(freedBytes)} freed\n`);
    if (!isDryRun) engine.removeStrayTrees();
    return 0;
  });

function readCount(text: string): number {
  if (/^[0-9]{1,6}$/.test(text)) return Number(text);
  throw new AppError('usage', { message: `Bad number of runs '${text}'`, hint: 'use for example --keep=20' });
}

function planLines({ items, kept }: CleanUpPlan): readonly string[] {
  const notes = [
    [kept.needed, 'needed'],
    [kept.inUse, 'in use'],
    [kept.recent, 'stored or used within the last hour'],
    [kept.temporary, 'temporary'],
  ] as const;
  const stays = notes.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return [...items.map(itemLine), ...(stays.length === 0 ? [] : [`Kept: ${stays.join(', ')}`])];
}

function itemLine({ entry, owner, sizeBytes, why, lastUsedAt }: PlannedItem): string {
  const title = owner === null ? entry.name : `${owner.name} ${owner.version} (${entry.name})`;
  return `- ${title}: ${sizeText(sizeBytes)}, ${reason(why)}, ${
    lastUsedAt === null ? 'no run known' : `last used ${lastUsedAt.slice(0, 10)}`
  }`.replace(/\p{Cc}/gu, '\ufffd');
}

function reason(why: PlannedItem['why']): string {
  if (why === 'left-over') return 'left over from an interrupted download';
  return why === 'unowned' ? 'in no known feed' : 'not needed by any program';
}

function toJson(plan: CleanUpPlan, done: { readonly isDryRun: boolean; readonly freedBytes: number }): unknown {
  const items = plan.items.map(({ entry, owner, why, sizeBytes, freedBytes, lastUsedAt }) => {
    const { name, path } = entry;
    return { digest: name, path, why, owner, sizeBytes, freedBytes, lastUsedAt };
  });
  return { ...done, wouldFreeBytes: plan.freedBytes, items, kept: plan.kept };
}
